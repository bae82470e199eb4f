"""Ladders at work: each step once and at its time, moved and cancelled with what it watches, by whose clock it goes."""

from typing import Any

import pytest

from server_sync.domain.clock import HOUR
from server_sync.domain.commands import Insert, ReassignTask, SeeReminder
from server_sync.domain.commands.commitments import MakeCommitment, SettleCommitment
from server_sync.domain.rules.working_calendar import calendar_day_id
from server_sync.store.database import Database
from tests.clocks import HandClock
from tests.server_sync.jobs.ladder_world import World, at, before, step
from tests.server_sync.organisation import Organisation

FRIDAY = "2026-11-20 16:30"
COMPLAINT = (
    step(2, "working_hours", "popup", lasts="unaccepted"),
    step(4, "working_hours", "supervisor", lasts="unaccepted"),
)
AGES = (
    step(24, "natural_hours", "popup"),
    step(72, "natural_hours", "supervisor"),
    step(7, "natural_days", "supervisor", "hand_over"),
)


@pytest.fixture
def world(database: Database, organisation: Organisation) -> World:
    return World(database, organisation, HandClock(at(FRIDAY)))


def test_a_complaint_nobody_accepts_is_reminded_of_and_then_raised_in_working_time(world: World) -> None:
    world.policy(*COMPLAINT)
    made = world.task()
    assert world.waiting() == ["2026-11-23 09:30 popup"]
    assert world.go("2026-11-30 00:00") == ["2026-11-23 09:30 popup", "2026-11-23 11:30 supervisor"]
    row = world.row(made)
    assert (row["escalation_level"], row["escalated_at"]) == (2, at("2026-11-23 11:30"))
    assert world.waiting() == []


def test_why_a_step_is_due_then_is_told_as_a_sum(world: World) -> None:
    world.policy(*COMPLAINT)
    world.task()
    (row,) = world.reminders()
    told = [(one["kind"], one["values"].get("ms", 0) / HOUR) for one in row["clock_steps"]]
    assert told == [("counted_from", 0), ("worked", 1.5), ("skipped", 0), ("worked", 0.5)]
    assert row["clock_steps"][0]["values"] == {"basis": "created", "at": at(FRIDAY)}


def test_in_natural_hours_the_same_ladder_comes_the_same_evening(world: World) -> None:
    natural = (
        step(2, "natural_hours", "popup", lasts="unaccepted"),
        step(4, "natural_hours", "supervisor", lasts="unaccepted"),
    )
    world.policy(*natural)
    world.task()
    assert world.go("2026-11-21 00:00") == ["2026-11-20 18:30 popup", "2026-11-20 20:30 supervisor"]


@pytest.mark.parametrize("until", ["2026-11-20 17:00", "2026-11-23 10:00"])
def test_after_acceptance_nothing_comes_any_more(world: World, until: str) -> None:
    world.policy(*COMPLAINT)
    made = world.task()
    world.go(until)
    world.accept(made)
    assert world.waiting() == []
    assert world.go("2026-12-30 00:00") == []
    assert world.row(made)["escalation_level"] == 0


def test_the_three_levels_of_an_open_task_come_once_each_with_rising_means(world: World) -> None:
    world.policy(*AGES)
    made = world.task()
    world.accept(made)
    assert world.go("2026-12-30 00:00") == [
        "2026-11-21 16:30 popup",
        "2026-11-23 16:30 supervisor",
        "2026-11-27 16:30 hand_over",
        "2026-11-27 16:30 supervisor",
    ]
    row = world.row(made)
    assert (row["assignee_id"], row["in_pool"], row["state"], row["escalation_level"]) == (
        None,
        False,
        "open",
        3,
    )


def test_a_closed_task_has_no_reminders_left(world: World) -> None:
    world.policy(*AGES)
    made = world.task()
    world.go("2026-11-22 00:00")
    world.change(made, state="done")
    assert world.waiting() == []
    assert world.go("2026-12-30 00:00") == []


def test_a_task_that_moves_takes_its_reminder_along_and_back(world: World) -> None:
    world.policy(step(0, "natural_hours", "popup", basis="due"))
    made = world.task(due_at=at("2026-11-25 10:00"))
    world.change(made, due_at=at("2026-11-26 10:00"))
    assert world.waiting() == ["2026-11-26 10:00 popup"]
    assert world.go("2026-11-25 12:00") == []
    world.change(made, due_at=at("2026-11-25 10:00"))
    assert world.go("2026-11-25 12:00") == ["2026-11-25 10:00 popup"]
    assert world.go("2026-12-30 00:00") == []


WARNED = (
    before(24, "natural_hours", "popup"),
    before(2, "working_hours", "popup", "supervisor"),
    step(0, "working_hours", "popup", basis="due"),
)


def test_warnings_come_before_the_due_time_in_their_order(world: World) -> None:
    world.policy(*WARNED)
    world.task(due_at=at("2026-11-25 10:00"))
    assert world.waiting() == ["2026-11-24 10:00 popup"]
    (row,) = world.reminders()
    assert row["clock_steps"][0]["values"] == {"basis": "before_due", "at": at("2026-11-25 10:00")}
    assert world.go("2026-12-30 00:00") == [
        "2026-11-24 10:00 popup",
        "2026-11-24 17:00 popup",
        "2026-11-24 17:00 supervisor",
        "2026-11-25 10:00 popup",
    ]
    assert world.waiting() == []


def test_a_warning_moves_with_the_due_time_and_comes_at_once_when_that_comes_near(world: World) -> None:
    world.policy(*WARNED)
    made = world.task(due_at=at("2026-11-27 10:00"))
    world.change(made, due_at=at("2026-12-01 10:00"))
    assert world.waiting() == ["2026-11-30 10:00 popup"]
    assert world.go("2026-11-24 09:00") == []
    world.change(made, due_at=at("2026-11-24 14:00"))
    assert world.go("2026-11-24 12:00") == [
        "2026-11-23 14:00 popup",
        "2026-11-24 10:30 popup",
        "2026-11-24 10:30 supervisor",
    ]
    world.change(made, due_at=at("2026-12-10 10:00"))
    assert world.go("2027-01-30 00:00") == ["2026-12-10 10:00 popup"], "each once, wherever it goes"


def test_what_is_due_soon_after_it_could_be_begun_is_not_warned_of(world: World) -> None:
    world.policy(*WARNED)
    made = world.task(due_at=at("2026-11-20 17:30"))
    assert world.waiting() == ["2026-11-20 17:30 popup"]
    world.change(made, due_at=at("2026-11-27 10:00"))
    assert world.waiting() == ["2026-11-26 10:00 popup", "2026-11-27 10:00 popup"]
    world.change(made, due_at=at("2026-11-20 17:30"))
    assert world.waiting() == ["2026-11-20 17:30 popup"]


def test_a_closed_task_is_not_warned_of(world: World) -> None:
    world.policy(*WARNED)
    made = world.task(due_at=at("2026-11-25 10:00"))
    world.change(made, state="done")
    assert world.waiting() == []
    assert world.go("2026-12-30 00:00") == []


def test_whoever_is_given_a_task_is_warned_in_place_of_who_had_it(world: World) -> None:
    world.policy(*WARNED)
    made = world.task(due_at=at("2026-11-25 10:00"))
    other = world.organisation.north_agents[1]
    world.change(made, assignee_id=other.person_id)
    assert world.go("2026-11-24 12:00") == ["2026-11-24 10:00 popup"]
    assert [row["person_id"] for row in world.reminders() if row["state"] == "sent"] == [other.person_id]


def test_a_warning_goes_by_holidays_that_are_entered_later(world: World) -> None:
    world.policy(before(1, "working_days", "popup"))
    world.task(due_at=at("2026-11-26 10:00"))
    assert world.waiting() == ["2026-11-25 10:00 popup"]
    day = {"id": calendar_day_id("2026-11-25"), "day": "2026-11-25", "working": False, "provisional": False}
    world.write(Insert("calendar_day", day))
    world.worker.run_due()
    assert world.waiting() == ["2026-11-24 10:00 popup"]


def test_a_promise_is_warned_of_before_it_is_due(world: World) -> None:
    world.policy(before(4, "working_hours", "popup"), applies_to={"subject": "commitment"})
    made = world.task()
    ids, customer = world.organisation.ids, made.row["customer_id"]
    named = (ids.new(), made.row_id, customer, None, None, "技术反馈")
    world.do(world.agent, MakeCommitment(*named, at("2026-11-24 11:00"), world.clock.now()))
    assert world.go("2026-12-01 00:00") == ["2026-11-23 16:00 popup"]


def test_whoever_is_given_a_task_has_as_long_as_the_first_one_had(world: World) -> None:
    world.policy(*COMPLAINT)
    made = world.task()
    world.go("2026-11-23 10:30")
    other = world.organisation.north_agents[1]
    world.do(
        world.organisation.north_lead,
        ReassignTask(
            world.organisation.ids.new(),
            made.row_id,
            made.row["customer_id"],
            other.person_id,
            world.clock.now(),
        ),
    )
    assert world.go("2026-12-01 00:00") == ["2026-11-23 14:00 popup", "2026-11-23 16:00 supervisor"]
    assert {row["person_id"] for row in world.reminders() if row["state"] == "sent"} == {
        world.agent.person_id,
        other.person_id,
        None,
    }


def test_the_first_ladder_by_position_that_fits_is_the_tasks(world: World) -> None:
    world.policy(step(1, "natural_hours", "popup"), position=2)
    world.policy(
        step(2, "natural_hours", "popup"), position=1, applies_to={"urgencies": ["complaint_verification"]}
    )
    world.task()
    world.task(urgency="complaint_verification")
    assert world.waiting() == ["2026-11-20 17:30 popup", "2026-11-20 18:30 popup"]


def test_a_ladder_of_promises_outlives_the_task_and_ends_when_the_promise_is_kept(world: World) -> None:
    due = (
        step(0, "working_hours", "popup", basis="due"),
        step(8, "working_hours", "supervisor", basis="due"),
    )
    world.policy(*due, applies_to={"subject": "commitment"})
    made = world.task()
    world.accept(made)
    ids, customer = world.organisation.ids, made.row["customer_id"]
    first, second = ids.new(), ids.new()
    for promise in (first, second):
        named = (promise, made.row_id, customer, None, None, "技术反馈")
        world.do(world.agent, MakeCommitment(*named, at("2026-11-24 10:00"), world.clock.now()))
    world.change(made, state="done")
    assert world.waiting() == ["2026-11-24 10:00 popup"] * 2
    assert world.go("2026-11-24 11:00") == ["2026-11-24 10:00 popup"] * 2
    world.do(world.agent, SettleCommitment(first, customer, "kept", None, world.clock.now()))
    assert world.go("2026-12-01 00:00") == ["2026-11-25 10:30 supervisor"]


def test_holidays_are_skipped_and_a_make_up_saturday_counts(world: World) -> None:
    for on, working in (("2026-11-21", True), ("2026-11-23", False)):
        row = {"id": calendar_day_id(on), "day": on, "working": working, "provisional": False}
        world.write(Insert("calendar_day", row))
    world.policy(step(1, "working_days", "popup"), step(2, "working_days", "supervisor"))
    world.task()
    assert world.go("2026-12-01 00:00") == ["2026-11-21 16:30 popup", "2026-11-24 16:30 supervisor"]


def test_a_calendar_that_changes_moves_what_waits(world: World) -> None:
    world.policy(*COMPLAINT)
    made = world.task()
    day = {"id": calendar_day_id("2026-11-21"), "day": "2026-11-21", "working": True, "provisional": False}
    world.write(Insert("calendar_day", day))
    world.worker.run_due()
    assert world.waiting() == ["2026-11-21 09:30 popup"]
    assert world.row(made)["escalation_level"] == 0


@pytest.mark.parametrize(
    ("subjects", "due"),
    [
        ((), "2026-11-23 09:30"),
        (("team",), "2026-11-20 18:30"),
        (("team", "person"), "2026-11-21 09:30"),
    ],
)
def test_a_task_goes_by_its_persons_clock_else_the_teams_else_the_companys(
    world: World, subjects: tuple[str, ...], due: str
) -> None:
    own: dict[str, dict[str, Any]] = {
        "team": {"id": world.organisation.north, "week": {"fri": [["09:00", "24:00"]]}},
        "person": {"id": world.agent.person_id, "exceptions": {"2026-11-21": [["09:00", "10:00"]]}},
    }
    world.policy(*COMPLAINT)
    for subject in subjects:
        world.write(Insert("working_hours", {"subject": subject, "exceptions": {}, **own[subject]}))
    world.task()
    assert world.waiting() == [f"{due} popup"]


def test_hours_that_are_not_valid_leave_what_is_planned_and_let_work_go_on(world: World) -> None:
    world.policy(*COMPLAINT)
    world.task()
    world.write(
        Insert("working_hours", {"id": world.organisation.north, "subject": "team", "week": {"fri": [["9"]]}})
    )
    made = world.task()
    world.accept(made)
    world.worker.run_due()
    assert world.waiting() == ["2026-11-23 09:30 popup"]


def test_a_reminder_that_was_seen_before_the_server_came_to_it_is_not_shown_again(world: World) -> None:
    world.policy(*COMPLAINT)
    made = world.task()
    (row,) = world.reminders()
    world.clock.move(at("2026-11-23 09:31") - world.clock.now())
    world.do(world.agent, SeeReminder(row["id"], made.row_id, made.row["customer_id"], world.clock.now()))
    world.go("2026-11-23 09:40")
    assert [one["state"] for one in world.reminders() if one["means"] == "popup"] == ["seen"]
    assert world.waiting() == ["2026-11-23 11:30 supervisor"]


def test_a_ladder_switched_on_over_old_tasks_sends_its_last_step_that_is_past_and_no_other(
    world: World,
) -> None:
    made = world.task()
    world.go("2026-11-25 12:00")
    world.policy(*AGES)
    assert world.go("2026-11-25 12:10") == ["2026-11-23 16:30 supervisor"]
    (row,) = (one for one in world.reminders() if one["state"] == "sent")
    assert row["clock_steps"][-1] == {"kind": "passed_over", "values": {"steps": [0]}}
    assert world.row(made)["escalation_level"] == 2
    assert world.go("2026-12-30 00:00") == ["2026-11-27 16:30 hand_over", "2026-11-27 16:30 supervisor"]


def test_old_tasks_that_come_in_are_reminded_of_once_and_then_as_others_are(world: World) -> None:
    world.policy(*COMPLAINT, step(0, "natural_hours", "popup", basis="due"))
    world.task(created_at=at("2026-11-12 10:00"), due_at=at("2026-11-16 10:00"))
    assert world.waiting() == ["2026-11-16 10:00 popup"]
    assert world.go("2026-12-30 00:00") == ["2026-11-16 10:00 popup"]


def test_an_old_task_given_to_somebody_else_leaves_him_as_long_as_anybody(world: World) -> None:
    world.policy(*COMPLAINT, step(3, "working_days", "supervisor"))
    made = world.task(created_at=at("2026-11-12 10:00"))
    assert world.go("2026-11-20 16:40") == ["2026-11-17 10:00 supervisor"]
    ids, other = world.organisation.ids, world.organisation.north_agents[1]
    given = ReassignTask(ids.new(), made.row_id, made.row["customer_id"], other.person_id, world.clock.now())
    world.do(world.organisation.north_lead, given)
    assert world.go("2026-12-30 00:00") == ["2026-11-23 09:40 popup", "2026-11-23 11:40 supervisor"]


def test_who_is_given_a_task_is_reminded_before_the_step_that_waits_for_the_task(world: World) -> None:
    world.policy(*COMPLAINT, step(3, "working_days", "supervisor"))
    made = world.task()
    world.go("2026-11-23 12:00")
    ids, other = world.organisation.ids, world.organisation.north_agents[1]
    given = ReassignTask(ids.new(), made.row_id, made.row["customer_id"], other.person_id, world.clock.now())
    world.do(world.organisation.north_lead, given)
    assert world.go("2026-12-30 00:00") == [
        "2026-11-23 15:30 popup",
        "2026-11-23 17:30 supervisor",
        "2026-11-25 16:30 supervisor",
    ]


def test_after_an_outage_of_the_server_every_step_of_a_ladder_comes(world: World) -> None:
    world.policy(*AGES)
    world.task()
    world.clock.move(at("2026-11-25 12:00") - world.clock.now())
    assert world.go("2026-11-25 12:10") == ["2026-11-21 16:30 popup", "2026-11-23 16:30 supervisor"]


def test_a_ladder_that_is_switched_off_takes_its_reminders_away(world: World) -> None:
    policy = world.policy(*COMPLAINT)
    world.task()
    world.change(policy, active=False)
    world.worker.run_due()
    assert world.waiting() == []


def test_without_a_channel_the_reminder_fails_visibly_and_the_ladder_goes_on(world: World) -> None:
    world.policy(step(1, "natural_hours", "sms"), step(2, "natural_hours", "supervisor"))
    world.task()
    world.go("2026-11-21 00:00")
    found = {row["means"]: (row["state"], row["error"]) for row in world.reminders()}
    assert found == {"sms": ("failed", "no_channel"), "supervisor": ("sent", None)}


def test_in_quiet_hours_an_sms_waits_for_the_morning_and_holds_up_nothing(world: World) -> None:
    world.policy(
        step(5, "natural_hours", "popup", "sms"),
        step(6, "natural_hours", "supervisor"),
    )
    world.task()
    assert world.go("2026-11-30 00:00") == [
        "2026-11-20 21:30 popup",
        "2026-11-20 22:30 supervisor",
        "2026-11-21 08:00 sms",
    ]
