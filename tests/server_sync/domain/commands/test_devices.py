"""Who may revoke, wipe and admit a desk, and what becomes of its row (SYNC E4)."""

from collections.abc import Callable, Iterable

import pytest

from server_sync.domain.commands import (
    Accepted,
    Actor,
    AdmitDevice,
    Rejected,
    RevokeDevice,
    Row,
    Update,
    WipeDevice,
)
from server_sync.domain.commands.decision import Command
from server_sync.domain.model import Role

DEVICE, TEAM, OTHER_TEAM, LEAD = (bytes([n]) * 16 for n in (1, 2, 3, 4))
NOW = 1_790_820_000_000
LEADER = Actor(LEAD, Role.SUPERVISOR, TEAM)


class OneDesk:
    """The rows of one desk."""

    def __init__(self, **values: object) -> None:
        self.row: Row = {
            "id": DEVICE,
            "team_id": TEAM,
            "revoked_at": None,
            "revoked_by": None,
            "wipe": False,
            **values,
        }

    def get(self, table: str, row_id: bytes) -> Row | None:
        return self.row if (table, row_id) == ("desk_device", DEVICE) else None

    def where(self, table: str, column: str, value: bytes) -> list[Row]:
        raise AssertionError("no command about devices looks for several")


def changed(command: Command, rows: OneDesk, actor: Actor = LEADER) -> dict[str, object]:
    decision = command.decide(rows, actor, NOW)
    assert isinstance(decision, Accepted), decision
    values: dict[str, object] = {}
    for change in decision.changes:
        assert isinstance(change, Update)
        assert (change.table, change.row_id) == ("desk_device", DEVICE)
        values |= change.values
    return values


def test_a_desk_is_revoked_by_its_lead() -> None:
    assert changed(RevokeDevice(DEVICE), OneDesk()) == {"revoked_at": NOW, "revoked_by": LEAD}


def test_to_wipe_a_desk_is_to_revoke_it_too() -> None:
    assert changed(WipeDevice(DEVICE), OneDesk()) == {"revoked_at": NOW, "revoked_by": LEAD, "wipe": True}


def test_who_revoked_it_first_stays() -> None:
    revoked = OneDesk(revoked_at=5, revoked_by=b"x" * 16)
    assert changed(RevokeDevice(DEVICE), revoked) == {}
    assert changed(WipeDevice(DEVICE), revoked) == {"wipe": True}


def test_a_revocation_does_not_take_an_order_to_wipe_back() -> None:
    assert changed(RevokeDevice(DEVICE), OneDesk(revoked_at=5, wipe=True)) == {}


def test_an_admitted_desk_is_as_it_was() -> None:
    values = changed(AdmitDevice(DEVICE), OneDesk(revoked_at=5, revoked_by=LEAD, wipe=True))
    assert values == {"revoked_at": None, "revoked_by": None, "wipe": False}
    assert changed(AdmitDevice(DEVICE), OneDesk()) == {}


@pytest.mark.parametrize("make", [RevokeDevice, WipeDevice, AdmitDevice])
@pytest.mark.parametrize(
    ("actor", "may"),
    [
        (LEADER, True),
        (Actor(LEAD, Role.ADMINISTRATOR, None), True),
        (Actor(None, Role.ADMINISTRATOR, None), True),
        (Actor(LEAD, Role.SUPERVISOR, OTHER_TEAM), False),
        (Actor(LEAD, Role.AGENT, TEAM), False),
    ],
)
def test_only_who_leads_the_team_may(make: Callable[[bytes], Command], actor: Actor, may: bool) -> None:
    assert isinstance(make(DEVICE).decide(OneDesk(), actor, NOW), Accepted) is may


@pytest.mark.parametrize("make", [RevokeDevice, WipeDevice, AdmitDevice])
def test_a_desk_that_is_not_there_is_not_found(make: Callable[[bytes], Command]) -> None:
    decision = make(b"y" * 16).decide(OneDesk(), LEADER, NOW)
    assert isinstance(decision, Rejected)
    assert decision.kind == "not_found"
    needs: Iterable[object] = make(DEVICE).reads()
    assert [*needs]


def test_the_desk_of_who_has_no_team_is_the_administrators() -> None:
    assert isinstance(RevokeDevice(DEVICE).decide(OneDesk(team_id=None), LEADER, NOW), Rejected)
    changed(RevokeDevice(DEVICE), OneDesk(team_id=None), Actor(LEAD, Role.ADMINISTRATOR, None))
