"""From which moments a span is over within a given time, held against adding it to every quarter of an hour."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.rules.working_back import stretches_before
from server_sync.domain.rules.working_calendar import WEEKDAYS, WorkingCalendar
from server_sync.domain.rules.working_time import FURTHEST_DAYS, Span, Unit, WorkingTime

OFFICE = [["09:00", "12:00"], ["13:30", "18:00"]]
OFF = [f"2026-10-0{day}" for day in range(1, 8)]
NATIONAL_DAY: dict[str, list[list[str]]] = {day: [] for day in OFF} | {"2026-10-10": OFFICE}
QUARTER = 15 * MINUTE


def clock(timezone: str = "Asia/Shanghai") -> WorkingTime:
    week = dict.fromkeys(WEEKDAYS[:5], OFFICE)
    return WorkingTime(
        WorkingCalendar.from_json({"timezone": timezone, "week": week, "exceptions": NATIONAL_DAY})
    )


def at(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai")).timestamp() * 1000)


def test_m1_11_a_morning_of_the_holidays_is_over_sooner_than_the_evening_before() -> None:
    three = Span(Decimal(3), Unit.WORKING_DAYS)
    found = stretches_before(clock(), three, at("2026-10-10T00:00"), at("2026-10-11T00:00") - 1)
    from_the_evening_before = (at("2026-09-29T18:00"), at("2026-09-30T18:00") - 1)
    assert found == [
        from_the_evening_before,
        *((at(f"{day}T00:00"), at(f"{day}T18:00") - 1) for day in OFF),
    ]


def test_a_holiday_has_nothing_that_is_over_on_it() -> None:
    one = Span(Decimal(1), Unit.WORKING_DAYS)
    assert stretches_before(clock(), one, at("2026-10-03T00:00"), at("2026-10-04T00:00") - 1) == []


@pytest.mark.parametrize("unit", list(Unit))
def test_a_span_longer_than_the_calendar_is_over_from_no_moment(unit: Unit) -> None:
    longest = Span(Decimal(FURTHEST_DAYS * (1 if unit.in_days else 24)), unit)
    assert stretches_before(clock(), longest, at("1970-01-01T00:00"), at("1970-01-08T00:00")) == []


def test_a_calendar_that_never_opens_has_no_such_moment() -> None:
    never = WorkingTime(WorkingCalendar.from_json({"timezone": "Asia/Shanghai", "week": {}}))
    one = Span(Decimal(1), Unit.WORKING_DAYS)
    assert stretches_before(never, one, at("2026-10-03T00:00"), at("2026-10-04T00:00")) == []


@pytest.mark.parametrize("timezone", ["Asia/Shanghai", "Europe/Berlin"])
@pytest.mark.parametrize("unit", list(Unit))
@settings(max_examples=12, deadline=None)
@given(amount=st.integers(0, 6), first=st.integers(0, 24 * 20), length=st.integers(0, 24 * 9))
def test_the_stretches_hold_exactly_the_moments_from_which_it_is_over_within(
    timezone: str, unit: Unit, amount: int, first: int, length: int
) -> None:
    time, span = clock(timezone), Span(Decimal(amount), unit)
    begin = at("2026-09-28T00:00") + first * HOUR
    found = stretches_before(time, span, begin, begin + length * HOUR)
    assert found == sorted(found)
    for moment in range(begin - 16 * DAY, begin + length * HOUR + DAY, QUARTER):
        held = any(low <= moment <= high for low, high in found)
        assert held == (begin <= time.add(moment, span) <= begin + length * HOUR), moment
