"""坐席状态: everybody's own, the latest by the device's time."""

import pytest

from server_sync.domain.commands import SetPresence
from server_sync.domain.errors import ErrorKind
from tests.server_sync.domain.commands.calls import Desk
from tests.server_sync.organisation import NOW


def presence(desk: Desk, state: str, reason: str | None = None, at: int = NOW) -> SetPresence:
    assert desk.agent.person_id is not None
    return SetPresence(desk.agent.person_id, state, reason, at)


def test_the_latest_stands_whatever_comes_in_last(desk: Desk) -> None:
    desk.world.do(presence(desk, "break", "meal"), desk.agent)
    assert desk.world.do(presence(desk, "ready", at=NOW - 1), desk.agent).changes == ()
    assert desk.agent.person_id is not None
    row = desk.world.one("presence", desk.agent.person_id)
    assert (row["state"], row["pause_reason"], row["team_id"]) == ("break", "meal", desk.agent.team_id)
    desk.world.do(presence(desk, "ready", at=NOW + 1), desk.agent, NOW + 1)
    assert (row["state"], row["pause_reason"]) == ("ready", None)


def test_p2_what_two_copies_of_a_profile_say_is_said_once(desk: Desk) -> None:
    desk.world.do(presence(desk, "break", "meal"), desk.agent)
    assert desk.world.do(presence(desk, "break", "meal"), desk.agent).changes == ()
    assert desk.world.do(presence(desk, "ready"), desk.agent).changes != ()


def test_nobody_speaks_for_another(desk: Desk) -> None:
    assert desk.world.refused(presence(desk, "ready"), desk.lead) is ErrorKind.NOT_PERMITTED


@pytest.mark.parametrize(
    ("state", "reason", "field"),
    [
        ("asleep", None, "state"),
        ("break", None, "pause_reason"),
        ("break", "party", "pause_reason"),
        ("ready", "meal", "pause_reason"),
        ("ready", "x" * 100_000, "pause_reason"),
        ("ready", "", "pause_reason"),
    ],
)
def test_a_break_has_a_reason_and_nothing_else_does(
    desk: Desk, state: str, reason: str | None, field: str
) -> None:
    rejection = desk.world.rejection(presence(desk, state, reason), desk.agent)
    assert (rejection.kind, rejection.values["field"]) == (ErrorKind.FIELD_INVALID, field)


def test_without_a_team_nobody_is_told(desk: Desk) -> None:
    administrator = desk.world.organisation.administrator
    assert administrator.person_id is not None
    command = SetPresence(administrator.person_id, "ready", None, NOW)
    assert desk.world.do(command, administrator).changes == ()
