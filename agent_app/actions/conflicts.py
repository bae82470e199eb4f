"""The actions of the conflicts list: say that a refused or merged edit has been dealt with, or try it again."""

from sqlalchemy import Connection, select, update

from agent_app.actions.desk import Desk, record
from agent_app.store.changes import StoreChanges
from agent_app.store.tables import conflict
from server_sync.domain.wire.codec import decode_command

_SETTLED = StoreChanges(frozenset({"conflict"}), frozenset(), "conflict")


def settle_conflict(desk: Desk, mid: int) -> StoreChanges:
    """Put a conflict away; its row stays."""
    with desk.store.write() as connection:
        _settle(connection, mid, desk.clock.now())
    return _SETTLED


def retry_conflict(desk: Desk, mid: int) -> StoreChanges:
    """Record the same command anew, under a new `mid`, and put the conflict away in the same transaction; nothing
    happens when it was put away meanwhile. Raises KnownError while the command still does not hold here."""
    with desk.store.read() as connection:
        wanted = select(conflict.c.command, conflict.c.args).where(
            conflict.c.mid == mid, conflict.c.settled_at.is_(None)
        )
        row = connection.execute(wanted).one_or_none()
    if row is None:
        return _SETTLED
    now = desk.clock.now()
    command = decode_command(row.command, row.args)
    changes = record(desk, [command], "conflict", also=lambda connection: _settle(connection, mid, now))
    return changes.merged(_SETTLED)


def _settle(connection: Connection, mid: int, now: int) -> None:
    connection.execute(update(conflict).where(conflict.c.mid == mid).values(settled_at=now))
