"""Who writes plans and sets them to work, what may stand in them, and what happens when two write one plan."""

from dataclasses import replace
from typing import Any

import pytest

from server_sync.domain.commands import SavePlan, SetPlanState
from server_sync.domain.errors import ErrorKind
from tests.server_sync.domain.commands.world import World
from tests.server_sync.organisation import NOW

DEFINITION: dict[str, Any] = {
    "code": "vip_care",
    "name": "VIP客户关怀",
    "label": "VIP关怀",
    "purpose": "service",
    "trigger": "silence",
    "params": {"days": 15},
    "audience": {"combinator": "and", "rules": [{"field": "tier", "operator": "=", "value": "vip"}]},
    "due_within": {"amount": 2, "unit": "working_days"},
}


@pytest.fixture
def new(world: World) -> SavePlan:
    """A plan that nobody has written yet."""
    return SavePlan(world.new(), DEFINITION, None, None, None)


def changed(world: World, plan: SavePlan, *columns: str, **values: Any) -> SavePlan:
    """Somebody changes some fields of what he sees."""
    row = world.one("plan", plan.plan_id)
    names = columns or tuple(values)
    return replace(plan, definition=plan.definition | values, seen={name: row[name] for name in names})


def state(world: World, plan: SavePlan, wanted: str) -> SetPlanState:
    return SetPlanState(plan.plan_id, wanted, world.one("plan", plan.plan_id)["state"])


def test_an_administrator_writes_a_draft_and_sets_it_to_work(world: World, new: SavePlan) -> None:
    administrator = world.organisation.administrator
    world.do(new, administrator)
    row = world.one("plan", new.plan_id)
    assert (row["state"], row["params"], row["priority"]) == ("draft", {"days": 15}, 50)
    assert (row["changed_at"], row["changed_by"]) == (NOW, administrator.person_id)
    for wanted in ("active", "paused", "active", "ended", "active"):
        world.do(state(world, new, wanted), administrator)
        assert world.one("plan", new.plan_id)["state"] == wanted
    assert world.do(SetPlanState(new.plan_id, "active", "paused"), administrator).changes == ()


def test_only_administrators_plan(world: World, new: SavePlan) -> None:
    for actor in (world.organisation.north_lead, world.organisation.north_agents[0]):
        assert world.refused(new, actor) is ErrorKind.NOT_PERMITTED
        assert world.refused(SetPlanState(world.organisation.plan, "paused", "active"), actor) is (
            ErrorKind.NOT_PERMITTED
        )


@pytest.mark.parametrize(
    ("values", "kind", "field"),
    [
        ({"params": {"days": 0}}, ErrorKind.FIELD_INVALID, "vip_care.params.days"),
        ({"audience": {"combinator": "xor", "rules": []}}, ErrorKind.CONDITION_INVALID, "vip_care.audience"),
        ({"colour": "red"}, ErrorKind.FIELD_INVALID, "vip_care.colour"),
        ({"state": "active"}, ErrorKind.FIELD_INVALID, "vip_care.state"),
        ({"form": "visit"}, ErrorKind.FIELD_INVALID, "vip_care.form"),
        ({"label": None}, ErrorKind.FIELD_MISSING, "vip_care.label"),
    ],
)
def test_what_is_no_plan_is_refused_with_its_place(
    world: World, new: SavePlan, values: dict[str, Any], kind: ErrorKind, field: str
) -> None:
    wrong = replace(new, definition=DEFINITION | values)
    rejection = world.rejection(wrong, world.organisation.administrator)
    assert (rejection.kind, rejection.values["field"]) == (kind, field)


def test_its_guide_and_its_goal_must_be_there(world: World, new: SavePlan) -> None:
    for wrong in (replace(new, form_id=world.new()), replace(new, goal_id=world.new())):
        assert world.refused(wrong, world.organisation.administrator) is ErrorKind.NOT_FOUND


def test_two_writers_of_different_fields_are_both_kept(world: World, new: SavePlan) -> None:
    administrator = world.organisation.administrator
    world.do(new, administrator)
    one, other = changed(world, new, priority=70), changed(world, new, label="关怀")
    world.do(one, administrator)
    world.do(other, administrator)
    row = world.one("plan", new.plan_id)
    assert (row["priority"], row["label"]) == (70, "关怀")


def test_of_two_writers_of_one_field_the_later_is_told(world: World, new: SavePlan) -> None:
    administrator = world.organisation.administrator
    world.do(new, administrator)
    one, other = changed(world, new, priority=70), changed(world, new, priority=90)
    world.do(one, administrator)
    rejection = world.rejection(other, administrator)
    assert rejection.kind is ErrorKind.PLAN_CHANGED
    assert rejection.values == {"fields": ["priority"], "by": (administrator.person_id or b"").hex()}
    assert world.one("plan", new.plan_id)["priority"] == 70
    assert (
        world.refused(SetPlanState(new.plan_id, "ended", "active"), administrator) is ErrorKind.PLAN_CHANGED
    )


def test_a_plan_keeps_its_code_by_which_others_name_it(world: World, new: SavePlan) -> None:
    world.do(new, world.organisation.administrator)
    renamed = changed(world, new, code="vip_two")
    assert world.refused(renamed, world.organisation.administrator) is ErrorKind.FIELD_INVALID


@pytest.mark.parametrize("wanted", ["draft", "asleep", "paused"])
def test_a_draft_is_set_to_work_or_ended_and_nothing_else(world: World, new: SavePlan, wanted: str) -> None:
    world.do(new, world.organisation.administrator)
    if wanted == "draft":
        world.do(state(world, new, "active"), world.organisation.administrator)
    assert (
        world.refused(state(world, new, wanted), world.organisation.administrator) is ErrorKind.FIELD_INVALID
    )


def test_the_same_plan_twice_is_one(world: World, new: SavePlan) -> None:
    world.do(new, world.organisation.administrator)
    assert world.do(new, world.organisation.administrator).changes == ()
    other = replace(new, definition=DEFINITION | {"name": "别的"})
    assert world.refused(other, world.organisation.administrator) is ErrorKind.ALREADY_EXISTS


def test_very_many_tasks_are_confirmed_with_setting_to_work_and_of_a_plan_that_works(
    world: World, new: SavePlan
) -> None:
    administrator = world.organisation.administrator
    world.do(new, administrator)
    world.do(SetPlanState(new.plan_id, "active", "draft", 24_000), administrator)
    assert world.one("plan", new.plan_id)["confirmed_tasks"] == 24_000
    world.do(SetPlanState(new.plan_id, "active", "active", 30_000), administrator)
    assert world.one("plan", new.plan_id)["confirmed_tasks"] == 30_000
    assert world.do(SetPlanState(new.plan_id, "active", "active", 30_000), administrator).changes == ()
    world.do(SetPlanState(new.plan_id, "paused", "active"), administrator)
    assert world.one("plan", new.plan_id)["confirmed_tasks"] is None


@pytest.mark.parametrize(
    ("wanted", "count"), [("active", 0), ("active", -1), ("active", 10**9), ("ended", 20_000)]
)
def test_what_cannot_be_confirmed_is_refused(world: World, new: SavePlan, wanted: str, count: int) -> None:
    administrator = world.organisation.administrator
    world.do(new, administrator)
    confirming = SetPlanState(new.plan_id, wanted, "draft", count)
    assert world.refused(confirming, administrator) is ErrorKind.FIELD_INVALID
    assert world.one("plan", new.plan_id)["state"] == "draft"
