"""The lead's page of computers: what is known of each, and what is ordered after it was confirmed."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import insert, select

from agent_app.actions.desk import Desk
from agent_app.actions.session import DeskSession
from agent_app.features.devices.view import ComputerCard, DevicesFeature
from agent_app.store.changes import StoreChanges
from agent_app.store.database import Store, open_store
from agent_app.store.tables import ALL, outbox
from agent_app.ui.accessibility import unnamed
from agent_app.ui.dialogs import Question
from server_sync.domain.clock import DAY, HOUR, SystemClock
from server_sync.domain.commands import Actor
from server_sync.domain.ids import SystemIds
from server_sync.domain.model import Role, desk_device, person
from tests.agent_app.clipping import clipped
from tests.agent_app.deferred import DeferredWork
from tests.clocks import HandClock

pytestmark = pytest.mark.usefixtures("look")
TEAM, LEAD, AGENT = (bytes([n]) * 16 for n in (1, 2, 3))


class Page:
    """The feature over a lead's store."""

    def __init__(self, store: Store, qtbot: QtBot) -> None:
        self.store = store
        self.clock = HandClock()
        self.work = DeferredWork()
        self.questions: list[tuple[Question, Callable[[str], object]]] = []
        actor = Actor(LEAD, Role.SUPERVISOR, TEAM)
        desk = Desk(store, self.clock, SystemIds(SystemClock()), actor, b"d" * 16)
        session = DeskSession(desk, self.work, self.publish, ZoneInfo("Asia/Shanghai"))
        with store.write() as connection:
            row = {"login": "a", "name": "坐席 01", "role": "agent", "active": True, "skills": {}}
            connection.execute(insert(person).values(id=AGENT, team_id=TEAM, **row))
        self.feature = DevicesFeature(session, lambda question, done: self.questions.append((question, done)))
        self.widget: QWidget = self.feature.widget
        qtbot.addWidget(self.widget)
        self.widget.resize(1280, 770)
        self.widget.show()
        self.work.finish()

    def publish(self, changes: StoreChanges) -> None:
        self.feature.on_changed(changes)

    def add(self, number: int, **values: Any) -> bytes:
        row_id = bytes([number]) * 16
        row = {
            "id": row_id,
            "team_id": TEAM,
            "person_id": AGENT,
            "name": f"前台 {number}",
            "app_version": "0.1.0",
        }
        times = {"signed_in_at": 0, "last_contact_at": self.clock.now(), "wipe": False}
        with self.store.write() as connection:
            connection.execute(insert(desk_device).values(row | times | values))
        self.publish(StoreChanges(frozenset({"desk_device"}), None, "sync"))
        self.work.finish()
        return row_id

    def card(self, row_id: bytes) -> ComputerCard:
        (found,) = (card for card in self.feature.cards() if card.computer.id == row_id)
        return found

    def press(self, row_id: bytes, order: str) -> None:
        (button,) = (one for one in self.buttons(row_id) if one.property("order") == order)
        button.click()
        self.work.finish()

    def buttons(self, row_id: bytes) -> list[Any]:
        return [one for one in self.card(row_id).findChildren(QWidget) if one.property("order") is not None]

    def offered(self, row_id: bytes) -> list[str]:
        return [str(one.property("order")) for one in self.buttons(row_id)]

    def confirm(self) -> None:
        self.questions.pop()[1]("")
        self.work.finish()

    def recorded(self) -> list[str]:
        with self.store.read() as connection:
            return list(connection.scalars(select(outbox.c.command).order_by(outbox.c.mid)))


@pytest.fixture
def page(tmp_path: Path, qtbot: QtBot) -> Iterator[Page]:
    store = open_store(tmp_path, bytes(range(32)), ALL)
    yield Page(store, qtbot)
    store.close()


def test_e4_each_computer_is_shown_with_what_is_known_of_it(page: Page) -> None:
    now = page.clock.now()
    near = page.add(5, last_contact_at=now - HOUR // 2, rows_held=1234, unsent=12)
    far = page.add(6, last_contact_at=now - 8 * DAY)
    gone = page.add(7, revoked_at=now, wipe=True, wiped_at=now, rows_held=0)
    assert [card.computer.id for card in page.feature.cards()] == [near, far, gone]
    assert page.card(near).computer.lease_until == now - HOUR // 2 + 7 * DAY
    assert page.card(near).computer.unsent == 12
    assert [page.offered(one) for one in (near, far, gone)] == [["revoke", "wipe"], ["revoke", "wipe"], []]
    assert unnamed(page.widget) == []
    assert clipped(page.widget) == []


@pytest.mark.parametrize("order", ["revoke", "wipe"])
def test_e4_an_order_is_given_only_when_it_was_confirmed(page: Page, order: str) -> None:
    one = page.add(5)
    page.press(one, order)
    assert page.recorded() == []
    assert page.questions[0][0].danger
    page.confirm()
    assert page.recorded() == [f"{order}_device@1"]
    assert page.card(one).computer.revoked_at == page.clock.now()
    assert page.offered(one) == (["admit"] if order == "wipe" else ["admit", "wipe"])


def test_e4_a_computer_is_admitted_again_without_a_question(page: Page) -> None:
    one = page.add(5, revoked_at=1)
    page.press(one, "admit")
    assert (page.recorded(), page.questions) == (["admit_device@1"], [])
    assert page.card(one).computer.revoked_at is None


def test_nothing_is_drawn_anew_that_has_not_changed(page: Page) -> None:
    one = page.add(5)
    card = page.card(one)
    page.publish(StoreChanges(frozenset({"desk_device"}), None, "sync"))
    page.work.finish()
    assert page.card(one) is card
