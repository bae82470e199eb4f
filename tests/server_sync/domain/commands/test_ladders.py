"""Who writes ladders of reminders and quiet hours, and what happens when two write one."""

from typing import Any

import pytest

from server_sync.domain.commands import SaveEscalationPolicy, SaveQuietHours
from server_sync.domain.errors import ErrorKind
from server_sync.domain.rules.settings import setting_id
from tests.server_sync.domain.commands.world import World

STEP = {
    "basis": "created",
    "after": {"amount": 2, "unit": "working_hours"},
    "while": "unaccepted",
    "means": ["popup"],
}
LADDER: dict[str, Any] = {"code": "complaint", "name": "投诉", "steps": [STEP]}
QUIET = {"from": "21:00", "to": "08:00"}


def test_an_administrator_writes_a_ladder_and_changes_it(world: World) -> None:
    administrator = world.organisation.administrator
    ladder_id = world.new()
    world.do(SaveEscalationPolicy(ladder_id, LADDER, None), administrator)
    row = world.one("escalation_policy", ladder_id)
    assert (row["steps"], row["active"], row["applies_to"]) == ([STEP], True, {"subject": "task"})
    assert world.do(SaveEscalationPolicy(ladder_id, LADDER, None), administrator).changes == ()
    off = SaveEscalationPolicy(ladder_id, LADDER | {"active": False}, {"active": True})
    world.do(off, administrator)
    assert world.one("escalation_policy", ladder_id)["active"] is False


def test_nobody_else_does(world: World) -> None:
    for actor in (world.organisation.north_lead, world.organisation.north_agents[0]):
        ladder = SaveEscalationPolicy(world.new(), LADDER, None)
        assert world.refused(ladder, actor) is ErrorKind.NOT_PERMITTED
        assert world.refused(SaveQuietHours("22:00", "07:00", QUIET), actor) is ErrorKind.NOT_PERMITTED


def test_section_5_two_who_change_one_ladder_keep_what_both_wrote_and_overwrite_nothing(world: World) -> None:
    administrator = world.organisation.administrator
    ladder_id = world.new()
    assert (
        world.refused(SaveEscalationPolicy(ladder_id, LADDER, {"name": "投诉"}), administrator)
        is ErrorKind.NOT_FOUND
    )
    world.do(SaveEscalationPolicy(ladder_id, LADDER, None), administrator)
    world.do(SaveEscalationPolicy(ladder_id, LADDER | {"name": "投诉核实"}, {"name": "投诉"}), administrator)
    world.do(SaveEscalationPolicy(ladder_id, LADDER | {"position": 5}, {"position": 0}), administrator)
    row = world.one("escalation_policy", ladder_id)
    assert (row["name"], row["position"]) == ("投诉核实", 5)
    late = world.rejection(
        SaveEscalationPolicy(ladder_id, LADDER | {"name": "加急"}, {"name": "投诉"}), administrator
    )
    assert (late.kind, late.values) == (ErrorKind.LADDER_CHANGED, {"fields": ["name"]})
    other = SaveEscalationPolicy(ladder_id, LADDER | {"code": "other"}, {"name": "投诉核实"})
    assert world.refused(other, administrator) is ErrorKind.FIELD_INVALID


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"name": ""}, ErrorKind.FIELD_INVALID),
        ({"steps": []}, ErrorKind.FIELD_INVALID),
        ({"steps": [STEP | {"means": []}]}, ErrorKind.FIELD_INVALID),
        ({"steps": [STEP | {"after": {"amount": -1, "unit": "working_hours"}}]}, ErrorKind.OUT_OF_RANGE),
        ({"applies_to": {"tiers": ["gold"]}}, ErrorKind.FIELD_INVALID),
    ],
)
def test_what_is_no_ladder_is_refused(world: World, values: dict[str, Any], kind: ErrorKind) -> None:
    ladder = SaveEscalationPolicy(world.new(), LADDER | values, None)
    assert world.refused(ladder, world.organisation.administrator) is kind


def test_quiet_hours_are_set_and_not_overwritten(world: World) -> None:
    administrator = world.organisation.administrator
    row_id = setting_id("quiet_hours")
    world.do(SaveQuietHours("22:00", "07:30", QUIET), administrator)
    assert world.one("setting", row_id)["value"] == {"from": "22:00", "to": "07:30"}
    late = world.rejection(SaveQuietHours("20:00", "08:00", QUIET), administrator)
    assert (late.kind, late.values["fields"]) == (ErrorKind.LADDER_CHANGED, ["from", "to"])
    wrong = SaveQuietHours("25:00", "08:00", {"from": "22:00"})
    assert world.refused(wrong, administrator) is ErrorKind.FIELD_INVALID
