"""Who may write the roster, and what may stand in it."""

from typing import Any

import pytest

from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import RemoveShift, SaveShift
from server_sync.domain.errors import ErrorKind
from tests.server_sync.domain.commands.calls import Desk
from tests.server_sync.domain.commands.world import World
from tests.server_sync.organisation import NOW


def leave(desk: Desk, **values: Any) -> SaveShift:
    given: dict[str, Any] = {
        "shift_id": desk.world.new(),
        "kind": "leave",
        "starts_at": NOW,
        "ends_at": NOW + DAY,
        "note": None,
    }
    return SaveShift(person_id=desk.agent.person_id or b"", **(given | values))


def test_a_lead_saves_changes_and_removes_a_shift_of_his_team(desk: Desk, world: World) -> None:
    shift = leave(desk, note="年假")
    world.do(shift, desk.lead)
    row = world.one("shift", shift.shift_id)
    assert (row["team_id"], row["person_id"], row["kind"]) == (
        world.organisation.north,
        desk.agent.person_id,
        "leave",
    )
    assert world.do(shift, desk.lead).changes == ()
    world.do(leave(desk, shift_id=shift.shift_id, kind="work", ends_at=NOW + 4 * HOUR), desk.lead)
    assert world.one("shift", shift.shift_id)["kind"] == "work"
    world.do(RemoveShift(shift.shift_id), desk.lead)
    row = world.one("shift", shift.shift_id)
    assert row["ends_at"] == row["starts_at"]
    assert world.do(RemoveShift(shift.shift_id), desk.lead).changes == ()


def test_only_the_lead_of_the_team_writes_its_roster(desk: Desk, world: World) -> None:
    shift = leave(desk)
    for actor in (desk.agent, desk.other, desk.strange_lead):
        assert world.refused(shift, actor) is ErrorKind.NOT_PERMITTED
    world.do(shift, desk.lead)
    assert world.refused(RemoveShift(shift.shift_id), desk.agent) is ErrorKind.NOT_PERMITTED
    taken_over = SaveShift(shift.shift_id, desk.stranger.person_id or b"", "leave", NOW, NOW + DAY, None)
    assert world.refused(taken_over, desk.strange_lead) is ErrorKind.NOT_PERMITTED


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "sleep"}, "kind"),
        ({"ends_at": NOW}, "ends_at"),
        ({"ends_at": NOW - 1}, "ends_at"),
        ({"starts_at": -1}, "ends_at"),
        ({"ends_at": NOW + 400 * DAY}, "ends_at"),
        ({"starts_at": 1 << 60, "ends_at": (1 << 60) + 1}, "ends_at"),
        ({"note": "x" * 201}, "note"),
    ],
)
def test_a_shift_that_is_none_is_refused(desk: Desk, values: dict[str, Any], field: str) -> None:
    rejection = desk.world.rejection(leave(desk, **values), desk.lead)
    assert (rejection.kind, rejection.values["field"]) == (ErrorKind.FIELD_INVALID, field)


def test_a_person_or_shift_that_is_not_there_is_not_found(desk: Desk, world: World) -> None:
    strange = SaveShift(world.new(), world.new(), "leave", NOW, NOW + DAY, None)
    assert world.refused(strange, desk.lead) is ErrorKind.NOT_FOUND
    assert world.refused(RemoveShift(world.new()), desk.lead) is ErrorKind.NOT_FOUND
    homeless = world.organisation.administrator.person_id or b""
    nowhere = SaveShift(world.new(), homeless, "leave", NOW, NOW + DAY, None)
    assert world.refused(nowhere, world.organisation.administrator) is ErrorKind.FIELD_MISSING
