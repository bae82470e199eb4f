"""A task leaves whoever does not do it: by the server alone, with its history."""

from typing import Any

import pytest

from server_sync.domain.clock import HOUR
from server_sync.domain.commands import HandBackTask, Update
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import TaskState
from tests.server_sync.domain.commands.calls import Desk
from tests.server_sync.domain.commands.world import SERVER, World
from tests.server_sync.organisation import NOW


def hand_back(desk: Desk, to: bytes | None = None, **values: Any) -> HandBackTask:
    given = {"because": "lease_over", "assigned_because": None, "handed_back_at": NOW}
    return HandBackTask(desk.world.new(), desk.task_id, desk.customer_id, to, **(given | values))


def test_a_task_whose_lease_is_over_lies_in_the_pool_again(desk: Desk, world: World) -> None:
    world.do(desk.accept(), desk.agent)
    world.put(Update("task", desk.task_id, {"leased_until": NOW}))
    world.do(hand_back(desk), SERVER)
    task = desk.task
    assert (task["assignee_id"], task["in_pool"], task["leased_until"]) == (None, True, None)
    assert (task["state"], task["accepted_at"]) == (TaskState.OPEN, None)
    assert task["previous_assignees"] == [(desk.agent.person_id or b"").hex()]
    kind, details = world.facts()[-1]
    assert (kind, details["because"], details["to"]) == ("reassigned", "lease_over", None)


def test_a_task_of_somebody_away_goes_to_whom_the_assignment_chose(desk: Desk, world: World) -> None:
    world.do(hand_back(desk, desk.other.person_id, because="on_leave", assigned_because={"load": 2}), SERVER)
    assert (desk.task["assignee_id"], desk.task["in_pool"]) == (desk.other.person_id, False)
    assert desk.task["assigned_because"] == {"load": 2, "handed_back": "on_leave"}


def test_an_appointment_keeps_its_own_rule(desk: Desk, world: World) -> None:
    world.do(desk.book(NOW + HOUR), desk.agent)
    assert world.do(hand_back(desk), SERVER).changes == ()
    assert desk.task["assignee_id"] == desk.agent.person_id


@pytest.mark.parametrize("who", ["agent", "lead"])
def test_no_person_hands_a_task_back(desk: Desk, who: str) -> None:
    assert desk.world.refused(hand_back(desk), getattr(desk, who)) is ErrorKind.NOT_PERMITTED


def test_a_closed_task_stays_and_nobody_unknown_gets_one(desk: Desk, world: World) -> None:
    assert world.refused(hand_back(desk, world.new()), SERVER) is ErrorKind.NOT_FOUND
    assert world.refused(hand_back(desk, because="whim"), SERVER) is ErrorKind.FIELD_INVALID
    desk.call("1.1")
    assert world.refused(hand_back(desk), SERVER) is ErrorKind.TASK_CLOSED
