"""When a task is tried again: delays, caps, rotating parts of the day, working time, and when it is given up."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.rules.contact_frequency import refusal
from server_sync.domain.rules.dispositions import BY_CODE
from server_sync.domain.rules.local_time import zone
from server_sync.domain.rules.retries import closing_disposition, day_part, next_attempt
from server_sync.domain.rules.retry_days import RetryDays
from server_sync.domain.rules.settings import DEFAULTS
from server_sync.domain.rules.working_calendar import WorkingCalendar

ZONE = "Asia/Shanghai"
RETRIES = DEFAULTS["retries"]
LIMITS = {"per_day": 2, "per_week": 7, "minutes_between": 10}
OFFICE = RetryDays(WorkingCalendar.from_json({"timezone": ZONE, "week": DEFAULTS["working_week"]}), {})
# evenings and Saturdays too
LATE = RetryDays(WorkingCalendar(ZONE, (((540, 1260),),) * 5 + (((600, 1080),), ())), {})
CLOSED = RetryDays(WorkingCalendar(ZONE, ((),) * 7), {})


def at(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).timestamp() * 1000)


def after(code: str, *started: str, days: RetryDays = OFFICE) -> tuple[int | None, str]:
    """The next attempt after a code given a minute after the last start."""
    starts = [at(text) for text in started]
    again = next_attempt(BY_CODE[code], starts, starts[-1] + MINUTE, RETRIES, LIMITS, days)
    return again.at, again.why.kind


# 2026-11-16 is a Monday
def test_busy_is_tried_again_after_its_quarter_of_an_hour() -> None:
    assert after("3.12", "2026-11-16T09:30") == (at("2026-11-16T09:46"), "delay")


def test_no_answer_is_tried_in_another_part_of_the_day() -> None:
    assert after("3.13", "2026-11-16T09:30") == (at("2026-11-16T13:30"), "day_part")
    assert after("3.13", "2026-11-16T14:00") == (at("2026-11-17T09:00"), "day_part")
    assert after("3.13", "2026-11-16T14:00", days=LATE) == (at("2026-11-16T18:00"), "day_part")


@pytest.mark.parametrize(
    ("started", "preferred", "again", "why"),
    [
        (["2026-11-16T14:00"], None, "2026-11-17T09:00", "day_part"),
        (["2026-11-16T14:00"], "afternoon", "2026-11-16T17:01", "delay"),
        (["2026-11-16T09:30", "2026-11-16T14:00"], None, "2026-11-17T09:30", "contact_too_often"),
        (["2026-11-16T09:30", "2026-11-16T14:00"], "afternoon", "2026-11-17T13:30", "day_part"),
        (["2026-11-16T09:30"], "evening", "2026-11-16T13:30", "day_part"),
    ],
)
def test_the_part_of_the_day_that_the_customer_likes_comes_round_once_more(
    started: list[str], preferred: str | None, again: str, why: str
) -> None:
    starts = [at(text) for text in started]
    now = starts[-1] + MINUTE
    found = next_attempt(BY_CODE["3.13"], starts, now, RETRIES, LIMITS, OFFICE, preferred)
    assert (found.at, found.why.kind) == (at(again), why)


def test_three_hours_that_lead_into_an_untried_part_are_just_the_delay() -> None:
    assert after("3.13", "2026-11-16T11:00") == (at("2026-11-16T14:01"), "delay")


def test_every_part_of_the_day_comes_round_before_one_is_tried_twice() -> None:
    started = ["2026-11-19T09:30"]  # a Thursday
    parts = [day_part(at(started[0]), LATE)]
    for _ in range(3):
        again, _ = after("3.13", *started, days=LATE)
        assert again is not None
        started.append(datetime.fromtimestamp(again / 1000, ZoneInfo(ZONE)).strftime("%Y-%m-%dT%H:%M"))
        parts.append(day_part(again, LATE))
    assert sorted(parts) == ["afternoon", "evening", "morning", "weekend"]


def test_no_more_than_two_attempts_on_one_day() -> None:
    assert after("3.12", "2026-11-16T09:30", "2026-11-16T11:30") == (
        at("2026-11-17T09:30"),
        "contact_too_often",
    )
    free = {"per_day": 5, "per_week": 9, "minutes_between": 0}
    starts = [at("2026-11-16T09:30"), at("2026-11-16T11:30")]
    again = next_attempt(BY_CODE["3.12"], starts, starts[-1], RETRIES, free, OFFICE)
    assert (again.at, again.why.kind) == (at("2026-11-17T09:00"), "attempts_of_the_day")


def test_next_attempt_waits_for_the_caps_of_the_number() -> None:
    strict = {"per_day": 2, "per_week": 3, "minutes_between": 30}
    start = at("2026-11-16T09:30")
    again = next_attempt(BY_CODE["3.12"], [start], start + MINUTE, RETRIES, strict, OFFICE)
    assert (again.at, again.why.kind) == (start + 30 * MINUTE, "contact_too_often")


def test_weekend_without_work_is_skipped() -> None:
    assert after("3.13", "2026-11-20T15:00") == (at("2026-11-23T09:00"), "day_part")


def test_soft_refusal_waits_a_week_and_partial_a_day() -> None:
    assert after("2.112a", "2026-11-16T10:00") == (at("2026-11-23T10:01"), "delay")
    assert after("1.2", "2026-11-16T10:00") == (at("2026-11-17T10:01"), "delay")


def test_dead_number_leaves_the_other_one_free_at_once() -> None:
    assert after("4.32", "2026-11-16T10:00", "2026-11-16T10:05") == (at("2026-11-16T10:06"), "delay")


@pytest.mark.parametrize(
    ("code", "why"),
    [("1.1", "final"), ("2.112b", "final"), ("2.12a", "at_callback"), ("2.34", "handed_over")],
)
def test_some_codes_name_no_time(code: str, why: str) -> None:
    assert after(code, "2026-11-16T10:00") == (None, why)


def test_calendar_without_work_still_gives_a_time() -> None:
    assert after("3.13", "2026-11-16T10:00", days=CLOSED) == (at("2026-11-16T13:01"), "delay")


@given(
    st.sampled_from(["3.13", "3.12", "2.20", "2.13a", "1.2", "2.35a", "2.36"]),
    st.lists(st.integers(0, 20 * DAY // MINUTE), min_size=1, max_size=5),
    st.sampled_from([OFFICE, LATE]),
)
def test_next_attempt_never_breaks_a_cap(code: str, minutes: list[int], days: RetryDays) -> None:
    starts = sorted(at("2026-11-01T00:00") + minute * MINUTE for minute in minutes)
    again = next_attempt(BY_CODE[code], starts, starts[-1] + MINUTE, RETRIES, LIMITS, days)
    assert again.at is not None
    assert again.at >= starts[-1] + MINUTE + (BY_CODE[code].delay or 0)
    assert refusal(starts, again.at, LIMITS) is None
    day = zone(ZONE).day(again.at)
    assert sum(zone(ZONE).day(start) == day for start in starts) < RETRIES["attempts_per_day"]
    assert again == next_attempt(BY_CODE[code], starts, starts[-1] + MINUTE, RETRIES, LIMITS, days)


def test_last_attempt_ends_the_task_by_what_is_known_of_the_person() -> None:
    assert closing_disposition(BY_CODE["3.13"], 5, RETRIES, another_number=True) is None
    assert closing_disposition(BY_CODE["3.13"], 6, RETRIES, another_number=True) == "2.30"
    assert closing_disposition(BY_CODE["3.12"], 6, RETRIES, another_number=True) == "3.90"


def test_appointment_overrides_the_cap() -> None:
    assert closing_disposition(BY_CODE["2.12a"], 9, RETRIES, another_number=True) is None


def test_final_codes_end_the_task_and_dead_numbers_only_the_last_one() -> None:
    assert closing_disposition(BY_CODE["1.1"], 1, RETRIES, another_number=True) == "1.1"
    assert closing_disposition(BY_CODE["4.32"], 1, RETRIES, another_number=True) is None
    assert closing_disposition(BY_CODE["4.32"], 1, RETRIES, another_number=False) == "4.32"


def test_parts_of_the_day_cover_the_clock() -> None:
    monday = at("2026-11-16T00:00")
    parts = [day_part(monday + hour * HOUR, OFFICE) for hour in range(24)]
    assert parts == ["morning"] * 12 + ["afternoon"] * 6 + ["evening"] * 6
    assert day_part(monday - HOUR, OFFICE) == "weekend"
