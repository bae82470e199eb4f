"""A push and a pull torn after every single byte, on the way there and back: afterwards everything has arrived, once
(SYNC P2, P5, §7)."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from agent_app.sync.status import SyncState
from server_sync.domain.clock import SystemClock
from server_sync.domain.commands import AddNote
from tests.deciding import run_command
from tests.faults.chance import everything
from tests.faults.conftest import Tally
from tests.faults.office import FaultDesk, Office, all_is_well
from tests.faults.processes import FaultServer
from tests.faults.proxy import Direction, Proxy

STEP = 97
"""Between two places of the short form: it has no small divisor in common with lines or words of a message."""


@pytest.fixture
def proxy(server: FaultServer) -> Iterator[Proxy]:
    """The road to the server."""
    road = Proxy(server.address)
    yield road
    road.close()


@pytest.fixture
def desk(proxy: Proxy, new_profile: Callable[[], Path]) -> Iterator[FaultDesk]:
    """The lead's desk at the end of the road, in step."""
    seated = FaultDesk(new_profile(), proxy.address)
    seated.heal()
    yield seated
    seated.close()


def places() -> Iterator[int]:
    """Every byte offset, or every so many; the first few always."""
    return count() if everything() else (place for place in count() if place < 3 or place % STEP == 0)


@pytest.mark.parametrize("direction", Direction)
def test_p2_a_push_torn_at_every_byte_arrives_once(
    direction: Direction, proxy: Proxy, desk: FaultDesk, office: Office, tally: Tally
) -> None:
    confirmed = []
    for place in places():
        confirmed.append(desk.note(f"第 {place} 字节"))
        proxy.cut(direction, place)
        status = desk.sync()
        torn = proxy.heal()
        assert (status.state is SyncState.OFFLINE) is torn
        desk.heal()
        assert office.accepted()[confirmed[-1]] == 1
        if not torn:
            break
    assert len(confirmed) > 5
    all_is_well(office, desk, confirmed)
    tally("pushes and pulls torn on their way", len(confirmed) - 1)


@pytest.mark.parametrize("direction", Direction)
def test_l1_a_pull_torn_at_every_byte_arrives_whole(
    direction: Direction, proxy: Proxy, desk: FaultDesk, office: Office, tally: Tally
) -> None:
    cuts = 0
    for place in places():
        written = of_a_colleague(office, desk, place)
        proxy.cut(direction, place)
        status = desk.sync()
        torn = proxy.heal()
        assert (status.state is SyncState.OFFLINE) is torn
        desk.heal()
        assert desk.rows("SELECT text FROM activity WHERE id = ?", written) == [(f"第 {place} 字节",)]
        if not torn:
            break
        cuts += 1
    assert cuts > 5
    tally("pushes and pulls torn on their way", cuts)


def of_a_colleague(office: Office, desk: FaultDesk, place: int) -> bytes:
    """A note that reaches the desk by its next pull."""
    now = SystemClock().now()
    note = AddNote(desk.ids.new(), desk.customers()[0], f"第 {place} 字节", now)
    run_command(office.database, desk.actor, note, now)
    return note.activity_id
