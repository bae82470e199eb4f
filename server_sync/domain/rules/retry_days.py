"""On which days a task may be tried again: the company's hours, with the public days around a call on top; the moment
on such a day is chosen in `retries`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any, Protocol

from server_sync.domain.clock import DAY
from server_sync.domain.rules.local_time import FIRST_DAY, LAST_DAY, day_number, iso_day, weekday
from server_sync.domain.rules.reason import Reason, reason
from server_sync.domain.rules.settings import setting_id, setting_value
from server_sync.domain.rules.working_calendar import COMPANY_HOURS, WorkingCalendar, calendar_day_id
from server_sync.domain.rules.working_hours import calendar_of

Row = Mapping[str, Any]

LOOKS_BACK = 31
"""Days before a call whose public days are known: those of the attempts before it."""
LOOKS_AHEAD = 45
"""And after it: a delay or a cap of a week, then the longest search for an open day."""

_SETTINGS = ("company", "working_week")


class Rows(Protocol):
    """The rows that `needs` names."""

    def get(self, table: str, row_id: bytes) -> Row | None: ...


@dataclass(frozen=True)
class RetryDays:
    """`calendar` says when the company works; `public` (day number → whether it is worked) which days differ from their
    weekday for everybody, so that a customer is at work on a make-up Saturday and at home on a holiday."""

    calendar: WorkingCalendar
    public: Mapping[int, bool]

    def is_open(self, day: int) -> bool:
        """Whether the company works on a day."""
        return bool(self.calendar.intervals(day))

    def day_off(self, day: int) -> bool:
        """Whether people in general are off work: a public holiday, or a weekend that is not worked as 调休."""
        return not self.public.get(day, weekday(day) < 5)

    def skipped(self, first: int, end: int) -> Iterator[Reason]:
        """The runs of closed days from `first` to before `end`: "skipped" {from_on, to_on, days, why}, as
        `working_steps` has them; a run with a holiday in it is a holiday, weekend and all."""
        for works, run in groupby(range(first, end), key=self.is_open):
            days = list(run)
            if not works:
                holiday = any(self.public.get(day) is False or weekday(day) < 5 for day in days)
                why = "holiday" if holiday else "weekend"
                yield reason(
                    "skipped", from_on=iso_day(days[0]), to_on=iso_day(days[-1]), days=len(days), why=why
                )


def needs(around: int) -> tuple[tuple[str, bytes, str], ...]:
    """What `retry_days` reads for a call at a moment, as (table, value, column)."""
    return _needs(_utc_day(around))


def retry_days(rows: Rows, around: int) -> RetryDays:
    """The days around a call at a moment, the same at the desk and on the server. Of provisional public days their own
    weekday decides. Raises KnownError CALENDAR_INVALID."""
    company, week = (setting_value(key, rows.get("setting", setting_id(key))) for key in _SETTINGS)
    found = (rows.get(table, row_id) for table, row_id, _ in _days_around(_utc_day(around)))
    public = [(row["day"], row["working"]) for row in found if row is not None and not row["provisional"]]
    hours = {"timezone": company["timezone"], "week": week}
    calendar = calendar_of(hours, public, rows.get("working_hours", COMPANY_HOURS), None)
    return RetryDays(calendar, {day_number(on): working for on, working in public})


def _utc_day(at: int) -> int:
    """The day of a moment of any size: a device's clock may have said anything."""
    return min(max(at // DAY, FIRST_DAY + LOOKS_BACK), LAST_DAY - LOOKS_AHEAD)


@lru_cache(maxsize=256)
def _needs(day: int) -> tuple[tuple[str, bytes, str], ...]:
    settings = (("setting", setting_id(key), "id") for key in _SETTINGS)
    return (*settings, ("working_hours", COMPANY_HOURS, "id"), *_days_around(day))


@lru_cache(maxsize=256)
def _days_around(day: int) -> tuple[tuple[str, bytes, str], ...]:
    days = range(day - LOOKS_BACK, day + LOOKS_AHEAD + 1)
    return tuple(("calendar_day", calendar_day_id(iso_day(one)), "id") for one in days)
