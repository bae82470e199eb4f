"""What becomes of an occasion that gets no task of its own: put off, merged, of the control group; and sequences."""

from typing import Any

import pytest
from sqlalchemy import update

from server_sync.automation import daily, looks, sequences, stepping
from server_sync.automation.run_report import Skip
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Insert, Update
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import TaskState, plan
from server_sync.domain.rules.settings import setting_id
from server_sync.jobs import plan_look
from server_sync.jobs.worker import Worker
from tests.server_sync.automation.happenings import event
from tests.server_sync.automation.planning import AFTER_ORDER, BATCH, Centre
from tests.server_sync.organisation import NOW

SURVEY = AFTER_ORDER | {"code": "survey", "label": "满意度", "purpose": "survey", "priority": 40}


def reached(office: Centre, customer: Insert, started_at: int) -> Insert:
    row = {
        "id": office.ids.new(),
        "customer_id": customer.row_id,
        "task_id": office.ids.new(),
        "person_id": office.organisation.north_agents[0].person_id,
        "channel": "phone",
        "started_at": started_at,
        "answered": True,
        "disposition": "1.1",
    }
    return Insert("attempt", row)


def ordered(office: Centre, code: str = "A", **values: Any) -> Insert:
    customer = office.customer(code, **values)
    office.put(customer, office.organisation.order(customer))
    return customer


# ---- the ledger


def test_what_the_ledger_stands_against_is_kept_with_its_reason_and_tried_again(office: Centre) -> None:
    customer = ordered(office)
    office.put(reached(office, customer, NOW - 20 * HOUR))
    office.plan(SURVEY)
    assert dict(office.run_one().skipped) == {Skip.CONTACT_TOO_OFTEN: 1}
    (kept,) = office.rows("occasion")
    assert (kept["outcome"], kept["because"], kept["task_id"]) == ("skipped", "contact_too_often", None)
    assert kept["because_values"]["per"] == "customer_gap"
    assert kept["reason_values"]["label"] == "满意度"
    office.run()
    assert office.rows("occasion") == [kept]
    office.clock.at = NOW + 4 * HOUR
    report = office.run_one()
    assert (report.made, office.rows("occasion")) == (1, [])
    assert [task["dedupe_key"] for task in office.tasks()] == [kept["dedupe_key"]]


def test_another_reason_takes_the_place_of_the_first_in_the_same_row(office: Centre) -> None:
    customer = ordered(office)
    office.put(reached(office, customer, NOW - 20 * HOUR))
    office.plan(SURVEY)
    office.run()
    entry = {"id": office.ids.new(), "customer_id": customer.row_id, "scope": "all", "source": "call"}
    office.put(Insert("do_not_call", entry | {"set_at": NOW}))
    before = office.rows("occasion")
    assert dict(office.run_one().skipped) == {Skip.DO_NOT_CALL: 1}
    (kept,) = office.rows("occasion")
    assert (kept["id"], kept["because"]) == (before[0]["id"], "do_not_call")


def test_a_gap_of_weeks_keeps_a_plan_away_as_long_as_the_company_says(office: Centre) -> None:
    fatigue = {"per_day": {}, "per_week": {}, "hours_between": {"survey": 30 * 24}}
    row = {"id": setting_id("contact_fatigue"), "key": "contact_fatigue", "value": fatigue}
    customer = ordered(office)
    office.put(Insert("setting", row), reached(office, customer, NOW - 29 * DAY))
    office.plan(SURVEY)
    assert office.run_one().skipped == {Skip.CONTACT_TOO_OFTEN: 1}
    office.clock.at += DAY
    assert office.run_one().made == 1


def test_a_withdrawn_consent_keeps_marketing_away(office: Centre) -> None:
    customer = office.customer("A")
    word = {
        "id": office.ids.new(),
        "customer_id": customer.row_id,
        "purpose": "marketing",
        "granted": True,
        "source": "call",
        "given_at": NOW - 9 * DAY,
        "withdrawn_at": NOW - DAY,
    }
    office.put(customer, Insert("consent", word))
    office.plan(BATCH)
    assert dict(office.run_one().skipped) == {Skip.NO_CONSENT: 1}


# ---- goals that meet


def test_goals_that_meet_are_one_contact_with_several_purposes(office: Centre) -> None:
    ordered(office)
    office.plan(AFTER_ORDER, state="active", due_within={"amount": 3, "unit": "working_days"})
    office.plan(SURVEY)
    first, survey = office.run().plans
    assert (first.made, survey.made, survey.merged) == (1, 0, 1)
    (task,), (merged,) = office.tasks(), office.rows("occasion")
    assert (merged["outcome"], merged["task_id"], merged["purpose"]) == ("merged", task["id"], "survey")
    assert merged["dedupe_key"].startswith("after_order:")
    assert task["due_at"] == merged["due_at"] == NOW + DAY  # the earlier of both
    assert [report.to_json()["skipped"] for report in office.run().plans] == [{"already_made": 1}] * 2


@pytest.mark.parametrize(
    ("values", "merged"),
    [
        ({}, 1),
        ({"purpose": "marketing"}, 0),
        ({"channel": "visit"}, 0),
        ({"assignment": {"to": "lead"}}, 0),
        ({"urgency": "complaint_verification"}, 0),
    ],
)
def test_only_what_fits_into_one_contact_is_merged(
    office: Centre, values: dict[str, Any], merged: int
) -> None:
    ordered(office)
    office.plan(AFTER_ORDER, state="active")
    office.plan(SURVEY | values)
    assert office.run().plans[1].merged == merged
    assert len(office.tasks()) == 2 - merged


def test_a_contact_that_takes_place_anyway_is_not_too_often(office: Centre) -> None:
    customer = ordered(office)
    office.put(reached(office, customer, NOW - 20 * HOUR))
    office.put(office.organisation.task(customer, office.organisation.north_agents[0], plan_id=None))
    office.plan(SURVEY)
    assert office.run_one().merged == 1


def test_a_refusal_is_not_merged_away(office: Centre) -> None:
    customer = ordered(office)
    office.put(office.organisation.task(customer, office.organisation.north_agents[0], plan_id=None))
    entry = {"id": office.ids.new(), "customer_id": customer.row_id, "scope": "survey", "source": "call"}
    office.put(Insert("do_not_call", entry | {"set_at": NOW - DAY}))
    office.plan(SURVEY)
    assert dict(office.run_one().skipped) == {Skip.DO_NOT_CALL: 1}


# ---- control groups, tags, periods, very many


def test_a_control_group_is_sealed_by_plan_and_customer(office: Centre) -> None:
    office.put(*(office.customer(f"K{number:03}") for number in range(200)))
    office.plan(BATCH, control_percent=30)
    report = office.run_one()
    control = {row["customer_id"] for row in office.rows("occasion")}
    assert report.made == 200 - len(control)
    assert 30 < len(control) < 95
    assert {row["outcome"] for row in office.rows("occasion")} == {"control"}
    office.plan(BATCH, control_percent=30, state="active")
    assert office.run_one().made == 0
    assert {row["customer_id"] for row in office.rows("occasion")} == control


@pytest.mark.parametrize(("percent", "made"), [(0, 20), (100, 0)])
def test_nobody_and_everybody_may_be_of_the_control_group(office: Centre, percent: int, made: int) -> None:
    office.put(*(office.customer(f"K{number:03}") for number in range(20)))
    office.plan(BATCH, control_percent=percent)
    assert office.run_one().made == made


def test_the_tags_of_a_plan_are_put_on_whom_it_contacts_and_told_on_the_timeline(office: Centre) -> None:
    office.put(office.customer("A", tags=["老客"]), office.customer("B", tags=["流失风险"]))
    office.plan(BATCH, tags=["流失风险"])
    office.run()
    assert {row["code"]: row["tags"] for row in office.rows("customer")} == {
        "A": ["老客", "流失风险"],
        "B": ["流失风险"],
    }
    (fact,) = office.rows("activity")
    assert (fact["kind"], fact["details"]["to"]) == ("field_corrected", "流失风险")


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "made"),
    [
        ("2026-10-01", "2026-10-01", 1),
        ("2026-10-02", None, 0),
        (None, "2026-09-30", 0),
        (None, "2026-10-01", 1),
    ],
)
def test_a_plan_makes_tasks_within_its_period(
    office: Centre, starts_on: str | None, ends_on: str | None, made: int
) -> None:
    ordered(office)
    office.plan(AFTER_ORDER, state="active", starts_on=starts_on, ends_on=ends_on)
    assert office.run_one().made == made


def test_very_many_tasks_are_made_only_when_that_is_meant(office: Centre) -> None:
    from server_sync.automation.plans import plan_run, run_plans

    office.put(*(office.customer(f"K{number}") for number in range(4)))
    office.plan(BATCH)
    with pytest.raises(KnownError) as refusal:
        plan_run(office.database, NOW, office.clock, office.ids, most=3)
    assert (refusal.value.kind, refusal.value.values) == (
        ErrorKind.TOO_MANY_TASKS,
        {"plan": "news", "count": 4, "most": 3},
    )
    with office.database.write(NOW) as tx:  # the daily run goes on with the other plans
        (report,) = run_plans(tx, NOW, office.ids, most=3).plans
    assert (report.refused, report.made, office.tasks(), office.rows("plan")[-1]["state"]) == (
        4,
        0,
        [],
        "active",
    )
    assert plan_run(office.database, NOW, office.clock, office.ids, most=None).made == 4


def test_a_refusal_names_as_many_as_were_confirmed_and_not_those_of_a_run_unasked(office: Centre) -> None:
    from server_sync.automation.plans import plan_run

    office.put(*(office.customer(f"K{number}") for number in range(7)))
    office.plan(BATCH)
    with office.database.write(NOW) as tx:
        tx.connection.execute(plan.update().where(plan.c.code == "news").values(confirmed_tasks=4))
    with pytest.raises(KnownError) as refusal:
        plan_run(office.database, NOW, office.clock, office.ids, most=3)
    assert refusal.value.values == {"plan": "news", "count": 7, "most": 5}


@pytest.mark.parametrize(("confirmed", "made"), [(3, 0), (4, 5), (5, 5), (90, 5)])
def test_what_was_confirmed_is_made_once_unless_it_has_grown_by_more_than_a_fourth(
    office: Centre, confirmed: int, made: int
) -> None:
    from server_sync.automation.plans import run_plans

    office.put(*(office.customer(f"K{number}") for number in range(5)))
    office.plan(BATCH)
    with office.database.write(NOW) as tx:
        tx.connection.execute(
            update(plan).where(plan.c.code == BATCH["code"]).values(confirmed_tasks=confirmed)
        )
        (report,) = run_plans(tx, NOW, office.ids, most=2, only=BATCH["code"]).plans
    row = next(one for one in office.rows("plan") if one["code"] == BATCH["code"])
    assert (report.made, len(office.tasks())) == (made, made)
    assert row["refused_tasks"] == (None if made else 5)
    assert row["confirmed_tasks"] == (None if made else confirmed)


# ---- sequences

WELCOME = AFTER_ORDER | {
    "code": "welcome",
    "trigger": "after_event",
    "params": {"event": "signing"},
    "due_within": {"amount": 24, "unit": "natural_hours"},
    "steps": [
        {
            "after": {"amount": 3, "unit": "natural_days"},
            "label": "使用指导",
            "form": "visit",
            "due_within": {"amount": 1, "unit": "working_days"},
        },
        {
            "after": {"amount": 7, "unit": "natural_days"},
            "label": "首次反馈",
            "due_within": {"amount": 1, "unit": "working_days"},
        },
    ],
}


def worker(office: Centre) -> Worker:
    kinds = {
        sequences.STEP: stepping.handler(office.ids),
        plan_look.LOOK: looks.handler(office.ids),
        daily.PLAN_RUN: daily.handler(office.ids),
    }
    return Worker(office.database, office.clock, kinds)


def signed(office: Centre) -> Insert:
    customer = office.customer("A")
    office.put(customer, event(office, customer, "signing", NOW))
    office.plan(WELCOME)
    assert office.run_one().made == 1
    return customer


def steps(office: Centre) -> list[tuple[int, str]]:
    return sorted((task["step"], task["reason_values"]["label"]) for task in office.tasks())


def after_days(office: Centre, days: int) -> None:
    office.clock.at = NOW + days * DAY
    worker(office).run_due()


def test_each_step_comes_at_its_time_whatever_became_of_the_one_before(office: Centre) -> None:
    signed(office)
    after_days(office, 2)
    assert steps(office) == [(0, "首访")]
    after_days(office, 4)
    assert steps(office) == [(0, "首访"), (1, "使用指导")]
    second = next(task for task in office.tasks() if task["step"] == 1)
    sunday_ten = NOW + 3 * DAY
    assert second["reason"] == "plan_step"
    assert second["form_version_id"] == office.organisation.form_version
    assert (second["available_at"], second["due_at"]) == (sunday_ten + DAY, sunday_ten + DAY)
    after_days(office, 7)
    assert steps(office) == [(0, "首访"), (1, "使用指导"), (2, "首次反馈")]
    office.run()
    after_days(office, 60)
    assert len(office.tasks()) == 3


def test_whoever_refused_is_left_alone_by_the_steps(office: Centre) -> None:
    signed(office)
    (task,) = office.tasks()
    office.put(Update("task", task["id"], {"state": TaskState.DONE, "done_at": NOW, "disposition": "2.112a"}))
    after_days(office, 8)
    assert steps(office) == [(0, "首访")]


def test_a_step_waits_while_the_plan_is_paused_and_ends_with_it(office: Centre) -> None:
    signed(office)
    office.plan(WELCOME, state="paused")
    after_days(office, 4)
    assert steps(office) == [(0, "首访")]
    office.plan(WELCOME, state="active")
    after_days(office, 5)
    assert steps(office) == [(0, "首访"), (1, "使用指导")]
    (welcome,) = [row for row in office.rows("plan") if row["code"] == "welcome"]
    office.put(Update("plan", welcome["id"], {"state": "ended"}))
    after_days(office, 9)
    assert len(office.tasks()) == 2


def test_a_step_that_comes_too_soon_after_another_contact_waits_for_its_day(office: Centre) -> None:
    customer = signed(office)
    office.plan(WELCOME, purpose="survey")
    office.put(reached(office, customer, NOW + 3 * DAY + 20 * HOUR))
    after_days(office, 4)
    (kept,) = office.rows("occasion")
    assert (kept["because"], steps(office)) == ("contact_too_often", [(0, "首访")])
    after_days(office, 5)
    assert steps(office) == [(0, "首访"), (1, "使用指导")]
    assert office.rows("occasion") == []
