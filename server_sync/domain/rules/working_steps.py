"""Why a result of `working_time` is what it is: the steps of the sum, as kinds and values in order."""

from collections.abc import Iterator
from itertools import groupby

from server_sync.domain.rules.local_time import iso_day, weekday
from server_sync.domain.rules.reason import Reason, reason
from server_sync.domain.rules.working_time import Span, Unit, WorkingTime


def steps_of_add(time: WorkingTime, at: int, span: Span) -> tuple[Reason, ...]:
    """The steps of `time.add(at, span)`.

    "worked" {from_at, to_at, ms, make_up}: working time that counts, `make_up` on a 调休 day.
    "skipped" {from_on, to_on, days, why: "weekend" | "holiday"}: whole closed days in between.
    "working_days" {from_on, to_on, days}: days that count. "next_opening" {from_at, to_at}: closed then, moved on.
    "natural_hours" {from_at, to_at, ms} and "natural_days" {from_at, to_at, days}: every hour or day counts.
    """
    end = time.add(at, span)
    if not _by_working_days(span):
        return _of_hours(time, span, at, end)
    same_time = time.same_time_on_working_day(at, int(span.amount)) if span.unit.in_days else at
    moved = (reason("next_opening", from_at=same_time, to_at=end),) if end != same_time else ()
    return *_counted_days(time, time.zone.day(at) + 1, time.zone.day(same_time)), *moved


def steps_of_subtract(time: WorkingTime, at: int, span: Span) -> tuple[Reason, ...]:
    """The steps of `time.subtract(at, span)` in the order of time: what lies between its result and `at`, as
    `steps_of_add` tells it, and "last_closing" {from_at, to_at}: closed then, moved back."""
    start = time.subtract(at, span)
    if not _by_working_days(span):
        return _of_hours(time, span, start, at)
    same_time = time.same_time_on_working_day_before(at, int(span.amount)) if span.unit.in_days else at
    moved = (reason("last_closing", from_at=same_time, to_at=start),) if start != same_time else ()
    return *moved, *_counted_days(time, time.zone.day(same_time), time.zone.day(at) - 1)


def _by_working_days(span: Span) -> bool:
    """Whether its end is that of a day; no working hours at all only move to where it is open."""
    return span.unit is Unit.WORKING_DAYS or (span.unit is Unit.WORKING_HOURS and not span.ms)


def _of_hours(time: WorkingTime, span: Span, start: int, end: int) -> tuple[Reason, ...]:
    """The steps of any other span, from its start to its end."""
    if span.unit is Unit.NATURAL_HOURS:
        return (reason("natural_hours", from_at=start, to_at=end, ms=span.ms),)
    if span.unit is Unit.NATURAL_DAYS:
        return (reason("natural_days", from_at=start, to_at=end, days=int(span.amount)),)
    return tuple(_worked(time, start, end))


def steps_of_between(time: WorkingTime, start: int, end: int) -> tuple[Reason, ...]:
    """The "worked" and "skipped" steps of `time.between(start, end)`, start ≤ end."""
    return tuple(_worked(time, start, end))


def _worked(time: WorkingTime, start: int, end: int) -> Iterator[Reason]:
    skipped: list[int] = []
    for day in range(time.zone.day(start), time.zone.day(end) + 1):
        intervals = time.calendar.intervals(day)
        if not intervals:
            skipped.append(day)
            continue
        yield from _skipped(time, skipped)
        skipped = []
        make_up = not time.calendar.week[weekday(day)]
        for opens, closes in time.open_spans(day):
            first, last = max(opens, start), min(closes, end)
            if first < last:
                yield reason("worked", from_at=first, to_at=last, ms=last - first, make_up=make_up)
    yield from _skipped(time, skipped)


def _counted_days(time: WorkingTime, first: int, last: int) -> Iterator[Reason]:
    days = range(first, last + 1)
    for working, run in groupby(days, key=lambda day: bool(time.calendar.intervals(day))):
        found = list(run)
        if working:
            yield reason("working_days", from_on=iso_day(found[0]), to_on=iso_day(found[-1]), days=len(found))
        else:
            yield from _skipped(time, found)


def _skipped(time: WorkingTime, days: list[int]) -> Iterator[Reason]:
    for weekend, run in groupby(days, key=lambda day: not time.calendar.week[weekday(day)]):
        found = list(run)
        why = "weekend" if weekend else "holiday"
        yield reason("skipped", from_on=iso_day(found[0]), to_on=iso_day(found[-1]), days=len(found), why=why)
