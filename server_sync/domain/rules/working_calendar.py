"""When a company, team or person works, as pure data and JSON; the arithmetic stands in `working_time`."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, NoReturn

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import ID_BYTES
from server_sync.domain.rules.local_time import (
    FIRST_DAY,
    LAST_DAY,
    MINUTES_A_DAY,
    clock_face,
    clock_minute,
    day_number,
    iso_day,
    weekday,
    zone,
)

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_INTERVALS = 48
MOST_EXCEPTIONS = 20_000

Interval = tuple[int, int]
"""From a minute of the day to before another, 0 ≤ from < to ≤ 1440."""


@dataclass(frozen=True)
class WorkingCalendar:
    """A time zone, the intervals of each weekday, and of days that differ (holidays, 调休) by day number.

    Intervals are sorted and do not overlap.
    """

    timezone: str
    week: tuple[tuple[Interval, ...], ...]
    exceptions: Mapping[int, tuple[Interval, ...]] = field(default_factory=dict)

    def intervals(self, day: int) -> tuple[Interval, ...]:
        """The working intervals of a day."""
        exception = self.exceptions.get(day)
        return self.week[weekday(day)] if exception is None else exception

    @classmethod
    def always(cls, timezone: str) -> "WorkingCalendar":
        """Round the clock, every day."""
        return cls(zone(timezone).name, (((0, MINUTES_A_DAY),),) * 7)

    @classmethod
    def from_json(cls, value: Any) -> "WorkingCalendar":
        """The calendar of its JSON form.

        {"timezone", "week": {"mon": [["09:00", "12:00"], …], …}, "exceptions": {"2026-10-01": []}}: a weekday
        left out is closed; "24:00" is allowed as an end. Raises KnownError CALENDAR_INVALID with `problem`
        (not_an_object, unknown_key, timezone_unknown, not_a_day, interval_malformed, interval_empty,
        intervals_overlap, too_many) and `at`, the path to it such as "week.mon.1".
        """
        if not isinstance(value, Mapping):
            _refuse("not_an_object", "")
        for key in value:
            if key not in ("timezone", "week", "exceptions"):
                _refuse("unknown_key", str(key))
        week, exceptions = value.get("week"), value.get("exceptions", {})
        if not isinstance(week, Mapping):
            _refuse("not_an_object", "week")
        if not isinstance(exceptions, Mapping):
            _refuse("not_an_object", "exceptions")
        for key in week:
            if key not in WEEKDAYS:
                _refuse("unknown_key", f"week.{key}")
        if len(exceptions) > MOST_EXCEPTIONS:
            _refuse("too_many", "exceptions", most=MOST_EXCEPTIONS)
        name = value.get("timezone")
        return cls(
            zone(name if isinstance(name, str) else repr(name)).name,
            tuple(_intervals(week.get(key, []), f"week.{key}") for key in WEEKDAYS),
            {_exception_day(on): _intervals(items, f"exceptions.{on}") for on, items in exceptions.items()},
        )

    def to_json(self) -> dict[str, Any]:
        """The JSON form that `from_json` reads."""
        return {
            "timezone": self.timezone,
            "week": {key: _faces(self.week[i]) for i, key in enumerate(WEEKDAYS)},
            "exceptions": {iso_day(day): _faces(items) for day, items in sorted(self.exceptions.items())},
        }

    def with_days(self, days: Iterable[tuple[str, bool]]) -> "WorkingCalendar":
        """The calendar with (day, working) rows of the table `calendar_day` on top.

        A working day that its weekday would leave closed (调休) gets the intervals of the first weekday that works; a
        working day that is open anyway stays as it is.
        """
        ordinary = next((items for items in self.week if items), ())
        exceptions = dict(self.exceptions)
        for on, working in days:
            day = _exception_day(on)
            if not working:
                exceptions[day] = ()
            elif not self.intervals(day):
                exceptions[day] = ordinary
        return replace(self, exceptions=exceptions)


COMPANY_HOURS = hashlib.blake2b(b"working_hours:company", digest_size=ID_BYTES).digest()
"""The id of the row of `working_hours` that is the company's; a team's or person's row has that one's id."""


def calendar_day_id(on: str) -> bytes:
    """The id of a day's one row of the table `calendar_day`, the same everywhere."""
    return hashlib.blake2b(f"calendar_day:{on}".encode(), digest_size=ID_BYTES).digest()


def _refuse(problem: str, at: str, **values: Any) -> NoReturn:
    raise KnownError(ErrorKind.CALENDAR_INVALID, problem=problem, at=at, **values)


def _exception_day(on: Any) -> int:
    try:
        day = day_number(on)
    except (TypeError, ValueError):
        _refuse("not_a_day", f"exceptions.{on}")
    if not FIRST_DAY <= day <= LAST_DAY:
        _refuse("not_a_day", f"exceptions.{on}")
    return day


def _intervals(items: Any, at: str) -> tuple[Interval, ...]:
    if not isinstance(items, list | tuple):
        _refuse("interval_malformed", at)
    if len(items) > MOST_INTERVALS:
        _refuse("too_many", at, most=MOST_INTERVALS)
    found: list[tuple[Interval, int]] = []
    for index, item in enumerate(items):
        try:
            start, end = item
            interval = (clock_minute(start), clock_minute(end))
        except (TypeError, ValueError):
            _refuse("interval_malformed", f"{at}.{index}")
        if interval[0] >= interval[1]:
            _refuse("interval_empty", f"{at}.{index}")
        found.append((interval, index))
    found.sort()
    for (earlier, _), (later, index) in pairwise(found):
        if later[0] < earlier[1]:
            _refuse("intervals_overlap", f"{at}.{index}")
    return tuple(interval for interval, _ in found)


def _faces(items: tuple[Interval, ...]) -> list[list[str]]:
    return [[clock_face(start), clock_face(end)] for start, end in items]
