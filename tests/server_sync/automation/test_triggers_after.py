"""Whom the triggers after something pick: an event, working days after an order, an answer of so much."""

from typing import Any

import pytest

from server_sync.automation.moments import read_moment
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Insert, Update
from server_sync.domain.model import TaskState
from tests.server_sync.automation.happenings import codes, done_task, event, plan, response
from tests.server_sync.automation.planning import Centre
from tests.server_sync.organisation import NOW

# NOW is Thursday 2026-10-01, 10:00; the test company has no holidays.


# ---- after an event


@pytest.mark.parametrize(
    ("kind", "ago", "made"),
    [
        ("go_live", 0, True),
        ("go_live", 7 * DAY, True),
        ("go_live", 8 * DAY, False),  # too late to catch up
        ("go_live", -HOUR, False),  # still to come
        ("delivery", 0, False),
    ],
)
def test_an_event_is_followed_up_at_once_and_caught_up_for_a_week(
    office: Centre, kind: str, ago: int, made: bool
) -> None:
    customer = office.customer("A")
    office.put(customer, event(office, customer, kind, NOW - ago, number="E-1"))
    plan(office, "after_event", {"event": "go_live"}, due_within={"amount": 7, "unit": "working_days"})
    assert codes(office) == (["A"] if made else [])


def test_what_is_due_after_an_event_counts_from_the_event_however_late_the_run(office: Centre) -> None:
    customer = office.customer("A")
    monday = NOW - 3 * DAY
    office.put(customer, event(office, customer, "go_live", monday, number="E-1"))
    plan(office, "after_event", {"event": "go_live"}, due_within={"amount": 7, "unit": "working_days"})
    office.run()
    (task,) = office.tasks()
    assert (task["available_at"], task["due_at"]) == (NOW, monday + 9 * DAY)  # Wednesday of the week after
    assert task["reason"] == "after_event"
    assert task["reason_values"] == {
        "event": "go_live",
        "happened_at": monday,
        "number": "E-1",
        "label": "首访",
        "due_within": {"amount": 7, "unit": "working_days"},
    }


WINDOW = {
    "available_after": {"amount": 3, "unit": "working_days"},
    "due_within": {"amount": 2, "unit": "working_days"},
}


@pytest.mark.parametrize(
    ("solved", "days", "made"),
    [
        # solved on Thursday at 10:00: open from Tuesday at 10:00 on, due on Thursday at 10:00
        (NOW, 4, False),
        (NOW, 5, True),
        (NOW, 12, True),
        (NOW, 13, False),
        # solved on Saturday: the third working day after it is Wednesday
        (NOW + 2 * DAY, 5, False),
        (NOW + 2 * DAY, 6, True),
    ],
)
def test_a_window_of_working_days_opens_and_closes_by_the_calendar(
    office: Centre, solved: int, days: int, made: bool
) -> None:
    customer = office.customer("A")
    office.put(customer, event(office, customer, "complaint_solved", solved))
    plan(office, "after_event", {"event": "complaint_solved"}, **WINDOW)
    run_at = NOW + days * DAY
    assert codes(office, run_at) == (["A"] if made else [])
    if made:
        (task,) = office.tasks()
        assert task["available_at"] == run_at
        assert task["due_at"] == max(run_at, solved + (6 if solved > NOW else 7) * DAY)


@pytest.mark.parametrize(
    ("solved", "made"),
    [
        # the third working day after each of the holidays is the make-up Saturday, the 10th
        ("2026-10-01T05:00", True),
        ("2026-10-07T12:30", True),
        ("2026-10-07T20:00", False),  # after hours: on Monday
        ("2026-09-26T09:00", False),  # on the 30th, and not caught up any more
    ],
)
def test_m1_11_working_days_over_the_holidays_are_picked_on_the_make_up_day(
    office: Centre, solved: str, made: bool
) -> None:
    customer = office.customer("A")
    days = {f"2026-10-0{day}": False for day in range(1, 8)} | {"2026-10-10": True}
    office.put(
        customer,
        event(office, customer, "complaint_solved", read_moment(solved, "Asia/Shanghai")),
        *(
            Insert(
                "calendar_day",
                {
                    "id": office.ids.new(),
                    "day": day,
                    "working": working,
                    "name": "国庆节",
                    "provisional": False,
                },
            )
            for day, working in days.items()
        ),
    )
    plan(office, "after_event", {"event": "complaint_solved"}, **WINDOW)
    assert codes(office, read_moment("2026-10-10", "Asia/Shanghai")) == (["A"] if made else [])


@pytest.mark.parametrize(("hours", "made"), [(23, False), (24, True), (100, True)])
def test_natural_hours_run_through_the_weekend(office: Centre, hours: int, made: bool) -> None:
    customer = office.customer("A")
    friday = NOW + DAY
    office.put(customer, event(office, customer, "signing", friday))
    plan(
        office,
        "after_event",
        {"event": "signing"},
        available_after={"amount": 24, "unit": "natural_hours"},
        due_within={"amount": 8, "unit": "working_hours"},
    )
    assert codes(office, friday + hours * HOUR) == (["A"] if made else [])


def test_working_days_may_count_from_an_order_too(office: Centre) -> None:
    customer = office.customer("A")
    office.put(customer, office.organisation.order(customer, delivered_on="2026-09-25"))  # a Friday
    plan(
        office,
        "after_order",
        {"days": 0, "basis": "delivered_on"},
        available_after={"amount": 5, "unit": "working_days"},
        due_within={"amount": 2, "unit": "working_days"},
    )
    assert codes(office) == []
    office.run(NOW + DAY)
    (task,) = office.tasks()
    assert (task["available_at"], task["due_at"]) == (
        NOW + DAY,
        NOW + 5 * DAY - HOUR,
    )  # Tuesday at the opening


# ---- after a score


@pytest.mark.parametrize(
    ("params", "nps", "made"),
    [
        ({"measure": "nps", "at_most": 6}, 6, True),
        ({"measure": "nps", "at_most": 6}, 7, False),
        ({"measure": "nps", "at_most": 6}, None, False),
        ({"measure": "nps", "at_least": 9}, 9, True),
        ({"measure": "nps", "at_least": 9}, 8, False),
        ({"measure": "csat", "at_most": 2}, 1, False),
    ],
)
def test_a_score_within_the_ends_starts_a_task(
    office: Centre, params: dict[str, Any], nps: int | None, made: bool
) -> None:
    customer = office.customer("A")
    asked = done_task(office, customer)
    office.put(customer, asked, response(office, asked, NOW - HOUR, nps=nps, csat=5))
    plan(office, "after_score", params)
    assert len(codes(office)) == 1 + made
    if made:
        (task,) = [one for one in office.tasks() if one["reason"] == "after_score"]
        assert (task["reason_values"]["measure"], task["reason_values"]["score"]) == ("nps", nps)


def test_only_answers_of_the_named_plans_count(office: Centre) -> None:
    customer = office.customer("A")
    asked = done_task(office, customer)
    office.put(customer, asked, response(office, asked, NOW - HOUR, nps=3))
    plan(office, "after_score", {"measure": "nps", "at_most": 6, "plans": ["other"]})
    assert office.run_one().picked == 0
    plan(office, "after_score", {"measure": "nps", "at_most": 6, "plans": ["other", "first"]})
    assert office.run_one().made == 1


def test_a_correction_is_the_same_answer_and_takes_its_place(office: Centre) -> None:
    customer = office.customer("A")
    asked = done_task(office, customer)
    first = response(office, asked, NOW - 2 * HOUR, nps=6)
    office.put(customer, asked, first)
    plan(office, "after_score", {"measure": "nps", "at_most": 6})
    assert office.run_one().made == 1
    (made,) = [one for one in office.tasks() if one["reason"] == "after_score"]
    office.put(Update("task", made["id"], {"state": TaskState.DONE, "done_at": NOW}))
    second = response(office, asked, NOW - HOUR, nps=4, edition=2, replaces_id=first.row_id)
    office.put(second, Update("response", first.row_id, {"replaced_by_id": second.row_id}))
    assert office.run_one().made == 0
    third = response(office, asked, NOW, nps=9, edition=3, replaces_id=second.row_id)
    office.put(third, Update("response", second.row_id, {"replaced_by_id": third.row_id}))
    assert office.run_one().picked == 0
