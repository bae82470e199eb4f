"""A supervisor wipes an agent's computer from his own window; a desk out of contact locks and unlocks (SYNC E4)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton

from agent_app.features.login.view import LoginView
from agent_app.ports import Route
from agent_app.shell.lock_page import Lock, LockPage
from agent_app.store import lease
from server_sync.domain.clock import DAY
from tests.e2e.desk import Seat
from tests.e2e.journeys import seated
from tests.e2e.story import in_step
from tests.e2e.world import World


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with World(Path(tmp_path_factory.mktemp("world"))) as made:
        made.make_demo_company()
        made.start_server()
        yield made


def lock_of(seat: Seat) -> Lock | None:
    (page,) = seat.window.findChildren(LockPage)
    return page.locked()


def test_e4_a_computer_that_is_wiped_hands_over_and_ends_at_the_sign_in_page(world: World) -> None:
    with seated(world, "wiped", "agent") as seat, seated(world, "lead", "supervisor") as lead:
        seat.until(lambda: in_step(seat))
        device = seat.desk.desk.device
        profile = seat.desk.desk.store.file.parent
        lead.desk.go(Route("devices"))
        lead.desk.sync.hinted()
        lead.until(lambda: any(card.computer.id == device for card in lead.desk.lead.devices.cards()))
        (card,) = (one for one in lead.desk.lead.devices.cards() if one.computer.id == device)
        (wipe,) = (one for one in card.findChildren(QAbstractButton) if one.property("order") == "wipe")
        wipe.click()
        lead.until(lambda: lead.question() is not None)
        lead.confirm()
        lead.until(lambda: lead.question() is None and in_step(lead))

        # Told after the moment for which a server remembers whom a token stands for.
        QTimer.singleShot(3_000, seat.desk.sync.hinted)
        seat.until(lambda: seat.assembly.desk is None)
        assert isinstance(seat.assembly.login, LoginView)
        assert [item.name for item in profile.iterdir()] == ["lock"]


def test_e4_a_desk_out_of_contact_is_covered_until_it_reaches_the_server(world: World) -> None:
    with seated(world, "locked", "colleague") as seat:
        seat.until(lambda: in_step(seat))
        now = world.clock.now()
        with seat.desk.desk.store.write() as connection:
            lease.renew(connection, now - 8 * DAY, now - 8 * DAY, 7 * DAY)
        seat.desk.guard.look()
        seat.settle()
        assert lock_of(seat) is Lock.LEASE
        seat.desk.sync.hinted()
        seat.until(lambda: lock_of(seat) is None)
