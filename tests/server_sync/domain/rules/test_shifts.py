"""The roster: who works on a day, until when a leave goes."""

from typing import Any

from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.rules.shifts import back_at, shift_ends_at, works_on

DAY_0 = (0, DAY)
WEEK = (0, 7 * DAY)
HOURS = [(9 * HOUR, 12 * HOUR), (13 * HOUR, 18 * HOUR)]


def span(kind: str, starts: int, ends: int) -> dict[str, Any]:
    return {"kind": kind, "starts_at": starts * HOUR, "ends_at": ends * HOUR}


def works(*shifts: dict[str, Any], day: int = 0) -> bool:
    hours = [(day * DAY + starts, day * DAY + ends) for starts, ends in HOURS]
    return works_on(shifts, (day * DAY, (day + 1) * DAY), hours, WEEK)


def test_without_a_roster_somebody_works_the_companys_hours() -> None:
    assert works()
    assert works_on([], DAY_0, [], WEEK)  # a closed day is nobody's leave


def test_with_a_roster_for_the_week_only_its_days_count() -> None:
    monday = span("work", 9, 18)
    assert works(monday)
    assert not works(monday, day=1)
    next_week = span("work", 7 * 24 + 9, 7 * 24 + 18)
    assert works(next_week, day=1)


def test_a_leave_of_all_hours_is_a_day_off_and_half_a_day_is_none() -> None:
    assert not works(span("leave", 9, 18))
    assert not works(span("leave", 8, 12), span("leave", 12, 20))
    assert works(span("leave", 9, 12))
    assert not works(span("work", 9, 12), span("leave", 9, 12))


def test_what_has_no_length_is_none() -> None:
    assert works(span("leave", 9, 9))
    assert works(span("work", 30, 30))


def test_a_leave_ends_with_those_that_follow_without_a_gap() -> None:
    leaves = [span("leave", 24, 48), span("leave", 0, 24), span("leave", 72, 96), span("work", 0, 200)]
    assert back_at(leaves, 5 * HOUR) == 48 * HOUR
    assert back_at(leaves, 60 * HOUR) is None
    assert back_at([], 0) is None


def test_a_shift_ends_when_its_work_does() -> None:
    shifts = [span("work", 9, 12), span("work", 9, 18), span("leave", 9, 20)]
    assert shift_ends_at(shifts, 10 * HOUR) == 18 * HOUR
    assert shift_ends_at(shifts, 18 * HOUR) is None
