"""When a company, team or person works, as pure data and JSON; the arithmetic stands in `working_time`."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, NoReturn

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import ID_BYTES
from server_sync.domain.rules.faults import Faults, Gathered, Placed, place_of
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
_LONGEST_SHOWN = 80

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
        return _read(value, Faults())

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


def looked_at_calendar(value: Any) -> tuple[WorkingCalendar | None, list[Placed]]:
    """The calendar of its JSON form, None where it is not valid, and all that is wrong with it, each at its `at`."""
    faults = Gathered()
    found = faults.attempt(lambda: _read(value, faults), None)
    placed = [(place_of(error), error) for error in faults.found]
    return (None if placed else found), placed


COMPANY_HOURS = hashlib.blake2b(b"working_hours:company", digest_size=ID_BYTES).digest()
"""The id of the row of `working_hours` that is the company's; a team's or person's row has that one's id."""


def calendar_day_id(on: str) -> bytes:
    """The id of a day's one row of the table `calendar_day`, the same everywhere."""
    return hashlib.blake2b(f"calendar_day:{on}".encode(), digest_size=ID_BYTES).digest()


def _refuse(problem: str, at: str, **values: Any) -> NoReturn:
    raise KnownError(ErrorKind.CALENDAR_INVALID, problem=problem, at=at, **values)


def _read(value: Any, faults: Faults) -> WorkingCalendar:
    given = _object(value, "")
    for key in given:
        if key not in ("timezone", "week", "exceptions"):
            faults.attempt(partial(_refuse, "unknown_key", str(key)[:_LONGEST_SHOWN]), None)
    nothing: Mapping[Any, Any] = {}
    week = faults.attempt(lambda: _object(given.get("week"), "week"), nothing)
    exceptions = faults.attempt(lambda: _object(given.get("exceptions", {}), "exceptions"), nothing)
    for key in week:
        if key not in WEEKDAYS:
            faults.attempt(partial(_refuse, "unknown_key", f"week.{str(key)[:_LONGEST_SHOWN]}"), None)
    if len(exceptions) > MOST_EXCEPTIONS:
        faults.attempt(partial(_refuse, "too_many", "exceptions", most=MOST_EXCEPTIONS), None)
        exceptions = nothing
    name = given.get("timezone")
    timezone = faults.attempt(lambda: _timezone(name if isinstance(name, str) else repr(name)), "UTC")
    days: dict[int, tuple[Interval, ...]] = {}
    ordinary = tuple(_intervals(week.get(key, []), f"week.{key}", faults) for key in WEEKDAYS)
    for on, items in exceptions.items():
        day = faults.attempt(partial(_exception_day, on), None)
        intervals = _intervals(items, f"exceptions.{str(on)[:_LONGEST_SHOWN]}", faults)
        if day is not None:
            days[day] = intervals
    return WorkingCalendar(timezone, ordinary, days)


def _object(value: Any, at: str) -> Mapping[Any, Any]:
    if not isinstance(value, Mapping):
        _refuse("not_an_object", at)
    return value


def _timezone(name: str) -> str:
    try:
        return zone(name).name
    except KnownError:
        _refuse("timezone_unknown", "timezone", timezone=name[:_LONGEST_SHOWN])


def _exception_day(on: Any) -> int:
    try:
        day = day_number(on)
    except (TypeError, ValueError):
        _refuse("not_a_day", f"exceptions.{str(on)[:_LONGEST_SHOWN]}")
    if not FIRST_DAY <= day <= LAST_DAY:
        _refuse("not_a_day", f"exceptions.{on}")
    return day


def _intervals(items: Any, at: str, faults: Faults) -> tuple[Interval, ...]:
    """Those of a day, in order."""
    nothing: Sequence[Any] = ()
    found: list[tuple[Interval, int]] = []
    for index, item in enumerate(faults.attempt(lambda: _list(items, at), nothing)):
        interval = faults.attempt(partial(_interval, item, f"{at}.{index}"), None)
        if interval is not None:
            found.append((interval, index))
    found.sort()
    latest = 0
    for (start, end), index in found:
        if start < latest:
            faults.attempt(partial(_refuse, "intervals_overlap", f"{at}.{index}"), None)
        latest = max(latest, end)
    return tuple(interval for interval, _ in found)


def _list(items: Any, at: str) -> Sequence[Any]:
    if not isinstance(items, list | tuple):
        _refuse("interval_malformed", at)
    if len(items) > MOST_INTERVALS:
        _refuse("too_many", at, most=MOST_INTERVALS)
    return items


def _interval(item: Any, at: str) -> Interval:
    try:
        start, end = item
        interval = (clock_minute(start), clock_minute(end))
    except (TypeError, ValueError):
        _refuse("interval_malformed", at)
    if interval[0] >= interval[1]:
        _refuse("interval_empty", at)
    return interval


def _faces(items: tuple[Interval, ...]) -> list[list[str]]:
    return [[clock_face(start), clock_face(end)] for start, end in items]
