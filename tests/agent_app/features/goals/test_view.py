"""The room of goals as it is seen and typed into: by keys, every field with a name, nothing cut."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from agent_app.actions.session import DeskSession
from agent_app.features.goals.view import GoalsFeature
from agent_app.store.changes import StoreChanges
from agent_app.ui.accessibility import unnamed
from agent_app.ui.dialogs import Question
from server_sync.domain.commands import Insert
from tests.agent_app.clipping import clipped
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.agent_app.features.goals.test_presenter import STANDS
from tests.agent_app.pictures import settle

pytestmark = pytest.mark.usefixtures("look")


class Page:
    def __init__(self, base: Company, qtbot: QtBot) -> None:
        self.questions: list[Question] = []
        base.put(Insert("goal", STANDS))
        session = DeskSession(base.desk(base.organisation.north_lead), ImmediateWork(), self.tell, TIMEZONE)
        self.feature = GoalsFeature(session, self.ask)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        layout = QHBoxLayout(self.window)
        layout.addWidget(self.feature.listing)
        layout.addWidget(self.feature.widget, 1)
        self.window.resize(1200, 1000)
        self.window.show()

    def tell(self, changes: StoreChanges) -> None:
        self.feature.on_changed(changes)

    def ask(self, question: Question, on_confirmed: Callable[[str], object]) -> None:
        self.questions.append(question)
        on_confirmed("")

    def press(self, action: str) -> None:
        next(one for one in self.feature.shortcuts() if one.action == action).callback()


def test_a_goal_is_opened_with_its_progress_and_every_field_has_a_name(
    company: Company, qtbot: QtBot
) -> None:
    page = Page(company, qtbot)
    page.feature.open(STANDS["id"])
    settle(page.window)
    words = [one.text() for one in page.window.findChildren(QLabel) if one.isVisible()]
    assert "84.00%" in words
    assert "进度 40%，时间已过 50%" in words
    assert (unnamed(page.window), clipped(page.window)) == ([], [])


def test_a_new_goal_is_begun_saved_and_let_be_by_keys(company: Company, qtbot: QtBot) -> None:
    page = Page(company, qtbot)
    page.press("goals.new")
    assert page.feature.presenter.state.stands is None
    page.press("goals.save")
    assert set(page.feature.presenter.state.faults) == {"name", "target"}
    page.feature._room.let_be()
    assert [one.danger for one in page.questions] == [True]
    assert page.feature.presenter.state.unsaved == {}
