"""The actions of the conflicts list: say that a refused or merged edit has been dealt with, or try it again."""

from sqlalchemy import select, update

from agent_app.actions.desk import Desk, record
from agent_app.store.changes import StoreChanges
from agent_app.store.tables import conflict
from server_sync.domain.wire.codec import decode_command


def settle_conflict(desk: Desk, mid: int) -> StoreChanges:
    """Put a conflict away; its row stays."""
    with desk.store.write() as connection:
        settled = update(conflict).where(conflict.c.mid == mid).values(settled_at=desk.clock.now())
        connection.execute(settled)
    return StoreChanges(frozenset({"conflict"}), frozenset(), "conflict")


def retry_conflict(desk: Desk, mid: int) -> StoreChanges:
    """Record the same command anew, under a new `mid`; raises KnownError while it still does not hold here."""
    with desk.store.read() as connection:
        row = connection.execute(
            select(conflict.c.command, conflict.c.args).where(conflict.c.mid == mid)
        ).one()
    changes = record(desk, [decode_command(row.command, row.args)], "conflict")
    return changes.merged(settle_conflict(desk, mid))
