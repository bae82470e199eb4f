"""The verbs of the calendar: say when a company, team or person works, and correct a day of the public calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from server_sync.domain.commands.decision import (
    Accepted,
    Actor,
    Decision,
    Insert,
    Need,
    Rejected,
    Row,
    Rows,
    Update,
    rejected,
)
from server_sync.domain.commands.facts import written_over
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import HoursSubject, Role
from server_sync.domain.rules.local_time import day_number
from server_sync.domain.rules.permissions import leads
from server_sync.domain.rules.working_calendar import (
    COMPANY_HOURS,
    WEEKDAYS,
    WorkingCalendar,
    calendar_day_id,
)

LONGEST_NAME = 40


@dataclass(frozen=True)
class SaveWorkingHours:
    """Set the hours of the company, by an administrator, or of a team or person, by their lead.

    `week` and `exceptions` in the form of the calendar's JSON; without `timezone` or `week` those of the company apply.
    `seen` are what the writer changed as it stood before him: "timezone", "week", and single days of the exceptions by
    their date; None where nothing stood.

    Where two changed different ones, both are kept; where somebody else gave the same one other hours meanwhile, the
    later is refused and told which (CALENDAR_CHANGED {fields}), and nothing is overwritten.
    """

    name: ClassVar[str] = "save_working_hours@1"
    subject_id: bytes
    subject: str
    timezone: str | None
    week: dict[str, Any] | None
    exceptions: dict[str, Any]
    seen: dict[str, Any]

    def reads(self) -> Iterable[Need]:
        yield Need("working_hours", self.subject_id)
        if self.subject in (HoursSubject.TEAM, HoursSubject.PERSON):
            yield Need(self.subject, self.subject_id)

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        refused = self._refused(rows, actor)
        if refused is not None:
            return refused
        known = rows.get("working_hours", self.subject_id)
        row = {"timezone": None, "week": None, "exceptions": {}} if known is None else known
        days = dict.fromkeys(row["exceptions"]) | self.exceptions
        changed, lost = written_over(
            {**row["exceptions"], "timezone": row["timezone"], "week": row["week"]},
            self.seen,
            {**days, "timezone": self.timezone, "week": self.week},
        )
        if lost:
            return rejected(ErrorKind.CALENDAR_CHANGED, fields=lost)
        if not changed:
            return Accepted(())
        values = {name: changed.pop(name, row[name]) for name in ("timezone", "week")}
        exceptions = {
            on: hours for on, hours in {**row["exceptions"], **changed}.items() if hours is not None
        }
        values |= {"subject": self.subject, "exceptions": exceptions}
        if known is None:
            return Accepted((Insert("working_hours", {"id": self.subject_id, **values}),))
        return Accepted((Update("working_hours", self.subject_id, values),))

    def _refused(self, rows: Rows, actor: Actor) -> Rejected | None:
        if self.subject not in list(HoursSubject):
            return rejected(ErrorKind.FIELD_INVALID, field="subject")
        if self.subject == HoursSubject.COMPANY:
            if self.subject_id != COMPANY_HOURS:
                return rejected(ErrorKind.NOT_FOUND, table="working_hours")
            team_id = None
        else:
            subject = rows.get(self.subject, self.subject_id)
            if subject is None:
                return rejected(ErrorKind.NOT_FOUND, table=self.subject)
            team_id = subject["id"] if self.subject == HoursSubject.TEAM else subject["team_id"]
        if not leads(actor, team_id):
            return rejected(ErrorKind.NOT_PERMITTED)
        week = dict.fromkeys(WEEKDAYS, ()) if self.week is None else self.week
        try:
            WorkingCalendar.from_json(
                {"timezone": self.timezone or "UTC", "week": week, "exceptions": self.exceptions}
            )
        except KnownError as error:
            return Rejected(error.kind, error.values)
        return None


@dataclass(frozen=True)
class SetCalendarDay:
    """Say of a day whether the company works on it (调休, a holiday of its own), by an administrator.

    `seen` is what he changed ("working", "name") as it stood before him, None where nothing stood.

    Where somebody else said something else of the day meanwhile, the later is refused (CALENDAR_CHANGED {fields}).
    """

    name: ClassVar[str] = "set_calendar_day@1"
    on: str
    working: bool
    called: str | None
    seen: dict[str, Any]

    def reads(self) -> Iterable[Need]:
        return (Need("calendar_day", calendar_day_id(self.on)),)

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        if actor.role is not Role.ADMINISTRATOR:
            return rejected(ErrorKind.NOT_PERMITTED)
        try:
            day_number(self.on)
        except ValueError:
            return rejected(ErrorKind.FIELD_INVALID, field="on")
        called = (self.called or "").strip() or None
        if called is not None and len(called) > LONGEST_NAME:
            return rejected(ErrorKind.FIELD_INVALID, field="called", most=LONGEST_NAME)
        row_id = calendar_day_id(self.on)
        wanted = {"working": self.working, "name": called}
        known: Row | None = rows.get("calendar_day", row_id)
        changed, lost = written_over({} if known is None else known, self.seen, wanted)
        if lost:
            return rejected(ErrorKind.CALENDAR_CHANGED, fields=lost)
        if known is None:
            made = {"id": row_id, "day": self.on, **wanted, "provisional": False}
            return Accepted((Insert("calendar_day", made),))
        if known["provisional"]:  # said by a person it is as good as official
            changed["provisional"] = False
        return Accepted((Update("calendar_day", row_id, changed),) if changed else ())
