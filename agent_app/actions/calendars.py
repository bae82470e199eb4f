"""The actions of the calendar: the hours of the company, a team or a person, and single days."""

from collections.abc import Mapping, Sequence
from typing import Any

from agent_app.actions.desk import Desk, record
from agent_app.store.changes import StoreChanges
from server_sync.domain.commands import Command, SaveWorkingHours, SetCalendarDay

ORIGIN = "calendar"


def save(
    desk: Desk, hours: SaveWorkingHours | None = None, day: SetCalendarDay | None = None
) -> StoreChanges:
    """Keep hours, a day of the calendar, or both, in one go."""
    commands: Sequence[Command] = [one for one in (hours, day) if one is not None]
    return record(desk, commands, ORIGIN)


def hours_of(
    subject_id: bytes, subject: str, known: Mapping[str, Any] | None, **values: Any
) -> SaveWorkingHours:
    """The command that gives a subject's hours other values, with the rest as it stands; it names what they replace."""
    row = {"timezone": None, "week": None, "exceptions": {}} if known is None else known
    kept = {name: row[name] for name in ("timezone", "week", "exceptions")}
    wanted = {**kept, **values}
    before, after = _by_name(kept), _by_name(wanted)
    seen = {name: before.get(name) for name in before | after if before.get(name) != after.get(name)}
    return SaveWorkingHours(subject_id=subject_id, subject=subject, seen=seen, **wanted)


def _by_name(hours: Mapping[str, Any]) -> dict[str, Any]:
    """Timezone, week and each exception, every one by its own name."""
    return {**hours["exceptions"], "timezone": hours["timezone"], "week": hours["week"]}
