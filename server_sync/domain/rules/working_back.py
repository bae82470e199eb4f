"""From which moments a span of working time is over within a given time: the arithmetic of `working_time` backwards."""

from collections.abc import Iterator
from itertools import islice

from server_sync.domain.clock import DAY
from server_sync.domain.errors import KnownError
from server_sync.domain.rules.local_time import FIRST_DAY
from server_sync.domain.rules.working_time import FURTHEST_DAYS, Span, Unit, WorkingTime

_FIRST = (FIRST_DAY + 1) * DAY
"""No sum begins before this moment."""

Stretch = tuple[int, int]
"""From one moment to another, ms, both of them included."""


def stretches_before(time: WorkingTime, span: Span, first: int, last: int) -> list[Stretch]:
    """The moments from which `span` is over at `first` or later and at `last` or before, in order.

    One stretch, but for working days: what begins on an evening of the holidays goes to the opening after its N-th
    day, and so ends later than what begins on the next morning of the same holidays (M1.11).
    """
    if span.unit is not Unit.WORKING_DAYS or span.amount == 0:
        whole = _last_over(time, span, first - 1) + 1, _last_over(time, span, last)
        return [whole] if whole[0] <= whole[1] else []
    found: list[Stretch] = []
    for day, begins, ends in _landings(time, int(span.amount), time.zone.day(last)):
        if _opening(time, day, DAY - 1) < first:
            break
        low = _first_at_least(time, day, first)
        high = _first_at_least(time, day, last + 1) - 1
        if low <= high:
            found += [_of_day(time, basis, low, high) for basis in range(ends, begins - 1, -1)]
    return _joined(reversed(found))


def _landings(time: WorkingTime, days: int, last: int) -> Iterator[tuple[int, int, int]]:
    """The working days up to a day, the last first, each with the first and the last day of which it is the N-th
    following working day."""
    before = _working_days_back(time, last)
    after = next(islice(before, days - 1, None), None)
    if after is None:
        return
    for day, begins in zip(_working_days_back(time, last), before, strict=False):
        yield day, begins, after - 1
        after = begins


def _working_days_back(time: WorkingTime, day: int) -> Iterator[int]:
    for candidate in range(day, max(day - 2 * FURTHEST_DAYS, FIRST_DAY), -1):
        if time.calendar.intervals(candidate):
            yield candidate


def _opening(time: WorkingTime, day: int, time_of_day: int) -> int:
    return time.next_open(time.zone.moment(day * DAY + time_of_day))


def _first_at_least(time: WorkingTime, day: int, moment: int) -> int:
    """The first time of day (ms) whose opening is at the moment or later; that of midnight if there is none."""
    if _opening(time, day, 0) >= moment:
        return 0
    low, high = 0, DAY
    while high - low > 1:
        middle = (low + high) // 2
        if _opening(time, day, middle) >= moment:
            high = middle
        else:
            low = middle
    return high


def _of_day(time: WorkingTime, day: int, low: int, high: int) -> Stretch:
    """The times of a day as moments, up to the last one before midnight where they reach it."""
    return time.zone.moment(day * DAY + low), time.zone.moment(day * DAY + high + 1) - 1


def _joined(stretches: Iterator[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for first, last in stretches:
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = joined[-1][0], last
        else:
            joined.append((first, last))
    return joined


def _last_over(time: WorkingTime, span: Span, at: int) -> int:
    """The last moment from which the span is over by `at`, or that before all moments where there is none: a longer
    wait never ends earlier, so halving finds it."""
    reach_back = DAY
    while at - reach_back >= _FIRST and not _is_over(time, span, at - reach_back, at):
        reach_back *= 2
    low, high = max(at - reach_back, _FIRST - 1), at + 1
    while high - low > 1:
        middle = (low + high) // 2
        if _is_over(time, span, middle, at):
            low = middle
        else:
            high = middle
    return low


def _is_over(time: WorkingTime, span: Span, begun: int, by: int) -> bool:
    """Whether the span from a moment is over by another one; one whose end lies out of all reach is not."""
    try:
        return time.add(begun, span) <= by
    except KnownError:
        return False
