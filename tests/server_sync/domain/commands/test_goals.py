"""Who sets goals, what a goal may say, and how far one has come."""

from typing import Any

import pytest

from server_sync.domain.commands import SaveGoal
from server_sync.domain.errors import ErrorKind
from server_sync.domain.rules.goals import Metric, goal_id, mean, progress, settled_state, share
from server_sync.domain.rules.local_time import day_number
from tests.server_sync.domain.commands.world import World

GOAL: dict[str, Any] = {
    "code": "satisfaction",
    "name": "一个月内满意度提升5分",
    "metric": "csat_share",
    "baseline": "80",
    "target": 85,
    "starts_on": "2026-10-01",
    "deadline_on": "2026-10-31",
    "scope": {"plans": ["first"], "tiers": ["vip"]},
}
ID = goal_id("satisfaction")


def test_a_lead_sets_changes_and_withdraws_a_goal(world: World) -> None:
    lead, administrator = world.organisation.north_lead, world.organisation.administrator
    world.do(SaveGoal(GOAL, None), lead)
    row = world.one("goal", ID)
    assert (row["code"], row["metric"], row["baseline"], row["target"]) == (
        "satisfaction",
        "csat_share",
        "80",
        "85",
    )
    assert (row["state"], row["owner_id"], row["value"]) == ("active", lead.person_id, None)
    assert row["scope"] == {"plans": ["first"], "tiers": ["vip"]}
    assert world.do(SaveGoal(GOAL, None), administrator).changes == ()
    world.do(SaveGoal(GOAL | {"state": "withdrawn"}, {"state": "active"}), administrator)
    row = world.one("goal", ID)
    assert (row["state"], row["owner_id"]) == ("withdrawn", lead.person_id)


def test_section_5_two_who_change_one_goal_keep_what_both_wrote_and_overwrite_nothing(world: World) -> None:
    lead, administrator = world.organisation.north_lead, world.organisation.administrator
    assert world.refused(SaveGoal(GOAL, {"target": "80"}), lead) is ErrorKind.NOT_FOUND
    world.do(SaveGoal(GOAL, None), lead)
    world.do(SaveGoal(GOAL | {"target": 90}, {"target": "85"}), lead)
    world.do(SaveGoal(GOAL | {"name": "满意度"}, {"name": GOAL["name"]}), administrator)
    assert (world.one("goal", ID)["target"], world.one("goal", ID)["name"]) == ("90", "满意度")
    late = world.rejection(SaveGoal(GOAL | {"target": 95}, {"target": "85"}), administrator)
    assert (late.kind, late.values) == (ErrorKind.GOAL_CHANGED, {"fields": ["target"]})
    assert world.refused(SaveGoal(GOAL, None), administrator) is ErrorKind.ALREADY_EXISTS


def test_a_goal_has_an_owner_who_can_be_another_than_its_writer(world: World) -> None:
    lead, administrator = world.organisation.north_lead, world.organisation.administrator
    agent = world.organisation.north_agents[0].person_id
    world.do(SaveGoal(GOAL, None, lead.person_id), administrator)
    assert world.one("goal", ID)["owner_id"] == lead.person_id
    world.do(SaveGoal(GOAL | {"name": "满意度"}, {"name": GOAL["name"]}), administrator)
    assert world.one("goal", ID)["owner_id"] == lead.person_id
    world.do(SaveGoal(GOAL, {"owner_id": lead.person_id}, agent), administrator)
    assert world.one("goal", ID)["owner_id"] == agent
    assert world.refused(SaveGoal(GOAL, {"owner_id": agent}, bytes(16)), administrator) is ErrorKind.NOT_FOUND


def test_an_agent_sets_none(world: World) -> None:
    assert world.refused(SaveGoal(GOAL, None), world.organisation.north_agents[0]) is ErrorKind.NOT_PERMITTED


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"code": None}, ErrorKind.FIELD_MISSING),
        ({"code": "Über"}, ErrorKind.FIELD_INVALID),
        ({"name": " "}, ErrorKind.FIELD_INVALID),
        ({"metric": "luck"}, ErrorKind.FIELD_INVALID),
        ({"target": "NaN"}, ErrorKind.FIELD_INVALID),
        ({"target": float("nan")}, ErrorKind.FIELD_INVALID),
        ({"target": True}, ErrorKind.FIELD_INVALID),
        ({"target": 101}, ErrorKind.FIELD_INVALID),
        ({"metric": "nps", "target": -101}, ErrorKind.FIELD_INVALID),
        ({"metric": "csat_mean", "target": 6}, ErrorKind.FIELD_INVALID),
        ({"deadline_on": "2026-09-30"}, ErrorKind.FIELD_INVALID),
        ({"starts_on": "soon"}, ErrorKind.FIELD_INVALID),
        ({"state": "reached"}, ErrorKind.FIELD_INVALID),
        ({"scope": {"tiers": ["gold"]}}, ErrorKind.FIELD_INVALID),
        ({"scope": []}, ErrorKind.FIELD_INVALID),
        ({"owner": "x"}, ErrorKind.FIELD_INVALID),
    ],
)
def test_what_makes_no_goal_is_refused(world: World, values: dict[str, Any], kind: ErrorKind) -> None:
    assert world.refused(SaveGoal(GOAL | values, None), world.organisation.north_lead) is kind


def measured(value: str | None, **values: Any) -> dict[str, Any]:
    return {"state": "active", "value": value, **GOAL, "target": "85", **values}


@pytest.mark.parametrize(
    ("value", "on", "percent", "expected", "left", "behind"),
    [
        ("80", "2026-10-01", 0, 3, 30, True),
        ("82.5", "2026-10-15", 50, 48, 16, False),
        ("79", "2026-10-15", 0, 48, 16, True),
        ("90", "2026-10-15", 100, 48, 16, False),
        (None, "2026-10-15", None, 48, 16, True),
        ("84.99", "2026-11-02", 99, 100, -2, True),
        ("80", "2026-09-01", 0, 0, 60, False),
    ],
)
def test_progress_is_the_way_from_the_baseline_against_the_time(
    value: str | None, on: str, percent: int | None, expected: int, left: int, behind: bool
) -> None:
    found = progress(measured(value), day_number(on))
    assert (found.percent, found.expected_percent, found.days_left, found.behind) == (
        percent,
        expected,
        left,
        behind,
    )


def test_without_a_baseline_the_way_begins_at_nothing_or_below() -> None:
    assert progress(measured("17", baseline=None), day_number("2026-10-15")).percent == 20
    below = measured("-20", baseline=None, target="20")
    assert progress(below, day_number("2026-10-15")).percent == 0
    unreachable = measured("80", baseline="85", target="85")
    assert progress(unreachable, day_number("2026-10-15")).percent == 0


@pytest.mark.parametrize(
    ("value", "on", "state"),
    [
        ("90", "2026-10-31", "active"),
        ("85", "2026-11-01", "reached"),
        ("84.99", "2026-11-01", "missed"),
        (None, "2026-11-01", "missed"),
    ],
)
def test_the_deadline_finds_a_goal_reached_or_missed(value: str | None, on: str, state: str) -> None:
    assert settled_state(measured(value), value, day_number(on)) == state


def test_a_withdrawn_goal_stays_withdrawn() -> None:
    assert settled_state(measured("90", state="withdrawn"), "90", day_number("2027-01-01")) == "withdrawn"


def test_nothing_counted_is_no_value() -> None:
    assert (share(0, 0), mean(0, 0)) == (None, None)
    assert (share(2, 3), share(-1, 4), mean(13, 3)) == ("66.67", "-25.00", "4.33")


def test_every_metric_has_a_target_that_it_can_reach(world: World) -> None:
    for metric in Metric:
        code = f"of_{metric.value}"
        world.do(
            SaveGoal(GOAL | {"code": code, "metric": metric.value, "target": 5, "baseline": 1}, None),
            world.organisation.north_lead,
        )
        assert world.one("goal", goal_id(code))["target"] == "5"
