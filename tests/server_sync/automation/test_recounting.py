"""When hours or holidays change, open tasks are due by the new ones, and the plans run on the days that are worked."""

from typing import Any

import pytest
from sqlalchemy import select

from server_sync.automation import daily, recounting
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Insert, Update
from server_sync.domain.model import TaskState
from server_sync.domain.rules.working_calendar import COMPANY_HOURS
from server_sync.jobs import ladders, recount, reminders
from server_sync.jobs.worker import Worker
from server_sync.store.tables import job
from server_sync.sync import effects
from tests.server_sync.automation.happenings import done_task, event, plan, response
from tests.server_sync.automation.planning import Centre
from tests.server_sync.organisation import NOW

# NOW is Thursday 2026-10-01, 10:00; the company works from Monday to Friday.
DAYS: dict[str, Any] = {"amount": 3, "unit": "working_days"}
HOURS: dict[str, Any] = {"amount": 10, "unit": "working_hours"}


def change_hours(office: Centre, **exceptions: list[list[str]]) -> None:
    """Let other hours hold on some days ("d2026_10_05"), as an administrator does, and whatever follows from it."""
    days = {name[1:].replace("_", "-"): hours for name, hours in exceptions.items()}
    row = {"id": COMPANY_HOURS, "subject": "company", "exceptions": days}
    made = [Insert("working_hours", row)]
    office.put(*made)
    with office.database.write(office.clock.now()) as tx:
        effects.follow(tx, made)
    handlers = {
        recount.RECOUNT: recounting.recount_some,
        ladders.REPLAN: ladders.replan_some,
        ladders.REMIND: reminders.remind,
    }
    Worker(office.database, office.clock, handlers).run_due()


def window(office: Centre) -> tuple[int, int]:
    (task,) = [row for row in office.tasks() if row["state"] == TaskState.OPEN]
    return task["available_at"], task["due_at"]


def happened(office: Centre) -> None:
    customer = office.customer("A")
    office.put(customer, event(office, customer, "go_live", NOW - HOUR, number="E-1"))


def test_what_is_due_in_working_days_moves_with_a_day_that_is_closed(office: Centre) -> None:
    happened(office)
    plan(office, "after_event", {"event": "go_live"}, due_within=DAYS)
    office.run()
    assert window(office) == (NOW, NOW + 5 * DAY - HOUR)  # Tuesday at 9
    change_hours(office, d2026_10_05=[])
    assert window(office) == (NOW, NOW + 6 * DAY - HOUR)


def test_and_comes_sooner_with_a_saturday_that_is_worked(office: Centre) -> None:
    office.put(office.customer("A"))
    plan(office, "by_hand", {"customers": ["A"]}, due_within=DAYS)
    office.run()
    assert window(office) == (NOW, NOW + 5 * DAY)  # Tuesday
    change_hours(office, d2026_10_03=[["09:00", "18:00"]])
    assert window(office) == (NOW, NOW + 4 * DAY)


def test_reminders_of_the_due_date_move_along(office: Centre) -> None:
    step = {
        "basis": "due",
        "after": {"amount": 0, "unit": "natural_hours"},
        "while": "open",
        "means": ["popup"],
    }
    ladder = {"id": office.ids.new(), "code": "due", "name": "到期", "steps": [step], "position": 0}
    happened(office)
    office.put(Insert("escalation_policy", ladder | {"active": True, "applies_to": {}}))
    plan(office, "after_event", {"event": "go_live"}, due_within=DAYS)
    office.run()
    change_hours(office, d2026_10_05=[])
    assert [row["due_at"] for row in office.rows("reminder") if row["state"] == "waiting"] == [
        window(office)[1]
    ]


def test_a_task_of_several_purposes_keeps_to_the_earliest(office: Centre) -> None:
    happened(office)
    plan(office, "after_event", {"event": "go_live"}, due_within=DAYS)
    office.run()
    (task,) = office.tasks()
    due_at = NOW + DAY
    merged = {
        "id": office.ids.new(),
        "customer_id": task["customer_id"],
        "plan_id": task["plan_id"],
        "purpose": "service",
        "reason": "batch",
        "reason_values": {},
        "outcome": "merged",
        "task_id": task["id"],
        "due_at": due_at,
        "dedupe_key": "batch:x",
        "decided_at": NOW,
    }
    office.put(Insert("occasion", merged), Update("task", task["id"], {"due_at": due_at}))
    change_hours(office, d2026_10_05=[])
    assert window(office) == (NOW, due_at)


@pytest.mark.parametrize("state", [TaskState.DONE, TaskState.CANCELLED])
def test_what_is_closed_stays_as_it_was(office: Centre, state: TaskState) -> None:
    happened(office)
    plan(office, "after_event", {"event": "go_live"}, due_within=DAYS)
    office.run()
    (task,) = office.tasks()
    office.put(Update("task", task["id"], {"state": state, "done_at": NOW}))
    change_hours(office, d2026_10_05=[])
    assert [row["due_at"] for row in office.tasks()] == [task["due_at"]]


@pytest.mark.parametrize("due_within", [DAYS, HOURS, {"amount": 30, "unit": "natural_hours"}])
@pytest.mark.parametrize("after", [None, DAYS, HOURS])
@pytest.mark.parametrize("trigger", ["after_event", "after_score", "after_order", "batch"])
def test_a_day_that_nobody_reckoned_with_moves_nothing(
    office: Centre, trigger: str, after: dict[str, Any] | None, due_within: dict[str, Any]
) -> None:
    customer = office.customer("A")
    asked = done_task(office, customer)
    office.put(
        customer,
        office.organisation.order(customer, ordered_on="2026-09-24"),
        event(office, customer, "go_live", NOW - 7 * DAY, number="E-1"),
        asked,
        response(office, asked, NOW - 7 * DAY, nps=3),
    )
    params: dict[str, dict[str, Any]] = {
        "after_event": {"event": "go_live"},
        "after_score": {"measure": "nps", "at_most": 6},
        "after_order": {"days": 0},
        "batch": {"batch": "x"},
    }
    values: dict[str, Any] = {"due_within": due_within}
    if after is not None:
        values["available_after"] = after
    plan(office, trigger, params[trigger], **values)
    office.run()
    before = window(office)
    change_hours(office, d2027_10_05=[])
    assert window(office) == before


def test_a_day_that_is_worked_after_all_has_its_run_of_the_plans(office: Centre) -> None:
    office.clock.at = NOW + 8 * HOUR + DAY  # Friday, 18:00
    with office.database.write(office.clock.now()) as tx:
        daily.enqueue(tx)
    change_hours(office, d2026_10_03=[["09:00", "18:00"]])
    with office.database.read() as connection:
        runs = select(job.c.due_at).where(job.c.kind == daily.PLAN_RUN, job.c.due_at > office.clock.at)
        assert connection.scalars(runs.order_by(job.c.due_at)).first() == NOW + 2 * DAY - HOUR
