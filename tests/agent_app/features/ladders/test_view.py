"""The room of ladders as it is seen and typed into: by keys, every field with a name, nothing cut."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from agent_app.actions.session import DeskSession
from agent_app.features.ladders.view import LaddersFeature
from agent_app.features.ladders.view.steps import StepPart
from agent_app.features.ladders.view.words import step_words
from agent_app.store.changes import StoreChanges
from agent_app.ui.accessibility import unnamed
from agent_app.ui.choices import ChoiceRow
from agent_app.ui.dialogs import Question
from agent_app.ui.value_editors import ValuePicker
from server_sync.domain.commands import Insert
from tests.agent_app.clipping import clipped
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.agent_app.features.ladders.test_presenter import STANDS
from tests.agent_app.pictures import settle

pytestmark = pytest.mark.usefixtures("look")


class Page:
    def __init__(self, base: Company, qtbot: QtBot) -> None:
        base.put(Insert("escalation_policy", STANDS))
        session = DeskSession(
            base.desk(base.organisation.administrator), ImmediateWork(), self.tell, TIMEZONE
        )
        self.feature = LaddersFeature(session, self.ask)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        layout = QHBoxLayout(self.window)
        layout.addWidget(self.feature.listing)
        layout.addWidget(self.feature.widget, 1)
        self.window.resize(1200, 1600)
        self.window.show()
        self.feature.open(STANDS["id"])
        settle(self.window)

    def tell(self, changes: StoreChanges) -> None:
        self.feature.on_changed(changes)

    def ask(self, question: Question, on_confirmed: Callable[[str], object]) -> None:
        on_confirmed("")

    def press(self, action: str) -> None:
        next(one for one in self.feature.shortcuts() if one.action == action).callback()
        settle(self.window)

    def words(self) -> list[str]:
        return [one.text() for one in self.window.findChildren(QLabel) if one.isVisible()]


@pytest.fixture
def page(company: Company, qtbot: QtBot) -> Page:
    return Page(company, qtbot)


def test_every_field_has_a_name_and_nothing_is_cut_with_a_task_tried_out(page: Page) -> None:
    page.press("ladders.try")
    assert len([words for words in page.words() if words.startswith("2026-10-01 ")]) == 2
    assert (unnamed(page.window), clipped(page.window)) == ([], [])


def test_means_are_ticked_by_a_press_and_say_to_whom_they_go(page: Page) -> None:
    part = page.window.findChildren(StepPart)[0]
    (means,) = part.findChildren(ChoiceRow)
    means.press(2)
    settle(page.window)
    written = page.feature.presenter.state.written
    assert written is not None
    assert written["steps"][0]["means"] == ["popup", "sms"]
    assert "发给任务的负责坐席" in " ".join(one.text() for one in part.findChildren(QLabel))
    page.press("ladders.save")
    assert page.feature.presenter.state.saved


def test_a_step_more_is_a_step_more_on_the_screen(page: Page) -> None:
    page.feature.presenter.on_step_added()
    settle(page.window)
    assert len(page.window.findChildren(StepPart)) == 3


def test_a_step_is_made_one_before_the_due_time_by_its_picker_and_says_so(page: Page) -> None:
    part = page.window.findChildren(StepPart)[0]
    basis = next(one for one in part.findChildren(ValuePicker) if one.currentText() == "从创建起算")
    place = basis.findText("从截止倒推")
    basis.setCurrentIndex(place)
    basis.activated.emit(place)
    settle(page.window)
    written = page.feature.presenter.state.written
    assert written is not None
    assert written["steps"][0]["before"] == {"amount": 2, "unit": "working_hours"}
    assert basis.currentText() == "从截止倒推"
    assert step_words(written["steps"][0]) == "截止前 2 工时：弹窗"
    page.press("ladders.try")
    assert any("从截止时间倒推" in words for words in page.words())
    page.press("ladders.save")
    assert page.feature.presenter.state.saved
    assert (unnamed(page.window), clipped(page.window)) == ([], [])
