"""The plans look at what has changed at once, at that alone, and as often as one likes (journey A3)."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server_sync.automation import daily, looks, plans
from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.commands import (
    Accepted,
    CorrectAnswers,
    FinishAttempt,
    Insert,
    RecordAnswers,
    StartAttempt,
)
from server_sync.jobs import plan_look
from server_sync.jobs.worker import Worker
from server_sync.sync.deciding import carry_out
from tests.server_sync.automation.happenings import done_task, event, response
from tests.server_sync.automation.planning import AFTER_ORDER, Centre
from tests.server_sync.organisation import NOW

RETENTION = AFTER_ORDER | {
    "code": "retention",
    "label": "专项挽留",
    "trigger": "after_score",
    "params": {"measure": "nps", "at_most": 6, "plans": ["first"]},
    "due_within": {"amount": 24, "unit": "working_hours"},
    "priority": 90,
    "tags": ["流失风险"],
    "assignment": {"to": "lead"},
}
REVIEW = AFTER_ORDER | {
    "code": "review",
    "label": "深度复盘",
    "trigger": "after_score",
    "params": {"measure": "nps", "at_most": 7},
    "due_within": {"amount": 3, "unit": "working_days"},
    "priority": 60,
}


def worker(office: Centre) -> Worker:
    return Worker(office.database, office.clock, {plan_look.LOOK: looks.handler(office.ids)})


def look(office: Centre) -> int | None:
    with office.database.write(office.clock.now()) as tx:
        return looks.look(tx, office.ids)


def put_score(office: Centre, nps: int) -> None:
    customer = office.customer(f"nps {nps}")
    asked = done_task(office, customer)
    office.put(customer, asked, response(office, asked, NOW - HOUR, nps=nps))


def test_only_those_who_changed_are_looked_at(office: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    office.put(*(office.customer(f"K{number}") for number in range(5)))
    office.plan(REVIEW)
    assert look(office) is None  # nothing is known of before
    assert look(office) == 0
    put_score(office, 5)
    asked: list[Any] = []
    real = plans.run_plans

    def spy(*args: Any, **more: Any) -> Any:
        asked.append(more["among"])
        return real(*args, **more)

    monkeypatch.setattr(looks, "run_plans", spy)
    assert look(office) == 1
    changed = [row["id"] for row in office.rows("customer") if row["code"] == "nps 5"]
    assert asked == [changed]
    assert [task["reason"] for task in office.tasks() if task["state"] == "open"] == ["after_score"]


def test_the_daily_run_sees_what_came_before_it_and_what_comes_after_is_looked_at(office: Centre) -> None:
    office.plan(REVIEW)
    with office.database.write(NOW) as tx:
        daily.enqueue(tx)
    put_score(office, 5)
    Worker(office.database, office.clock, {daily.PLAN_RUN: daily.handler(office.ids)}).run_due()
    assert len(office.tasks()) == 2
    put_score(office, 4)
    assert look(office) == 2  # he, and the one whom the run gave a task
    assert len(office.tasks()) == 4


def test_when_very_many_changed_everybody_is_looked_at(
    office: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    look(office)
    monkeypatch.setattr(looks, "LARGEST", 2)
    office.plan(REVIEW)
    for nps in (1, 2, 3):
        put_score(office, nps)
    assert look(office) is None
    assert len(office.tasks()) == 6


def test_what_is_to_come_is_looked_at_in_its_minute(office: Centre) -> None:
    customer = office.customer("A")
    look(office)
    window = {"amount": 90, "unit": "natural_hours"}
    office.plan(
        AFTER_ORDER | {"code": "later", "trigger": "after_event", "params": {"event": "signing"}},
        available_after=window,
    )
    office.put(customer, event(office, customer, "signing", NOW + 30_000))
    office.clock.at = NOW + MINUTE
    look(office)
    look(office)
    office.clock.at = NOW + 90 * HOUR
    worker(office).run_due()
    assert office.tasks() == []
    office.clock.at += MINUTE
    assert worker(office).run_due() == 1
    assert [task["code"] for task in office.tasks()] == ["A"]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["full", "look", "one", "save", "hour"]), max_size=8))
def test_running_and_saving_again_in_any_order_makes_nothing_twice(office: Centre, acts: list[str]) -> None:
    if not office.tasks():
        for nps in (6, 7, 9):
            put_score(office, nps)
        office.plan(RETENTION)
        office.plan(REVIEW)
        office.run()
    before = office.tasks(), office.rows("occasion")
    flows = [(task["code"], task["reason_values"]["label"]) for task in before[0] if task["state"] == "open"]
    assert sorted(flows) == [("nps 6", "专项挽留"), ("nps 6", "深度复盘"), ("nps 7", "深度复盘")]
    for act in acts:
        match act:
            case "full":
                assert office.run().made == 0
            case "look":
                look(office)
            case "one":
                assert office.run(only="review").made == 0
            case "save":
                office.plan(RETENTION)
                office.plan(REVIEW)
            case "hour":
                office.clock.move(HOUR)
    assert (office.tasks(), office.rows("occasion")) == before


# ---- journey A3, on the server


class Call:
    """An agent's call on a task of the plan "first", with its answers."""

    def __init__(self, office: Centre) -> None:
        self.office = office
        self.agent = office.organisation.north_agents[0]
        self.customer = office.customer("A")
        self.task = office.organisation.task(self.customer, self.agent)
        self.about: dict[str, Any] = {"task_id": self.task.row_id, "customer_id": self.customer.row_id}
        office.put(self.customer, self.task)
        look(office)
        self.attempt_id = office.ids.new()
        self.do(
            StartAttempt(
                self.attempt_id, **self.about, contact_point_id=None, channel="phone", started_at=NOW
            )
        )

    def do(self, *commands: Any) -> None:
        with self.office.database.write(self.office.clock.now()) as tx:
            decisions = carry_out(tx, self.agent, commands)
        assert all(isinstance(decision, Accepted) for decision in decisions), decisions

    def answer(self, nps: int) -> RecordAnswers:
        """The answers as they are saved."""
        return RecordAnswers(
            self.office.ids.new(),
            self.attempt_id,
            **self.about,
            form_version_id=self.office.organisation.form_version,
            answers={"/data/nps": str(nps)},
            complete=True,
            csat=None,
            nps=nps,
            recorded_at=NOW,
        )

    def correct(self, recorded: Any, nps: int) -> CorrectAnswers:
        """Another edition of them."""
        return CorrectAnswers(
            self.office.ids.new(),
            recorded.response_id,
            **self.about,
            answers={"/data/nps": str(nps)},
            complete=True,
            csat=None,
            nps=nps,
            recorded_at=NOW,
        )

    def finish(self) -> FinishAttempt:
        """The wrap-up."""
        return FinishAttempt(
            self.attempt_id, **self.about, disposition="1.1", note=None, ended_at=NOW + MINUTE, talk_ms=MINUTE
        )

    def flows(self) -> dict[str, Any]:
        """The tasks that the score started, by label."""
        made = [one for one in self.office.tasks() if one["reason"] == "after_score"]
        assert len({one["reason_values"]["label"] for one in made}) == len(made)
        return {one["reason_values"]["label"]: one for one in made}


@pytest.mark.parametrize("together", [False, True])
def test_a_low_score_starts_its_flows_once_however_often_it_is_saved(office: Centre, together: bool) -> None:
    office.plan(RETENTION)
    office.plan(REVIEW)
    call = Call(office)
    recorded = call.answer(6)
    call.do(recorded, *([call.finish()] if together else []))
    worker(office).run_due()
    assert set(call.flows()) == {"专项挽留", "深度复盘"}
    retention, review = call.flows()["专项挽留"], call.flows()["深度复盘"]
    assert retention["assignee_id"] == office.organisation.north_lead.person_id
    tuesday_half_past_eleven = NOW + 5 * DAY + HOUR + HOUR // 2  # 24 hours of 7.5 a day, over the weekend
    assert retention["due_at"] == tuesday_half_past_eleven
    assert review["due_at"] == NOW + 5 * DAY
    assert office.rows("customer")[0]["tags"] == ["流失风险"]
    if together:
        call.do(recorded, call.correct(recorded, 3))
    else:
        again = call.answer(6)
        call.do(recorded, again, call.finish())
        call.do(call.correct(again, 3))
    worker(office).run_due()
    office.run()
    now = call.flows()
    assert (now["专项挽留"]["id"], now["深度复盘"]["id"]) == (retention["id"], review["id"])


def test_a_middling_score_starts_the_review_alone(office: Centre) -> None:
    office.plan(RETENTION)
    office.plan(REVIEW)
    call = Call(office)
    call.do(call.answer(7), call.finish())
    worker(office).run_due()
    assert list(call.flows()) == ["深度复盘"]
    assert office.rows("customer")[0]["tags"] == []


def test_a_good_score_starts_nothing(office: Centre) -> None:
    office.plan(RETENTION)
    office.plan(REVIEW)
    call = Call(office)
    call.do(call.answer(8), call.finish())
    worker(office).run_due()
    assert call.flows() == {}


def test_a_plan_that_is_set_to_work_is_run_at_once(office: Centre) -> None:
    put_score(office, 5)
    office.plan(REVIEW, state="paused")
    look(office)
    (review,) = [row for row in office.rows("plan") if row["code"] == "review"]
    with office.database.write(NOW) as tx:
        plan_look.follow(tx, [Insert("plan", {**review, "state": "active"})])
    worker(office).run_due()
    assert len(office.tasks()) == 1  # it is not at work after all
    office.plan(REVIEW, state="active")
    office.clock.move(1)
    scored = Insert("response", {"id": b"a-response", "nps": 9})  # pushed along with it
    with office.database.write(office.clock.now()) as tx:
        plan_look.follow(tx, [scored, Insert("plan", {**review, "state": "active"})])
    worker(office).run_due()
    assert len(office.tasks()) == 2
