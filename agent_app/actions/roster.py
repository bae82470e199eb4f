"""The action of a lead who writes the roster: one day of one person, whatever stood there before."""

from sqlalchemy import select

from agent_app.actions.desk import Desk, record
from agent_app.store.changes import StoreChanges
from server_sync.domain.commands import Command, RemoveShift, SaveShift
from server_sync.domain.model import ShiftKind, shift
from server_sync.domain.rules.shifts import Window


def set_day(
    desk: Desk, person_id: bytes, day: Window, kind: ShiftKind | None, span: Window | None = None
) -> StoreChanges:
    """Let somebody work (`span`) or be on leave on a day; None: the roster says nothing of it. Spans that reach beyond
    the day keep their other days. Raises KnownError with the first refusal; then nothing has changed."""
    commands: list[Command] = []
    with desk.store.read() as connection:
        found = select(shift).where(
            shift.c.person_id == person_id, shift.c.starts_at < day[1], shift.c.ends_at > day[0]
        )
        for row in connection.execute(found.order_by(shift.c.starts_at)):
            commands.append(RemoveShift(row.id))
            rests = (row.starts_at, min(row.ends_at, day[0])), (max(row.starts_at, day[1]), row.ends_at)
            commands += [
                SaveShift(desk.ids.new(), person_id, row.kind, begins, ends, row.note)
                for begins, ends in rests
                if begins < ends
            ]
    if kind is not None:
        commands.append(SaveShift(desk.ids.new(), person_id, kind, *(span or day), None))
    return record(desk, commands, "roster")
