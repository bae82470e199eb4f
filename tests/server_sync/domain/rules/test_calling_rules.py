"""What stands against a call: the calling window, the number's caps, do-not-call and a list that is too old."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.model import Purpose
from server_sync.domain.rules import calling_window, contact_frequency, do_not_call
from server_sync.domain.rules.reason import Reason
from server_sync.domain.rules.settings import DEFAULTS
from server_sync.domain.rules.working_calendar import WorkingCalendar

ZONE = "Asia/Shanghai"
WINDOW = DEFAULTS["calling_window"]
LIMITS = DEFAULTS["contact_frequency"]
OFFICE = WorkingCalendar.from_json({"timezone": ZONE, "week": DEFAULTS["working_week"]})


def at(text: str, timezone: str = ZONE) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(timezone)).timestamp() * 1000)


def test_ten_in_the_evening_is_refused_with_the_window() -> None:
    refused = calling_window.refusal(at("2026-11-20T22:00"), ZONE, WINDOW)
    assert refused == Reason("outside_calling_window", {"from": "08:00", "to": "21:00"})  # journey A2


@pytest.mark.parametrize(
    ("clock", "allowed"),
    [("07:59", False), ("08:00", True), ("20:59", True), ("21:00", False), ("00:00", False)],
)
def test_window_opens_with_its_start_and_closes_with_its_end(clock: str, allowed: bool) -> None:
    assert (calling_window.refusal(at(f"2026-11-20T{clock}"), ZONE, WINDOW) is None) is allowed


def test_window_is_on_the_customers_wall_clock() -> None:
    evening = at("2026-11-20T20:30")
    assert calling_window.refusal(evening, ZONE, WINDOW) is None
    assert calling_window.refusal(evening, "Asia/Tokyo", WINDOW) is not None
    assert calling_window.refusal(evening, "Asia/Urumqi", WINDOW) is None


def test_surveys_are_advised_to_working_days_from_nine_to_six() -> None:
    def kind(text: str, purpose: Purpose = Purpose.SURVEY) -> str | None:
        found = calling_window.advice(at(text), purpose, OFFICE)
        return found.kind if found else None

    assert kind("2026-11-20T10:00") is None
    assert kind("2026-11-20T12:30") is None, "lunch is allowed: it is the customer's time"
    assert kind("2026-11-20T18:00") == "outside_advised_hours"
    assert kind("2026-11-21T10:00") == "not_a_working_day"
    assert kind("2026-11-21T20:00", Purpose.SERVICE) is None


# ---- how often one number may be called

NOON = at("2026-11-20T12:00")
FREE = {"per_day": 99, "per_week": 99, "minutes_between": 0}


def too_often(ago: list[int], limits: Any = LIMITS, *, booked: bool = False) -> dict[str, Any] | None:
    found = contact_frequency.refusal([NOON - ms for ms in ago], NOON, limits, booked=booked)
    return None if found is None else dict(found.values)


def test_third_call_of_a_day_and_fourth_of_a_week_are_refused() -> None:
    assert too_often([HOUR]) is None
    assert too_often([HOUR, 5 * HOUR]) == {"per": "day", "most": 2, "free_at": NOON + 19 * HOUR}
    assert too_often([HOUR, DAY]) is None
    assert too_often([2 * DAY, 3 * DAY, 6 * DAY]) == {"per": "week", "most": 3, "free_at": NOON + DAY}


def test_calls_need_a_gap() -> None:
    assert too_often([29 * MINUTE]) == {"per": "gap", "most": 30, "free_at": NOON + MINUTE}
    assert too_often([30 * MINUTE]) is None


def test_hard_caps_hold_whatever_the_company_allows_and_for_appointments() -> None:
    assert too_often([MINUTE, 2 * MINUTE, 4 * MINUTE], FREE) == {
        "per": "five_minutes",
        "most": 3,
        "free_at": NOON + MINUTE,
    }
    five = [1, 5, 9, 13, 23]
    assert too_often([h * HOUR for h in five], FREE, booked=True) == {
        "per": "day",
        "most": 5,
        "free_at": NOON + HOUR,
    }


def test_appointment_overrides_the_companys_own_caps() -> None:
    assert too_often([HOUR, 5 * HOUR], booked=True) is None
    assert too_often([MINUTE], booked=True) is None


def test_calls_after_the_moment_do_not_count() -> None:
    assert too_often([-MINUTE, -HOUR]) is None


@given(st.lists(st.integers(0, 8 * DAY // MINUTE), max_size=12))
def test_free_moment_is_free_and_nothing_between_is(minutes: list[int]) -> None:
    starts = [NOON - minute * MINUTE for minute in minutes]
    free = contact_frequency.free_at(starts, NOON, LIMITS)
    assert contact_frequency.refusal(starts, free, LIMITS) is None
    if free > NOON:
        assert contact_frequency.refusal(starts, free - 1, LIMITS) is not None


# ---- do-not-call


def entry(scope: str, set_at: int = 1, cleared_at: int | None = None, number: int = 1) -> dict[str, Any]:
    return {"id": bytes([number]) * 16, "scope": scope, "set_at": set_at, "cleared_at": cleared_at}


@pytest.mark.parametrize("purpose", list(Purpose))
def test_entry_blocks_its_own_purpose_and_all_block_every_one(purpose: Purpose) -> None:
    assert do_not_call.blocking_entry([entry("all")], purpose, NOON) is not None
    assert do_not_call.blocking_entry([entry(purpose)], purpose, NOON) is not None
    others = [entry(other) for other in Purpose if other is not purpose]
    assert do_not_call.blocking_entry(others, purpose, NOON) is None


def test_entry_stands_until_it_is_cleared_and_a_later_one_wins_over_a_clearing() -> None:
    cleared = entry("all", set_at=1, cleared_at=5)
    assert do_not_call.blocking_entry([cleared], Purpose.SERVICE, 4) == cleared
    assert do_not_call.blocking_entry([cleared], Purpose.SERVICE, 5) is None
    again = entry("all", set_at=3, number=2)
    assert do_not_call.blocking_entry([cleared, again], Purpose.SERVICE, 6) == again


def test_the_earliest_standing_entry_is_named() -> None:
    entries = [entry("all", set_at=9, number=1), entry("marketing", set_at=3, number=2)]
    assert do_not_call.blocking_entry(entries, Purpose.MARKETING, NOON) == entries[1]
    assert do_not_call.blocking_entry(entries[::-1], Purpose.MARKETING, NOON) == entries[1]


def test_marketing_is_locked_on_an_old_list_and_service_is_not() -> None:  # journey A5
    settings = DEFAULTS["do_not_call"]
    fresh, old = NOON - 24 * HOUR, NOON - 24 * HOUR - 1
    assert do_not_call.stale(Purpose.MARKETING, fresh, NOON, settings) is None
    locked = do_not_call.stale(Purpose.MARKETING, old, NOON, settings)
    assert locked is not None
    assert locked.values == {"hours": 24, "in_step_at": old}
    assert do_not_call.stale(Purpose.MARKETING, None, NOON, settings) is not None
    assert do_not_call.stale(Purpose.SERVICE, old, NOON, settings) is None
    assert do_not_call.stale(Purpose.SURVEY, None, NOON, settings) is None
