"""The inbox in a window: its words, its keys, and who gets a task."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from agent_app.actions.session import DeskSession
from agent_app.features.escalations.model import line, refusal_words
from agent_app.features.escalations.state import Which
from agent_app.features.escalations.view import EscalationsFeature
from agent_app.ports import Route
from agent_app.shell.main_window import MainWindow
from agent_app.shell.places import Place
from agent_app.shell.status_bar import StatusBar
from agent_app.store.changes import StoreChanges
from agent_app.ui.accessibility import unnamed
from tests.agent_app.clipping import clipped
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.agent_app.features.escalations.room import filled

pytestmark = pytest.mark.usefixtures("look")


class Inbox:
    def __init__(self, company: Company, qtbot: QtBot) -> None:
        self.ids = filled(company)
        self.routes: list[Route] = []
        self.counts: list[int] = []
        desk = company.desk(company.organisation.north_lead)
        session = DeskSession(desk, ImmediateWork(), self.tell, TIMEZONE)
        self.feature = EscalationsFeature(session, self.routes.append, self.counts.append)
        self.window = MainWindow("回访", StatusBar())
        qtbot.addWidget(self.window)
        self.window.add_place(
            Place("escalations", "bell-ringing", "升级", self.feature, self.feature.listing)
        )
        self.window.resize(1280, 800)
        self.window.show()
        self.window.show_place("escalations")
        self.feature.on_tick(session.now())

    def tell(self, changes: StoreChanges) -> None:
        self.feature.on_changed(changes)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window, key, Qt.KeyboardModifier.AltModifier)


@pytest.fixture
def inbox(company: Company, qtbot: QtBot) -> Inbox:
    return Inbox(company, qtbot)


def test_an_entry_says_who_it_is_about_who_has_it_and_which_step_it_is(inbox: Inbox) -> None:
    state = inbox.feature.presenter.state
    first = line(state.entries[inbox.ids["complaint"]], state.now, TIMEZONE)
    assert [mark.words for mark in first.marks] == ["投诉核实", "第 2 级 / 共 3 级"]
    assert "欧阳文文" not in first.spoken()
    assert "通知主管" in first.spoken()
    failed = state.entries[inbox.ids["failed"]]
    assert refusal_words(failed) == "没有可发送的邮箱或号码。"
    assert refusal_words(state.entries[inbox.ids["raised"]]) == ""


def test_its_keys_take_over_mark_as_seen_and_open_the_customer(inbox: Inbox) -> None:
    inbox.press(Qt.Key.Key_O)
    assert [route.place for route in inbox.routes] == ["customer"]
    inbox.press(Qt.Key.Key_M)
    assert inbox.counts[-1] == 1
    inbox.press(Qt.Key.Key_T)
    assert inbox.counts[-1] == 0


def test_a_task_is_reassigned_by_keys_alone(inbox: Inbox) -> None:
    inbox.press(Qt.Key.Key_R)
    takers = inbox.window.focusWidget()
    assert takers is not None
    QTest.keyClick(takers, Qt.Key.Key_Escape)
    assert inbox.window.focusWidget() is inbox.feature.listing.rows
    assert inbox.counts[-1] == 2
    inbox.press(Qt.Key.Key_R)
    QTest.keyClick(takers, Qt.Key.Key_Return)
    assert inbox.feature.presenter.state.candidates is None
    assert inbox.counts[-1] == 1


def test_everything_has_a_name_and_nothing_is_cut_off(inbox: Inbox) -> None:
    for which in Which:
        inbox.feature.presenter.on_which(which)
        for column in (inbox.feature.listing, inbox.feature.widget):
            assert (unnamed(column), clipped(column)) == ([], [])
