"""Domain commands in an open transaction: their rows, their decisions, their changes and the server's version of what
they touched; used by actions and by rebase alike. No outbox here."""

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Connection

from agent_app.store.driver import fetch
from agent_app.store.rows import StoreRows, restore
from server_sync.domain.commands import (
    Accepted,
    Actor,
    Change,
    Command,
    Decision,
    Insert,
    Need,
    Rejected,
)
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import Role

_BASES = "SELECT kind, row_id, row FROM base_row"
_BASES_OF = f"{_BASES} WHERE customer_id IS ?"


def run(connection: Connection, commands: Sequence[Command], actor: Actor, now: int) -> list[Decision]:
    """Decide each command on the rows as those before it left them, and write what comes of all; a rejection writes
    nothing. The person acts with the role and the team that the replica knows by now: the server decides by these,
    too."""
    actor = as_known(connection, actor)
    rows = StoreRows(connection, (need for command in commands for need in _needs(command)))
    decisions: list[Decision] = []
    for command in commands:
        decision = command.decide(rows, actor, now)
        if isinstance(decision, Accepted) and _exists(rows, decision.changes):
            decision = Rejected(ErrorKind.ALREADY_EXISTS, {})
        if isinstance(decision, Accepted):
            rows.lay_over(decision.changes)
        decisions.append(decision)
    rows.write()
    return decisions


def as_known(connection: Connection, actor: Actor) -> Actor:
    """A person with the role and the team that the replica has, or as given before the first sync."""
    known = fetch(connection, "SELECT role, team_id FROM person WHERE id = ?", (actor.person_id,))
    return Actor(actor.person_id, Role(known[0][0]), known[0][1]) if known else actor


def restore_base(connection: Connection, customers: Collection[bytes | None] | None = None) -> set[str]:
    """Put rows that a mutation touched back to the server's version (SYNC P4); returns their tables.

    `customers`: only the rows of these dossiers, None among them for rows of no dossier; without it, all.
    """
    if customers is None:
        kept = fetch(connection, _BASES)
    else:
        kept = [row for one in customers for row in fetch(connection, _BASES_OF, (one,))]
    restore(connection, kept)
    return {table for table, _, _ in kept}


def _needs(command: Command) -> Iterator[Need]:
    """What it reads, and where the entry of history stands if it was made before: one by one that is dearer."""
    yield from command.reads()
    if isinstance(entry := getattr(command, "activity_id", None), bytes):
        yield Need("activity", entry)


def _exists(rows: StoreRows, changes: Sequence[Change]) -> bool:
    """Whether a new row is there already: what the server refuses too."""
    return any(
        isinstance(change, Insert) and rows.get(change.table, change.row_id) is not None for change in changes
    )
