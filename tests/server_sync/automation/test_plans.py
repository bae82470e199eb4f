"""Which customers the plans pick, whom they leave out and why, and what the tasks say."""

from typing import Any

import pytest

from server_sync.automation.run_report import Skip
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Insert, Update
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import TaskState
from tests.server_sync.automation.planning import AFTER_ORDER, BATCH, SILENCE, Centre
from tests.server_sync.organisation import NOW

# NOW is Thursday 2026-10-01, 10:00; the test company has no holidays.


def test_an_order_is_followed_up_on_its_day_and_caught_up_for_a_week(office: Centre) -> None:
    days = {"A": "2026-09-28", "B": "2026-09-29", "C": "2026-09-21", "D": "2026-09-20", "E": "2026-10-02"}
    for code, day in days.items():
        customer = office.customer(code)
        office.put(customer, office.organisation.order(customer, ordered_on=day))
    office.plan(AFTER_ORDER, state="active")
    report = office.run_one()
    assert [task["code"] for task in office.tasks()] == [
        "A",
        "C",
    ]  # B is too early, D too long ago, E to come
    assert (report.picked, report.made) == (2, 2)


def test_running_again_changes_nothing(office: Centre) -> None:
    for code in ("A", "B"):
        customer = office.customer(code)
        office.put(customer, office.organisation.order(customer))
    office.plan(AFTER_ORDER, state="active")
    office.run()
    before = office.tasks(), office.rows("plan")
    again = office.run_one()
    assert (again.picked, again.made, dict(again.skipped)) == (2, 0, {Skip.ALREADY_MADE: 2})
    assert (office.tasks(), office.rows("plan")) == before


def test_the_task_says_why_it_is_there_and_until_when(office: Centre) -> None:
    customer = office.customer("A", region="华北")
    office.put(customer, office.organisation.order(customer, number="US-1", delivered_on="2026-09-27"))
    office.plan(
        AFTER_ORDER,
        state="active",
        params={"days": 3, "basis": "delivered_on"},
        form="visit",
        priority=70,
        urgency="promise",
        channel="visit",
        purpose="survey",
    )
    office.run()
    (task,) = office.tasks()
    assert task["reason"] == "days_after_order"
    assert task["reason_values"] == {
        "days": 3,
        "label": "首访",
        "basis": "delivered_on",
        "delivered_on": "2026-09-27",
        "order": "US-1",
        "due_within": {"amount": 1, "unit": "working_days"},
    }
    assert task["form_version_id"] == office.organisation.form_version
    assert (task["priority"], task["urgency"], task["channel"], task["purpose"]) == (
        70,
        "promise",
        "visit",
        "survey",
    )
    assert (task["available_at"], task["due_at"]) == (NOW, NOW + DAY)
    assert (task["state"], task["in_pool"], task["created_at"]) == (TaskState.OPEN, False, NOW)


def test_outside_working_hours_a_task_is_available_from_the_next_opening(office: Centre) -> None:
    office.put(office.customer("A"), office.customer("B"))
    office.plan(BATCH, due_within={"amount": 2, "unit": "working_hours"})
    friday_evening = NOW + DAY + 10 * HOUR  # 20:00
    office.run(as_of=friday_evening)
    monday_nine = NOW + 4 * DAY - HOUR
    assert {(task["available_at"], task["due_at"]) for task in office.tasks()} == {
        (monday_nine, monday_nine + 2 * HOUR)
    }


def test_a_holiday_does_not_count(office: Centre) -> None:
    rows = [
        {"day": "2026-10-01", "working": False, "name": "国庆节", "provisional": False},
        {"day": "2026-10-03", "working": True, "name": None, "provisional": False},  # Saturday, 调休
    ]
    office.put(
        office.customer("A"), *(Insert("calendar_day", {"id": office.ids.new(), **row}) for row in rows)
    )
    office.plan(BATCH, due_within={"amount": 1, "unit": "working_days"})
    office.run()
    (task,) = office.tasks()
    friday_nine = NOW + DAY - HOUR
    assert (task["available_at"], task["due_at"]) == (friday_nine, friday_nine + DAY)


def test_of_several_orders_the_last_counts_and_makes_one_task(office: Centre) -> None:
    customer = office.customer("A")
    orders = [
        office.organisation.order(customer, number=number, ordered_on=day)
        for number, day in (("US-1", "2026-09-27"), ("US-3", "2026-09-28"), ("US-2", "2026-09-28"))
    ]
    office.put(customer, *orders)
    office.plan(AFTER_ORDER, state="active")
    report = office.run_one()
    (task,) = office.tasks()
    assert (report.picked, task["reason_values"]["order"]) == (1, "US-3")


def test_first_order_leaves_out_who_ordered_before(office: Centre) -> None:
    new, old = office.customer("new"), office.customer("old")
    office.put(new, old, office.organisation.order(new), office.organisation.order(old))
    office.put(office.organisation.order(old, number="US-0", ordered_on="2026-01-05"))
    office.plan(AFTER_ORDER, state="active", params={"days": 3, "first_order": True})
    office.run()
    assert [task["code"] for task in office.tasks()] == ["new"]


def test_the_audience_decides_who_is_asked_at_all(office: Centre) -> None:
    office.put(office.customer("A", tier="vip"), office.customer("B"))
    audience = {"combinator": "and", "rules": [{"field": "tier", "operator": "=", "value": "vip"}]}
    office.plan(BATCH, audience=audience)
    assert office.run_one().picked == 1
    assert [task["code"] for task in office.tasks()] == ["A"]


@pytest.mark.parametrize(
    ("scope", "cleared", "made"),
    [("all", False, 0), ("marketing", False, 0), ("service", False, 1), ("marketing", True, 1)],
)
def test_do_not_call_keeps_out_by_scope(office: Centre, scope: str, cleared: bool, made: int) -> None:
    customer = office.customer("A")
    entry = {
        "id": office.ids.new(),
        "customer_id": customer.row_id,
        "scope": scope,
        "source": "call",
        "set_at": NOW - DAY,
        "cleared_at": NOW - HOUR if cleared else None,
    }
    office.put(customer, Insert("do_not_call", entry))
    office.plan(BATCH)
    report = office.run_one()
    assert (report.made, dict(report.skipped)) == (made, {} if made else {Skip.DO_NOT_CALL: 1})


def test_an_open_task_of_the_same_plan_keeps_out_until_it_is_closed(office: Centre) -> None:
    customer = office.customer("A")
    office.put(customer, office.organisation.order(customer))
    office.plan(AFTER_ORDER, state="active")
    office.run()
    office.put(office.organisation.order(customer, number="US-9", ordered_on="2026-09-29"))
    tomorrow = NOW + DAY
    assert dict(office.run_one(as_of=tomorrow).skipped) == {Skip.OPEN_TASK: 1}
    (task,) = office.tasks()
    office.put(Update("task", task["id"], {"state": TaskState.DONE, "done_at": NOW}))
    assert office.run_one(as_of=tomorrow).made == 1


def test_silence_counts_from_the_last_sign_of_the_customer(office: Centre) -> None:
    silent_at = NOW - 15 * DAY
    people: dict[str, dict[str, Any]] = {
        "called15": {"last_contact_at": silent_at},
        "called14": {"last_contact_at": silent_at + DAY},
        "ordered15": {"order": "2026-09-16"},
        "ordered14": {"order": "2026-09-17", "last_contact_at": silent_at - DAY},
        "new": {"created_at": NOW - 14 * DAY},
        "never": {"created_at": NOW - 40 * DAY},
    }
    for code, about in people.items():
        order = about.pop("order", None)
        customer = office.customer(code, **about)
        office.put(customer)
        if order:
            office.put(office.organisation.order(customer, ordered_on=order))
    office.plan(SILENCE)
    office.run()
    found = {task["code"]: task["reason_values"] for task in office.tasks()}
    assert {code: (values["days"], values["since_on"]) for code, values in found.items()} == {
        "called15": (15, "2026-09-16"),
        "ordered15": (15, "2026-09-16"),
        "never": (40, "2026-08-22"),
    }
    assert {task["reason"] for task in office.tasks()} == {"silence"}


def test_whoever_is_looked_after_is_not_silent(office: Centre) -> None:
    busy, closed = (office.customer(code, created_at=NOW - 90 * DAY) for code in ("busy", "closed"))
    office.put(
        busy,
        closed,
        office.organisation.task(busy, office.organisation.north_agents[0]),
        office.organisation.task(closed, None, state=TaskState.DONE, done_at=NOW - 3 * DAY),
    )
    office.plan(SILENCE)
    report = office.run_one()
    assert (report.picked, report.made, dict(report.skipped)) == (1, 0, {Skip.OTHER_TASK: 1})
    assert office.run_one(as_of=NOW + 12 * DAY).made == 1  # fifteen days after the task was closed


def test_a_silent_customer_is_tried_again_only_after_another_sign_of_him(office: Centre) -> None:
    customer = office.customer("A", created_at=NOW - 90 * DAY)
    office.put(customer)
    office.plan(SILENCE)
    office.run()
    (task,) = office.tasks()
    office.put(
        Update("task", task["id"], {"state": TaskState.DONE, "done_at": NOW}),
        Update("customer", customer.row_id, {"last_contact_at": NOW}),
    )
    assert [office.run_one(as_of=NOW + days * DAY).made for days in (1, 14, 15, 15)] == [0, 0, 1, 0]


def test_a_batch_runs_once_and_ends(office: Centre) -> None:
    office.put(office.customer("A"), office.customer("B"))
    office.plan(BATCH)
    assert office.run_one().made == 2
    office.put(office.customer("C"))
    assert office.run().plans == ()
    assert {task["reason"] for task in office.tasks()} == {"batch"}
    assert {task["reason_values"]["batch"] for task in office.tasks()} == {"十月新品告知"}


def test_the_higher_priority_comes_first_and_is_seen_by_the_next_plan(office: Centre) -> None:
    customer = office.customer("A", created_at=NOW - 90 * DAY)
    office.put(customer)
    office.plan(SILENCE, priority=10)
    office.plan(BATCH, priority=90)
    batch, silence = office.run().plans
    assert (batch.code, batch.made) == ("news", 1)
    assert (silence.code, dict(silence.skipped)) == ("silent", {Skip.OTHER_TASK: 1})


def test_only_the_named_plan_runs_and_it_must_be_active(office: Centre) -> None:
    office.put(office.customer("A"))
    office.plan(BATCH)
    office.plan(BATCH, code="other")
    assert [report.code for report in office.run(only="other").plans] == ["other"]
    with pytest.raises(KnownError) as paused:
        office.run(only="first")
    assert (paused.value.kind, paused.value.values["field"]) == (ErrorKind.FIELD_INVALID, "state")
    with pytest.raises(KnownError) as unknown:
        office.run(only="nothing")
    assert unknown.value.kind is ErrorKind.NOT_FOUND


def test_new_tasks_reach_the_desk_of_their_agent(office: Centre) -> None:
    moved: list[frozenset[str]] = []
    office.put(office.customer("A"))
    office.plan(BATCH)
    office.database.listen(moved.append)
    office.run()
    (task,) = office.tasks()
    assert f"desk:{task['assignee_id'].hex()}" in moved[-1]
    assert f"team:{office.organisation.north.hex()}" in moved[-1]
