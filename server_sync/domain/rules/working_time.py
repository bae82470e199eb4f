"""Arithmetic on a working calendar: adding hours and days, working time between moments, the next opening.

The calendar as data stands in `working_calendar`, the explanation of a result in `working_steps`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cached_property
from typing import Any

from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.rules.local_time import FIRST_DAY, LAST_DAY, Zone, zone
from server_sync.domain.rules.working_calendar import WorkingCalendar

FURTHEST_DAYS = 36_600  # how far a result may lie from its start: about a hundred years
_BLOCK_DAYS = 366
_LONGEST_SHOWN = 100


class Unit(StrEnum):
    """What a span counts in (M3.5, M3.6)."""

    NATURAL_HOURS = "natural_hours"
    WORKING_HOURS = "working_hours"
    NATURAL_DAYS = "natural_days"
    WORKING_DAYS = "working_days"

    @property
    def in_days(self) -> bool:
        """Whether it counts days, so that only whole numbers make sense."""
        return self in (Unit.NATURAL_DAYS, Unit.WORKING_DAYS)


@dataclass(frozen=True)
class Span:
    """An amount of time that is not negative; fractions of hours are rounded to the millisecond."""

    amount: Decimal
    unit: Unit

    def __post_init__(self) -> None:
        most = FURTHEST_DAYS if self.unit.in_days else FURTHEST_DAYS * 24
        if not (self.amount.is_finite() and 0 <= self.amount <= most):
            raise KnownError(ErrorKind.OUT_OF_RANGE, amount=str(self.amount), unit=self.unit.value, most=most)
        if self.unit.in_days and self.amount != self.amount.to_integral_value():
            raise KnownError(
                ErrorKind.OUT_OF_RANGE, amount=str(self.amount), unit=self.unit.value, whole=True
            )

    @cached_property
    def ms(self) -> int:
        """The milliseconds of an amount of hours."""
        return round(self.amount * HOUR)

    @classmethod
    def from_json(cls, value: Any) -> "Span":
        """The span of {"amount": 1 | 1.5 | "1.5", "unit": a Unit}; KnownError OUT_OF_RANGE otherwise."""
        try:
            if isinstance(value["amount"], bool):
                raise ValueError
            return cls(Decimal(str(value["amount"])), Unit(value["unit"]))
        except (KeyError, TypeError, ValueError, InvalidOperation) as error:
            parts = value.values() if isinstance(value, Mapping) else [value]
            span = " ".join(str(part) for part in parts)
            raise KnownError(ErrorKind.OUT_OF_RANGE, span=span[:_LONGEST_SHOWN]) from error


@dataclass(frozen=True)
class _Block:
    """The open spans of 366 local days, with the working milliseconds before and at the end of each."""

    starts: list[int]
    ends: list[int]
    before: list[int]
    after: list[int]

    @property
    def total(self) -> int:
        return self.after[-1] if self.after else 0

    def reached(self, worked: int) -> int:
        """The latest moment before which that much of it was worked, less than its total."""
        j = bisect_right(self.after, worked)
        return self.starts[j] + worked - self.before[j]

    def worked_before(self, at: int) -> int:
        """The block's working milliseconds that lie before a moment."""
        i = bisect_right(self.ends, at)
        return self.total if i == len(self.ends) else self.before[i] + max(0, at - self.starts[i])


class WorkingTime:
    """The arithmetic of one calendar; keep it as long as the calendar: it remembers the open spans.

    Moments are milliseconds since the epoch. Whatever would lie more than FURTHEST_DAYS away (also because the calendar
    never opens) or outside the years 1900–9990 is a KnownError OUT_OF_RANGE.
    """

    def __init__(self, calendar: WorkingCalendar) -> None:
        self.calendar = calendar
        self.zone: Zone = zone(calendar.timezone)
        self._blocks: dict[int, _Block] = {}

    def add(self, at: int, span: Span) -> int:
        """The moment at which a span from `at` is over.

        Working hours: the earliest moment at which they are used up (Friday 16:30 + 1.5 h is Friday 18:00).
        None at all: `at` if it is open, else the next opening. Working days: the same time of day on the N-th
        following day with any open interval, moved to the next opening if closed then. Natural days keep the
        time of day.
        """
        _check(at)
        if span.unit is Unit.NATURAL_HOURS:
            return _checked(at + span.ms)
        if span.unit is Unit.WORKING_HOURS:
            return self.add_working_ms(at, span.ms)
        if span.unit is Unit.NATURAL_DAYS:
            return self.zone.moment(_checked(self.zone.wall(at) + int(span.amount) * DAY))
        return self.next_open(self.same_time_on_working_day(at, int(span.amount)))

    def subtract(self, at: int, span: Span) -> int:
        """The moment from which a span is over at `at`: `add` as in a mirror.

        Working hours: the latest moment from which that much is worked until `at` (Monday 10:00 less 1 h is Monday
        09:00, not Friday 18:00). None at all: `at` if it is open, else the last closing. Working days: the same time
        of day on the N-th day before with any open interval, moved back to the last closing if closed then.
        """
        _check(at)
        if span.unit is Unit.NATURAL_HOURS:
            return _checked(at - span.ms)
        if span.unit is Unit.WORKING_HOURS:
            return self.subtract_working_ms(at, span.ms)
        if span.unit is Unit.NATURAL_DAYS:
            return self.zone.moment(_checked(self.zone.wall(at) - int(span.amount) * DAY))
        return self.last_open(self.same_time_on_working_day_before(at, int(span.amount)))

    def subtract_working_ms(self, at: int, ms: int) -> int:
        """The latest moment from which `ms` ≥ 0 of working time are used up at `at`; for 0 the last open moment."""
        last = (at // DAY + 1) // _BLOCK_DAYS  # the local day may be the one behind that in UTC
        for number in range(last, last - FURTHEST_DAYS // _BLOCK_DAYS - 2, -1):
            block = self._blocks.get(number) or self._block(number)
            if ms == 0:
                i = bisect_right(block.starts, at)
                if i:
                    return min(at, block.ends[i - 1])
                continue
            worked = block.worked_before(at)
            if worked >= ms:
                return block.reached(worked - ms)
            ms -= worked
        raise KnownError(ErrorKind.OUT_OF_RANGE, at=at, most_days=FURTHEST_DAYS)

    def add_working_ms(self, at: int, ms: int) -> int:
        """The earliest moment at which `ms` ≥ 0 of working time are used up; for 0 the next open moment."""
        first = (at // DAY - 1) // _BLOCK_DAYS  # the local day may be the one before that in UTC
        for number in range(first, first + FURTHEST_DAYS // _BLOCK_DAYS + 2):
            block = self._blocks.get(number) or self._block(number)
            i = bisect_right(block.ends, at)
            if i == len(block.ends):
                continue
            if ms == 0:
                return max(at, block.starts[i])
            done = block.before[i] + max(0, at - block.starts[i])
            if done + ms <= block.total:
                j = bisect_left(block.after, done + ms)
                return block.starts[j] + done + ms - block.before[j]
            ms -= block.total - done
            if ms == 0:
                return block.ends[-1]
        raise KnownError(ErrorKind.OUT_OF_RANGE, at=at, most_days=FURTHEST_DAYS)

    def same_time_on_working_day(self, at: int, days: int) -> int:
        """The time of day of `at` on the N-th following working day (open or not); for 0 `at` itself."""
        if days == 0:
            return at
        wall = self.zone.wall(at)
        for day in self.working_days_after(wall // DAY):
            days -= 1
            if days == 0:
                return self.zone.moment(day * DAY + wall % DAY)
        raise KnownError(ErrorKind.OUT_OF_RANGE, at=at, most_days=FURTHEST_DAYS)

    def same_time_on_working_day_before(self, at: int, days: int) -> int:
        """The time of day of `at` on the N-th working day before (open or not); for 0 `at` itself."""
        if days == 0:
            return at
        wall = self.zone.wall(at)
        day = wall // DAY
        for candidate in range(day - 1, max(day - FURTHEST_DAYS, FIRST_DAY) - 1, -1):
            days -= bool(self.calendar.intervals(candidate))
            if days == 0:
                return self.zone.moment(candidate * DAY + wall % DAY)
        raise KnownError(ErrorKind.OUT_OF_RANGE, at=at, most_days=FURTHEST_DAYS)

    def working_days_after(self, day: int) -> Iterator[int]:
        """The days after a day that have any open interval, as far as a result may lie."""
        for candidate in range(day + 1, min(day + FURTHEST_DAYS, LAST_DAY) + 1):
            if self.calendar.intervals(candidate):
                yield candidate

    def between(self, start: int, end: int) -> int:
        """Working milliseconds from one moment to another, negative when they are the other way round."""
        if end < start:
            return -self.between(end, start)
        _check(start)
        _check(end)
        if end - start > FURTHEST_DAYS * DAY:
            raise KnownError(ErrorKind.OUT_OF_RANGE, at=end, most_days=FURTHEST_DAYS)
        numbers = range((start // DAY - 1) // _BLOCK_DAYS, (end // DAY + 1) // _BLOCK_DAYS + 1)
        blocks = (self._blocks.get(number) or self._block(number) for number in numbers)
        return sum(block.worked_before(end) - block.worked_before(start) for block in blocks)

    def next_open(self, at: int) -> int:
        """`at` if it is open, else the next opening."""
        _check(at)
        return self.add_working_ms(at, 0)

    def last_open(self, at: int) -> int:
        """`at` if it is open or just closing, else the last closing."""
        _check(at)
        return self.subtract_working_ms(at, 0)

    def open_spans(self, day: int) -> list[tuple[int, int]]:
        """The open spans of a local day as moments, in order."""
        spans: list[tuple[int, int]] = []
        for start, end in self.calendar.intervals(day):
            spans += self.zone.moments(day * DAY + start * 60_000, day * DAY + end * 60_000)
        return sorted(spans)

    def _block(self, number: int) -> _Block:
        days = range(max(number * _BLOCK_DAYS, FIRST_DAY), min((number + 1) * _BLOCK_DAYS, LAST_DAY + 1))
        spans = sorted(span for day in days for span in self.open_spans(day))
        block = _Block([start for start, _ in spans], [end for _, end in spans], [], [])
        worked = 0
        for start, end in spans:
            block.before.append(worked)
            worked += end - start
            block.after.append(worked)
        self._blocks[number] = block
        return block


def _check(at: int) -> None:
    if not FIRST_DAY * DAY < at < LAST_DAY * DAY:
        raise KnownError(ErrorKind.OUT_OF_RANGE, at=at)


def _checked(at: int) -> int:
    _check(at)
    return at
