"""Ladders as rules: a step's time against the clock, what holds, and that moves never make a step come twice."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Insert, Update
from server_sync.domain.model import ReminderState
from server_sync.domain.rules import quiet_hours
from server_sync.domain.rules.escalation import (
    Policy,
    Subject,
    Watched,
    While,
    coming,
    due,
    holds,
    passed_over,
    policy_for,
)
from server_sync.domain.rules.settings import DEFAULTS
from server_sync.domain.rules.working_calendar import WorkingCalendar
from server_sync.domain.rules.working_time import WorkingTime
from server_sync.jobs.ladder_rows import Ladder, counted_from
from tests.server_sync.jobs.ladder_world import at, before, face, step

WEEK = {"timezone": "Asia/Shanghai", "week": DEFAULTS["working_week"]}
TIME = WorkingTime(WorkingCalendar.from_json(WEEK))
START = at("2026-11-20 16:30")
TASK = Watched(
    Subject.TASK,
    b"t" * 16,
    b"t" * 16,
    b"c" * 16,
    None,
    b"p" * 16,
    open=True,
    accepted=False,
    created_at=START,
    available_at=START + HOUR,
    due_at=START + DAY,
    traits={"urgencies": "normal", "tiers": "vip", "purposes": "service", "plans": None},
)
QUIET = {"from": "21:00", "to": "08:00"}


def policy(*steps: dict[str, Any], **applies_to: Any) -> Policy:
    return Policy.of_row({"id": b"l" * 16, "applies_to": applies_to, "steps": list(steps)})


@pytest.mark.parametrize(
    ("basis", "unit", "due_at"),
    [
        ("created", "working_hours", "2026-11-23 09:30"),
        ("created", "natural_hours", "2026-11-20 18:30"),
        ("available", "working_hours", "2026-11-23 10:30"),
        ("due", "natural_hours", "2026-11-21 18:30"),
        ("created", "working_days", "2026-11-24 16:30"),
        ("created", "natural_days", "2026-11-22 16:30"),
    ],
)
def test_a_step_counts_from_its_basis_in_its_unit(basis: str, unit: str, due_at: str) -> None:
    ladder = policy(step(2, unit, "popup", basis=basis))
    assert face(due(ladder, 0, TASK, None, TIME).at) == due_at


@pytest.mark.parametrize(
    ("span", "unit", "due_at", "comes"),
    [
        (2, "working_hours", "2026-11-26 16:00", "2026-11-26 14:00"),
        (2, "working_hours", "2026-11-26 10:00", "2026-11-25 17:00"),
        (1, "working_hours", "2026-11-23 10:00", "2026-11-23 09:00"),
        (2, "working_hours", "2026-11-22 12:00", "2026-11-20 16:00"),
        (24, "natural_hours", "2026-11-26 10:00", "2026-11-25 10:00"),
        (1, "working_days", "2026-11-24 10:00", "2026-11-23 10:00"),
        (1, "working_days", "2026-11-24 20:00", "2026-11-23 18:00"),
        (1, "natural_days", "2026-11-23 10:00", "2026-11-22 10:00"),
    ],
)
def test_a_step_before_the_due_time_counts_back_from_it(
    span: int, unit: str, due_at: str, comes: str
) -> None:
    ladder = policy(before(span, unit, "popup"))
    found = due(ladder, 0, replace(TASK, due_at=at(due_at)), None, TIME)
    assert face(found.at) == comes
    assert found.steps[0].values == {"basis": "before_due", "at": at(due_at)}


@pytest.mark.parametrize(
    ("available", "now", "warns"),
    [
        ("2026-11-23 09:00", "2026-11-23 09:00", True),
        ("2026-11-25 10:00", "2026-11-25 10:00", False),  # given with a day left, as the warning says
        ("2026-11-25 15:00", "2026-11-25 15:00", False),
        ("2026-11-23 09:00", "2026-11-26 09:59", True),
        ("2026-11-23 09:00", "2026-11-26 10:00", False),  # due already
    ],
)
def test_a_warning_comes_only_where_it_warns_of_something(available: str, now: str, warns: bool) -> None:
    ladder = policy(before(24, "natural_hours", "popup"))
    task = replace(TASK, available_at=at(available), due_at=at("2026-11-26 10:00"))
    assert bool(coming(ladder, task, None, (), TIME, at(now))) is warns


@pytest.mark.parametrize(
    ("applies_to", "fits"),
    [
        ({}, True),
        ({"tiers": ["vip", "normal"]}, True),
        ({"tiers": ["normal"]}, False),
        ({"plans": ["first"]}, False),
        ({"tiers": ["vip"], "purposes": ["survey"]}, False),
        ({"subject": "commitment"}, False),
    ],
)
def test_a_ladder_is_for_what_its_lists_name(applies_to: dict[str, Any], fits: bool) -> None:
    ladder = policy(step(1, "natural_hours", "popup"), **applies_to)
    assert (policy_for([ladder], TASK) is ladder) == fits


@pytest.mark.parametrize(
    ("task", "lasts"),
    [
        (TASK, [While.UNACCEPTED, While.OPEN]),
        (replace(TASK, accepted=True), [While.OPEN]),
        (replace(TASK, open=False), []),
        (replace(TASK, open=False, accepted=True), []),
    ],
)
def test_a_step_holds_while_the_task_is_as_it_says(task: Watched, lasts: list[While]) -> None:
    steps = policy(*(step(1, "natural_hours", "popup", lasts=one) for one in While)).steps
    assert [one.lasts for one in steps if holds(one, task)] == lasts


@pytest.mark.parametrize(
    ("moment", "hours", "until"),
    [
        ("2026-11-20 20:59", QUIET, None),
        ("2026-11-20 21:00", QUIET, "2026-11-21 08:00"),
        ("2026-11-21 00:00", QUIET, "2026-11-21 08:00"),
        ("2026-11-21 07:59", QUIET, "2026-11-21 08:00"),
        ("2026-11-21 08:00", QUIET, None),
        ("2026-11-20 12:30", {"from": "12:00", "to": "13:30"}, "2026-11-20 13:30"),
        ("2026-11-20 13:30", {"from": "12:00", "to": "13:30"}, None),
        ("2026-11-20 22:00", {"from": "00:00", "to": "00:00"}, None),
    ],
)
def test_quiet_hours_end_when_they_say(moment: str, hours: dict[str, str], until: str | None) -> None:
    found = quiet_hours.wait(at(moment), "Asia/Shanghai", hours)
    assert (None if found is None else face(found.values["to_at"])) == until


class Rows:
    """The reminders of one task as its ladder leaves them; `fire` lets those come that are due."""

    def __init__(self) -> None:
        self.rows: dict[bytes, dict[str, Any]] = {}
        self.came: list[tuple[int, str]] = []

    def climb(self, now: int, task: Watched, ladder: Policy, given_at: int | None = None) -> None:
        climbing = Ladder(task, ladder, TIME, QUIET, list(self.rows.values()), ())
        climbing.climb(now, given_at)
        for change in climbing.changes:
            if isinstance(change, Insert):
                assert change.row_id not in self.rows
                self.rows[change.row_id] = dict(change.row)
            else:
                assert isinstance(change, Update)
                self.rows[change.row_id] |= change.values

    def fire(self, now: int, task: Watched, ladder: Policy) -> None:
        while due_rows := [row for row in self.waiting() if row["due_at"] <= now]:
            row = min(due_rows, key=lambda one: one["due_at"])
            row["state"] = ReminderState.SENT
            self.came.append((row["step"], row["means"]))
            self.climb(now, task, ladder)

    def waiting(self) -> list[dict[str, Any]]:
        return [row for row in self.rows.values() if row["state"] == ReminderState.WAITING]


UNITS = st.sampled_from(["natural_hours", "working_hours", "working_days"])
MEANS = st.sampled_from(["popup", "sms", "supervisor"])
LASTS = st.sampled_from(["open", "unaccepted"])
BASES = st.sampled_from(["created", "available", "due"])
STEPS = st.lists(
    st.one_of(
        st.builds(step, st.integers(0, 80), UNITS, MEANS, basis=BASES, lasts=LASTS),
        st.builds(before, st.integers(0, 20), UNITS, MEANS, lasts=LASTS),
    ),
    min_size=1,
    max_size=4,
)
MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("pass"), st.integers(0, 3 * DAY)),
        st.tuples(st.just("due"), st.integers(-DAY, 5 * DAY)),
        st.tuples(st.just("look"), st.just(0)),
        st.tuples(st.just("accept"), st.just(0)),
        st.tuples(st.just("close"), st.just(0)),
    ),
    max_size=12,
)


@given(STEPS, MOVES)
def test_however_a_task_moves_each_step_comes_once_at_most_and_none_after_the_end(
    steps: list[dict[str, Any]], moves: list[tuple[str, int]]
) -> None:
    ladder, rows, task, now = policy(*steps), Rows(), TASK, START
    rows.climb(now, task, ladder)
    for kind, value in moves:
        if kind == "pass":
            now += value
            rows.fire(now, task, ladder)
        elif kind == "due":
            task = replace(task, due_at=now + value)
        elif kind == "accept":
            task = replace(task, accepted=True)
        elif kind == "close":
            task = replace(task, open=False)
        rows.climb(now, task, ladder)
        before = dict(rows.rows)
        rows.climb(now, task, ladder)
        assert rows.rows == before, "to look again changes nothing"
        assert all(holds(ladder.steps[row["step"]], task) for row in rows.waiting())
    assert len(rows.came) == len(set(rows.came))
    if task.open:
        rows.fire(START + 4000 * DAY, task, ladder)
        passed = {index for row in rows.rows.values() for index in passed_over(row)}
        assert {index for index, _ in rows.came} | passed >= {
            index for index, one in enumerate(ladder.steps) if holds(one, task) and not one.before
        }
    else:
        assert rows.waiting() == []


@given(STEPS, st.integers(0, 10 * DAY))
def test_nobody_is_expected_to_accept_a_task_by_a_time_counted_from_before_he_got_it(
    steps: list[dict[str, Any]], later: int
) -> None:
    ladder, rows = policy(*steps), Rows()
    rows.climb(START, TASK, ladder)
    rows.fire(START + later, TASK, ladder)
    rows.climb(START + later, TASK, ladder, given_at=START + later)
    for row in rows.waiting():
        one = ladder.steps[row["step"]]
        if one.lasts is While.UNACCEPTED and not one.before:
            assert counted_from(row) >= START + later
            assert row["due_at"] >= TIME.add(counted_from(row), one.span)


@given(STEPS, st.integers(0, 20 * DAY))
def test_a_ladder_that_begins_late_fires_at_once_but_its_last_step_that_is_past(
    steps: list[dict[str, Any]], late: int
) -> None:
    ladder, rows, now = policy(*steps), Rows(), START + late
    found = coming(ladder, TASK, None, (), TIME, now)
    past = [(one.at, one.index) for one in found if one.at < now]
    rows.climb(now, TASK, ladder)
    rows.fire(now, TASK, ladder)
    waiting = {row["step"] for row in rows.waiting() if row["due_at"] <= now}
    assert waiting == set()
    came = {index for index, _ in rows.came}
    assert came & {index for _, index in past[:-1]} == set()
    rows.fire(START + 4000 * DAY, TASK, ladder)
    late_or_warning = {one.index for one in found if not ladder.steps[one.index].before}
    assert {index for index, _ in rows.came} >= late_or_warning - {index for _, index in past[:-1]}
    assert {index for index, _ in rows.came} <= {one.index for one in found} - {
        index for _, index in past[:-1]
    }


@given(
    st.lists(st.builds(before, st.integers(0, 30), UNITS, MEANS), min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(0, 3 * DAY), st.integers(-DAY, 8 * DAY)), max_size=8),
)
def test_warnings_wait_for_the_due_time_as_it_is_and_come_neither_twice_nor_after_it(
    steps: list[dict[str, Any]], moves: list[tuple[int, int]]
) -> None:
    ladder, rows, task, now = policy(*steps), Rows(), TASK, START
    rows.climb(now, task, ladder)
    for passes, moved in moves:
        for moment in sorted({row["due_at"] for row in rows.waiting()}):
            if moment <= now + passes:
                rows.fire(max(now, moment), task, ladder)
        now += passes
        task = replace(task, due_at=now + moved)
        rows.climb(now, task, ladder)
        for row in rows.waiting():
            assert counted_from(row) == task.due_at
            assert now < task.due_at
            one = ladder.steps[row["step"]]
            assert TIME.subtract(task.due_at, one.span) <= row["due_at"]
    assert len(rows.came) == len(set(rows.came))
