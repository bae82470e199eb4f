"""The server's rows under the edits that are still on their way (SYNC P4): restore, apply, decide again.

A command reads and changes one dossier besides company data, so only the edits of the dossiers that a page brings, or
whose edits retire with it, are taken back and decided again.
"""

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import Connection

from agent_app.store import cursors, outbox, replica, runner, staging
from agent_app.store.changes import StoreChanges
from server_sync.domain import crash
from server_sync.domain.commands import Accepted, Actor, Command
from server_sync.domain.errors import KnownError
from server_sync.domain.model import TABLES
from server_sync.domain.wire.codec import decode_command
from server_sync.domain.wire.messages import CompareReply, PullReply

ORIGIN = "sync"
_EVERYTHING = frozenset(TABLES)


def apply_page(connection: Connection, reply: PullReply, actor: Actor, now: int) -> tuple[StoreChanges, bool]:
    """Apply one page with its cursor in the caller's transaction; returns what changed and whether dossiers left this
    desk."""
    edited = _concerned(connection, reply)
    tables = runner.restore_base(connection, edited) if edited else set()
    touched, left = replica.apply(connection, reply)
    crash.point("desk.page_applied")
    if not reply.more:
        outbox.retire_acknowledged(connection)
    _decide_again(connection, edited, actor, now)
    if reply.seen or reply.cursor != reply.from_cursor:
        cursors.save(connection, reply.cursor, reply.seen)
    return StoreChanges(frozenset(tables | touched), None, ORIGIN), left


def begin_staging(connection: Connection, actor: Actor, now: int, *, from_replica: bool) -> None:
    """Start to put another replica together (SYNC L4), on wish from the server's versions of the one in use."""
    edited = outbox.dossiers(connection)
    if edited and from_replica:
        runner.restore_base(connection)
    staging.begin(connection, from_replica=from_replica)
    if edited and from_replica:
        _decide_again(connection, edited, actor, now)


def exchange_replica(connection: Connection, actor: Actor, now: int) -> tuple[StoreChanges, bool]:
    """Take what was put together into use, under what is still on its way; as `apply_page`."""
    runner.restore_base(connection)
    left = staging.exchange(connection)
    _decide_again(connection, outbox.dossiers(connection), actor, now)
    return StoreChanges(_EVERYTHING, None, ORIGIN), left


def mend(
    connection: Connection,
    reply: CompareReply,
    strays: Mapping[str, Collection[bytes]],
    actor: Actor,
    now: int,
) -> StoreChanges:
    """Put right what a comparison found (SYNC E2)."""
    edited = outbox.dossiers(connection)
    tables = runner.restore_base(connection)
    tables |= replica.mend(connection, reply, strays)
    _decide_again(connection, edited, actor, now)
    return StoreChanges(frozenset(tables), None, ORIGIN)


def undo_rejected(
    connection: Connection, customers: set[bytes | None], actor: Actor, now: int
) -> StoreChanges:
    """After mutations about these dossiers left the outbox rejected: their local effect goes, the others'
    effects stay."""
    tables = runner.restore_base(connection, customers)
    _decide_again(connection, customers, actor, now)
    return StoreChanges(frozenset({*tables, "conflict", "outbox"}), None, ORIGIN)


def send_again(connection: Connection, actor: Actor, now: int) -> StoreChanges:
    """Let what the server may have lost wait once more (SYNC E1), laid over a replica that may be without it: of a
    dossier that came back since, not all need have come."""
    outbox.requeue(connection)
    tables = runner.restore_base(connection)
    tables |= _decide_again(connection, outbox.dossiers(connection), actor, now)
    return StoreChanges(frozenset({*tables, "outbox"}), None, ORIGIN)


def _concerned(connection: Connection, reply: PullReply) -> set[bytes | None]:
    """The dossiers in the outbox whose edits have to be decided again on this page; None: edits of no dossier."""
    edited = outbox.dossiers(connection)
    if not edited or replica.beyond_dossiers(reply):
        return edited
    concerned = edited & {*replica.dossiers(reply), None}
    if not reply.more:
        concerned |= outbox.dossiers(connection, acknowledged=True)
    return concerned


def _decide_again(connection: Connection, customers: set[bytes | None], actor: Actor, now: int) -> set[str]:
    """Run what is not yet in the replica on top of it; the tables that this changes. A rejection here decides nothing:
    the server's word will."""
    if not customers:
        return set()
    decisions = runner.run(connection, list(_readable(connection, customers)), actor, now)
    return {change.table for one in decisions if isinstance(one, Accepted) for change in one.changes}


def _readable(connection: Connection, customers: set[bytes | None]) -> Iterator[Command]:
    for name, args in outbox.unretired(connection, customers):
        try:
            yield decode_command(name, args)
        except KnownError:
            continue
