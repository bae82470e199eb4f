"""Working time against known sums and against a slow oracle that looks at every minute's wall clock."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.rules.local_time import day_number
from server_sync.domain.rules.working_calendar import WEEKDAYS, Interval, WorkingCalendar
from server_sync.domain.rules.working_steps import steps_of_add, steps_of_between, steps_of_subtract
from server_sync.domain.rules.working_time import Span, Unit, WorkingTime

OFFICE = [["09:00", "12:00"], ["13:30", "18:00"]]
SHANGHAI = WorkingTime(
    WorkingCalendar.from_json(
        {
            "timezone": "Asia/Shanghai",
            "week": dict.fromkeys(WEEKDAYS[:5], OFFICE),
            "exceptions": {"2026-10-01": [], "2026-10-02": [], "2026-10-10": [["09:00", "18:00"]]},
        }
    )
)
HOURS, DAYS = Unit.WORKING_HOURS, Unit.WORKING_DAYS


def at(text: str, timezone: str = "Asia/Shanghai", fold: int = 0) -> int:
    moment = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(timezone), fold=fold)
    return round(moment.timestamp() * 1000)


def span(amount: str, unit: Unit) -> Span:
    return Span(Decimal(amount), unit)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-20T16:30", "2", "2026-11-23T09:30"),  # journey B3: the reminder
        ("2026-11-20T16:30", "4", "2026-11-23T11:30"),  # journey B3: the escalation
        (
            "2026-11-20T16:30",
            "1.5",
            "2026-11-20T18:00",
        ),  # not when the next day begins
        ("2026-11-20T18:00", "0", "2026-11-23T09:00"),
        ("2026-11-20T12:30", "0", "2026-11-20T13:30"),
        ("2026-11-20T16:30", "0", "2026-11-20T16:30"),
        ("2026-11-20T10:00", "2", "2026-11-20T12:00"),
        ("2026-11-20T10:00", "2.5", "2026-11-20T14:00"),
        ("2026-09-30T17:00", "2", "2026-10-05T10:00"),  # holidays and a weekend between
        ("2026-10-09T17:00", "2", "2026-10-10T10:00"),  # a make-up Saturday counts
    ],
)
def test_working_hours_end_at_the_earliest_moment_they_are_used_up(start: str, hours: str, end: str) -> None:
    assert SHANGHAI.add(at(start), span(hours, HOURS)) == at(end)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-20T16:30", "1", "2026-11-23T16:30"),
        ("2026-11-20T16:30", "7", "2026-12-01T16:30"),
        ("2026-11-21T10:00", "1", "2026-11-23T10:00"),  # from a Saturday
        ("2026-11-20T12:30", "1", "2026-11-23T13:30"),  # closed at that time of day: moved to the opening
        ("2026-11-20T20:00", "1", "2026-11-24T09:00"),
        ("2026-11-20T20:00", "0", "2026-11-23T09:00"),
        ("2026-10-09T20:00", "1", "2026-10-12T09:00"),
        ("2026-09-30T10:00", "1", "2026-10-05T10:00"),
    ],
)
def test_working_days_keep_the_time_of_day_or_move_to_the_opening(start: str, days: str, end: str) -> None:
    assert SHANGHAI.add(at(start), span(days, DAYS)) == at(end)


def test_natural_spans_ignore_the_calendar() -> None:
    friday = at("2026-11-20T16:30")
    assert SHANGHAI.add(friday, span("2", Unit.NATURAL_HOURS)) == at("2026-11-20T18:30")  # journey B3
    assert SHANGHAI.add(friday, span("4", Unit.NATURAL_HOURS)) == at("2026-11-20T20:30")
    assert SHANGHAI.add(friday, span("2", Unit.NATURAL_DAYS)) == at("2026-11-22T16:30")


def test_natural_day_keeps_the_wall_clock_over_a_change_of_clocks() -> None:
    berlin = WorkingTime(WorkingCalendar.always("Europe/Berlin"))
    day = span("1", Unit.NATURAL_DAYS)
    zone = "Europe/Berlin"
    assert berlin.add(at("2026-03-28T12:00", zone), day) == at("2026-03-29T12:00", zone)
    assert berlin.add(at("2026-03-28T02:30", zone), day) == at("2026-03-29T03:00", zone), (
        "the wall clock skips 02:30"
    )
    assert berlin.add(at("2026-10-24T02:30", zone), day) == at("2026-10-25T02:30", zone), "twice"


def test_hours_count_what_the_wall_clock_shows_twice_or_never() -> None:
    night = {"timezone": "Europe/Berlin", "week": {key: [["02:00", "03:00"]] for key in WEEKDAYS}}
    berlin = WorkingTime(WorkingCalendar.from_json(night))
    assert (
        berlin.between(at("2026-03-29T00:00", "Europe/Berlin"), at("2026-03-30T00:00", "Europe/Berlin")) == 0
    )
    assert (
        berlin.between(at("2026-10-25T00:00", "Europe/Berlin"), at("2026-10-26T00:00", "Europe/Berlin"))
        == 2 * HOUR
    )


def test_between_is_negative_the_other_way_round() -> None:
    friday, monday = at("2026-11-20T16:30"), at("2026-11-23T11:30")
    assert SHANGHAI.between(friday, monday) == 4 * HOUR
    assert SHANGHAI.between(monday, friday) == -4 * HOUR


def test_steps_tell_the_sum_of_the_escalation() -> None:
    steps = steps_of_add(SHANGHAI, at("2026-11-20T16:30"), span("4", HOURS))
    assert [step.kind for step in steps] == ["worked", "skipped", "worked"]
    friday, weekend, monday = (step.values for step in steps)
    assert (friday["from_at"], friday["to_at"]) == (at("2026-11-20T16:30"), at("2026-11-20T18:00"))
    assert friday["ms"] == 90 * MINUTE
    assert weekend == {"from_on": "2026-11-21", "to_on": "2026-11-22", "days": 2, "why": "weekend"}
    assert (monday["from_at"], monday["to_at"]) == (at("2026-11-23T09:00"), at("2026-11-23T11:30"))
    assert monday["ms"] == 150 * MINUTE


def test_steps_tell_holidays_from_weekends_and_name_make_up_days() -> None:
    kinds = [
        (step.kind, step.values.get("why"), step.values.get("make_up"))
        for step in steps_of_add(SHANGHAI, at("2026-09-30T17:00"), span("2", HOURS))
    ]
    assert kinds == [
        ("worked", None, False),
        ("skipped", "holiday", None),
        ("skipped", "weekend", None),
        ("worked", None, False),
    ]
    assert steps_of_add(SHANGHAI, at("2026-10-09T17:00"), span("2", HOURS))[-1].values["make_up"] is True


def test_steps_of_days_name_what_counts_and_the_move_to_the_opening() -> None:
    steps = steps_of_add(SHANGHAI, at("2026-11-20T20:00"), span("1", DAYS))
    assert [step.kind for step in steps] == ["skipped", "working_days", "next_opening"]
    assert steps[1].values["from_on"] == "2026-11-23"
    assert steps_of_add(SHANGHAI, at("2026-11-20T12:30"), span("0", HOURS))[0].kind == "next_opening"
    assert steps_of_add(SHANGHAI, at("2026-11-20T10:00"), span("0", DAYS)) == ()
    assert (
        steps_of_add(SHANGHAI, at("2026-11-20T12:30"), span("3", Unit.NATURAL_HOURS))[0].values["ms"]
        == 3 * HOUR
    )
    assert steps_of_add(SHANGHAI, at("2026-11-20T12:30"), span("3", Unit.NATURAL_DAYS))[0].values["days"] == 3


@pytest.mark.parametrize(
    ("end", "amount", "unit", "start"),
    [
        ("2026-11-23T11:30", "4", HOURS, "2026-11-20T16:30"),
        ("2026-11-23T10:00", "1", HOURS, "2026-11-23T09:00"),
        ("2026-11-22T12:00", "0", HOURS, "2026-11-20T18:00"),
        ("2026-11-23T10:00", "0", HOURS, "2026-11-23T10:00"),
        ("2026-10-05T10:00", "2", HOURS, "2026-09-30T17:00"),  # holidays and a weekend between
        ("2026-11-24T10:00", "2", DAYS, "2026-11-20T10:00"),
        ("2026-11-24T20:00", "1", DAYS, "2026-11-23T18:00"),
        ("2026-11-22T12:00", "0", DAYS, "2026-11-20T18:00"),
        ("2026-11-23T10:00", "3", Unit.NATURAL_DAYS, "2026-11-20T10:00"),
        ("2026-11-23T10:00", "24", Unit.NATURAL_HOURS, "2026-11-22T10:00"),
    ],
)
def test_subtracting_leads_back_to_where_the_time_would_begin(
    end: str, amount: str, unit: Unit, start: str
) -> None:
    assert SHANGHAI.subtract(at(end), span(amount, unit)) == at(start)


def test_steps_back_tell_what_lies_between_in_the_order_of_time() -> None:
    steps = steps_of_subtract(SHANGHAI, at("2026-11-23T11:30"), span("4", HOURS))
    assert steps == steps_of_add(SHANGHAI, at("2026-11-20T16:30"), span("4", HOURS))
    days = steps_of_subtract(SHANGHAI, at("2026-11-24T20:00"), span("2", DAYS))
    assert [step.kind for step in days] == ["last_closing", "working_days", "skipped", "working_days"]
    assert sum(step.values["days"] for step in days if step.kind == "working_days") == 2
    natural = steps_of_subtract(SHANGHAI, at("2026-11-23T10:00"), span("3", Unit.NATURAL_HOURS))
    assert natural[0].values["from_at"] == at("2026-11-23T07:00")


def test_calendar_that_never_opens_is_refused_in_bounded_time() -> None:
    closed = WorkingTime(WorkingCalendar.from_json({"timezone": "Asia/Shanghai", "week": {}}))
    for unit in (HOURS, DAYS):
        with pytest.raises(KnownError) as caught:
            closed.add(at("2026-11-20T16:30"), span("1", unit))
        assert caught.value.kind is ErrorKind.OUT_OF_RANGE
        with pytest.raises(KnownError) as caught:
            closed.subtract(at("2026-11-20T16:30"), span("1", unit))
        assert caught.value.kind is ErrorKind.OUT_OF_RANGE


@pytest.mark.parametrize("amount", ["-1", "NaN", "Infinity", "1e9", "1.5"])
def test_impossible_span_is_refused(amount: str) -> None:
    with pytest.raises(KnownError):
        span(amount, DAYS)


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"amount": True, "unit": HOURS},
        {"amount": "x", "unit": HOURS},
        {"amount": 1, "unit": "weeks"},
        {"amount": None, "unit": HOURS},
    ],
)
def test_malformed_span_is_refused(value: dict[str, object]) -> None:
    with pytest.raises(KnownError) as caught:
        Span.from_json(value)
    assert caught.value.kind is ErrorKind.OUT_OF_RANGE


def test_moment_out_of_the_calendar_is_refused() -> None:
    for moment in (-(10**15), 10**15):
        with pytest.raises(KnownError):
            SHANGHAI.add(moment, span("1", HOURS))
        with pytest.raises(KnownError):
            SHANGHAI.between(0, moment)


# ---- the oracle: an instant is open when its wall clock reads inside an interval of its own day

MONTHS = [
    ("Asia/Shanghai", "2026-09-20T00:00"),
    ("Asia/Shanghai", "2026-12-25T00:00"),  # over the end of a year
    ("Europe/Berlin", "2026-03-22T00:00"),  # a night without 02:00–03:00
    ("Europe/Berlin", "2026-10-19T00:00"),  # a night with two
    ("America/St_Johns", "1988-10-25T00:00"),  # at 00:01 clocks went back into the day before
    ("Pacific/Apia", "2011-12-25T00:00"),  # a day left out
    ("Australia/Lord_Howe", "2026-03-30T00:00"),  # half an hour back
]
LENGTH = 14 * 24 * 60  # minutes that the oracle looks at

minutes = st.sampled_from([0, 1, 30, 60, 90, 119, 120, 150, 180, 540, 720, 810, 1080, 1320, 1410, 1439, 1440])


@st.composite
def day_intervals(draw: st.DrawFn) -> tuple[Interval, ...]:
    marks = sorted(draw(st.sets(minutes, max_size=6)))
    return tuple(zip(marks[0::2], marks[1::2], strict=False))


Case = tuple[WorkingTime, int, list[bool]]
"""A calendar, the first minute that the oracle looks at, and whether each minute from there is open."""


@st.composite
def cases(draw: st.DrawFn) -> Case:
    timezone, first = draw(st.sampled_from(MONTHS))
    start = at(first, timezone)
    week = tuple(draw(day_intervals()) for _ in range(7))
    days = draw(st.sets(st.integers(0, 13), max_size=4))
    exceptions = {day_number(first[:10]) + day: draw(day_intervals()) for day in days}
    time = WorkingTime(WorkingCalendar(timezone, week, exceptions))
    return time, start, list(open_minutes(time.calendar, start))


@cache
def walls(timezone: str, start: int) -> list[tuple[int, int, int]]:
    """Day, weekday and minute of the day that the wall clock shows in each minute."""
    zone = ZoneInfo(timezone)
    moment = datetime.fromtimestamp(start / 1000, ZoneInfo("UTC"))
    shown = [(moment + timedelta(minutes=minute)).astimezone(zone) for minute in range(LENGTH)]
    return [(day_number(w.date().isoformat()), w.weekday(), w.hour * 60 + w.minute) for w in shown]


def open_minutes(calendar: WorkingCalendar, start: int) -> Iterator[bool]:
    for day, weekday, minute in walls(calendar.timezone, start):
        intervals = calendar.exceptions.get(day, calendar.week[weekday])
        yield any(first <= minute < last for first, last in intervals)


@settings(max_examples=80, deadline=None)
@given(cases(), st.data())
def test_adding_hours_agrees_with_a_walk_over_every_minute(case: Case, data: st.DataObject) -> None:
    time, start, opened = case
    first = data.draw(st.integers(0, LENGTH - 1))
    last = data.draw(st.integers(first, LENGTH))
    worked = sum(opened[first:last])
    assert time.between(start + first * MINUTE, start + last * MINUTE) == worked * MINUTE
    steps = steps_of_between(time, start + first * MINUTE, start + last * MINUTE)
    assert sum(step.values["ms"] for step in steps if step.kind == "worked") == worked * MINUTE
    if worked:
        end = last
        while not opened[end - 1]:
            end -= 1
        assert time.add_working_ms(start + first * MINUTE, worked * MINUTE) == start + end * MINUTE
        half = time.add_working_ms(start + first * MINUTE, worked * MINUTE - MINUTE // 2)
        assert half == start + end * MINUTE - MINUTE // 2


@settings(max_examples=80, deadline=None)
@given(cases(), st.data())
def test_subtracting_hours_agrees_with_a_walk_back_over_every_minute(case: Case, data: st.DataObject) -> None:
    time, start, opened = case
    last = data.draw(st.integers(1, LENGTH))
    first = data.draw(st.integers(0, last - 1))
    worked = sum(opened[first:last])
    end = start + last * MINUTE
    if worked:
        begin = opened.index(True, first)
        assert time.subtract_working_ms(end, worked * MINUTE) == start + begin * MINUTE
        half = time.subtract_working_ms(end, worked * MINUTE - MINUTE // 2)
        assert half == start + begin * MINUTE + MINUTE // 2
        closing = last
        while not opened[closing - 1]:
            closing -= 1
        open_now = last < LENGTH and opened[last]
        assert open_now or time.last_open(end) == start + closing * MINUTE


@settings(max_examples=80, deadline=None)
@given(cases(), st.integers(0, LENGTH - 1))
def test_next_opening_agrees_with_a_walk_over_every_minute(case: Case, first: int) -> None:
    time, start, opened = case
    if any(opened[first:]):
        assert time.next_open(start + first * MINUTE) == start + opened.index(True, first) * MINUTE


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 4000 * DAY // 1000), st.integers(0, 400 * HOUR), st.integers(0, 400 * HOUR))
def test_adding_twice_is_adding_the_sum(seconds: int, one: int, two: int) -> None:
    start = at("2020-01-01T00:00") + seconds * 1000
    middle = SHANGHAI.add_working_ms(start, one)
    assert SHANGHAI.between(start, middle) == one
    assert SHANGHAI.between(SHANGHAI.subtract_working_ms(start, one), start) == one
    if two:
        assert SHANGHAI.add_working_ms(middle, two) == SHANGHAI.add_working_ms(start, one + two)
