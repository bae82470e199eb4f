"""坐席状态 (F7): what one may say, that it is recorded and shown as the store has it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from agent_app.actions.session import DeskSession
from agent_app.features.presence.presenter import CHOICES, PresencePresenter
from agent_app.features.presence.view import PresenceMenu
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.presence import OwnPresence
from server_sync.domain.model import PauseReason, Presence
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.server_sync.organisation import NOW

# The offscreen screen has no popups that grab the keyboard, and says so; a real one has.
OFFSCREEN = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Said:
    """What is heard of an agent's presence; what changes in the store is told as the hub does."""

    def __init__(self, company: Company, work: ImmediateWork) -> None:
        self.company = company
        self.heard: list[OwnPresence] = []
        self.presenter: PresencePresenter | None = None
        agent = company.organisation.north_agents[0]
        self.session = DeskSession(company.desk(agent), work, self.tell, TIMEZONE)

    def tell(self, changes: StoreChanges) -> None:
        if self.presenter is not None:
            self.presenter.on_changed(changes)


@pytest.fixture
def said(company: Company, work: ImmediateWork) -> Said:
    return Said(company, work)


@pytest.fixture
def presenter(said: Said) -> PresencePresenter:
    said.presenter = PresencePresenter(said.session, said.heard.append)
    return said.presenter


def test_signing_in_means_being_ready(said: Said, presenter: PresencePresenter) -> None:
    presenter.start()
    assert said.heard == [OwnPresence("ready", None, NOW)]
    assert len(said.company.rows("SELECT 1 FROM outbox")) == 1


def test_what_is_chosen_is_recorded_and_shown_with_its_time(said: Said, presenter: PresencePresenter) -> None:
    presenter.start()
    said.company.clock.at += 90_000
    presenter.on_chosen(Presence.BREAK, PauseReason.MEAL)
    assert said.heard[-1] == OwnPresence("break", "meal", NOW + 90_000)


@pytest.mark.parametrize(("state", "pause"), CHOICES)
def test_every_choice_is_one_that_the_rules_take(
    said: Said, presenter: PresencePresenter, state: Presence, pause: PauseReason | None
) -> None:
    presenter.on_chosen(state, pause)
    assert said.heard == [OwnPresence(state, pause, NOW)]


def test_every_pause_of_the_practice_can_be_chosen() -> None:
    assert {pause for _, pause in CHOICES if pause} == set(PauseReason)
    assert {Presence.READY, Presence.BUSY, Presence.BREAK} == {state for state, _ in CHOICES}


def test_other_changes_are_not_looked_up(said: Said, presenter: PresencePresenter) -> None:
    presenter.start()
    said.tell(StoreChanges(frozenset({"task", "customer"}), None, "sync"))
    assert len(said.heard) == 1
    said.tell(StoreChanges(frozenset({"presence"}), None, "sync"))
    assert len(said.heard) == 2


def test_what_the_call_sets_is_shown_as_well(said: Said, presenter: PresencePresenter) -> None:
    presenter.start()
    presenter.on_chosen(Presence.ON_CALL, None)
    assert said.heard[-1].state == Presence.ON_CALL


@OFFSCREEN
@pytest.mark.usefixtures("look")
def test_the_menu_is_chosen_from_by_number_keys(said: Said, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    menu = PresenceMenu(said.session, said.heard.append, window)
    said.presenter = menu.presenter
    (shown,) = window.findChildren(QMenu)
    assert shown.accessibleName() == "选择坐席状态"
    labels = [action.text().partition("  ")[2] for action in shown.actions()]
    assert labels == ["空闲", "示忙", "小休 · 用餐", "小休 · 会议", "小休 · 培训", "小休 · 休息"]
    for number in range(1, 7):
        menu.pop_up(QPoint(0, 0))
        QTest.keyClick(shown, Qt.Key(Qt.Key.Key_0 + number))
        assert not shown.isVisible()
    assert [(one.state, one.pause_reason) for one in said.heard] == list(CHOICES)


@OFFSCREEN
@pytest.mark.usefixtures("look")
def test_the_menu_opens_above_the_status_bar(said: Said, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 400)
    window.show()
    menu = PresenceMenu(said.session, said.heard.append, window)
    corner = window.mapToGlobal(QPoint(0, 370))
    menu.pop_up(corner)
    (shown,) = window.findChildren(QMenu)
    assert shown.isVisible()
    assert shown.geometry().bottom() <= corner.y()
    shown.close()
