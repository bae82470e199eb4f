"""A page of the feed under the edits that are still on their way (SYNC P4): restore, apply, decide again,
save the cursor."""

from sqlalchemy import Connection

from agent_app.store import cursors, outbox, replica, runner
from agent_app.store.changes import StoreChanges
from server_sync.domain.commands import Actor
from server_sync.domain.errors import KnownError
from server_sync.domain.wire.codec import decode_command
from server_sync.domain.wire.messages import PullReply

ORIGIN = "sync"


def apply_page(connection: Connection, reply: PullReply, actor: Actor, now: int) -> tuple[StoreChanges, bool]:
    """Apply one page in the caller's transaction; returns what changed and whether dossiers left this desk."""
    tables = runner.restore_base(connection)
    touched, left = replica.apply(connection, reply)
    if not reply.more:
        outbox.retire_acknowledged(connection)
    _decide_again(connection, actor, now)
    cursors.save(connection, reply.cursor)
    return StoreChanges(frozenset(tables | touched), None, ORIGIN), left


def undo_rejected(connection: Connection, actor: Actor, now: int) -> StoreChanges:
    """After a mutation left the outbox rejected: its local effect goes, the others' effects stay."""
    tables = runner.restore_base(connection)
    _decide_again(connection, actor, now)
    return StoreChanges(frozenset({*tables, "conflict", "outbox"}), None, ORIGIN)


def _decide_again(connection: Connection, actor: Actor, now: int) -> None:
    """Run what is not yet in the replica on top of it. A rejection here decides nothing: the server's word will."""
    for name, args in outbox.unretired(connection):
        try:
            command = decode_command(name, args)
        except KnownError:
            continue
        runner.run(connection, command, actor, now)
