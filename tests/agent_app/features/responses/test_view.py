"""The responses room as it is seen: the columns of the version, one response at the side, an export by keys."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTableView
from pytestqt.qtbot import QtBot

from agent_app.features.responses.model import MOST_COLUMNS, flag_words, response_columns
from agent_app.features.responses.state import Span
from agent_app.features.responses.view import ResponsesFeature
from agent_app.features.responses.view.export import ExportCard
from agent_app.ports import Route
from agent_app.store.queries.response_list import Answer, Order
from agent_app.ui.accessibility import unnamed
from agent_app.ui.buttons import Button
from agent_app.ui.day_field import DayField
from agent_app.ui.row_views import RowTable
from server_sync.domain.commands import Actor
from server_sync.domain.forms.tabulation import AnswerColumn, AnswerTable
from server_sync.domain.model import ResponseFlag
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.agent_app.features.responses.answered import Answered
from tests.server_sync.organisation import NOW

pytestmark = pytest.mark.usefixtures("look")


class Dialogs:
    """`FileDialogs` that put every file into one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def choose(self, title: str, kinds: str, on_chosen: Callable[[Sequence[Path]], object]) -> None:
        """Nothing is read in this room."""

    def save_as(self, title: str, name: str, on_chosen: Callable[[Path], object]) -> None:
        on_chosen(self._folder / name)


class Page:
    def __init__(self, company: Company, qtbot: QtBot, folder: Path) -> None:
        self.answered = Answered(company)
        self.routes: list[Route] = []
        self.first = self.answered.add(csat=5, flags=["speeding"])
        session = company.session(self.answered.lead, ImmediateWork())
        self.feature = ResponsesFeature(session, self.routes.append)
        self.feature.table.file_dialogs = Dialogs(folder)
        self.widget = self.feature.table.widget
        for one in (self.feature.filters, self.widget, self.feature.reading.widget):
            qtbot.addWidget(one)
            one.resize(900, 700)
            one.show()

    def press(self, action: str) -> None:
        next(one for one in self.feature.table.shortcuts() if one.action == action).callback()

    def said_at_the_side(self) -> list[str]:
        side = self.feature.reading.widget
        return [label.text() for label in side.findChildren(QLabel)]


@pytest.fixture
def page(company: Company, qtbot: QtBot, tmp_path: Path) -> Page:
    return Page(company, qtbot, tmp_path)


def test_a_row_shows_who_when_and_the_answers_in_the_forms_words(page: Page, qtbot: QtBot) -> None:
    [table] = page.widget.findChildren(QTableView)
    model = table.model()
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    assert heads[-5:] == ["方便现在回访吗?", "喜欢哪些颜色?", "您的年龄?", "您还有什么意见?", "家庭成员"]

    def told() -> bool:
        words = [str(model.data(model.index(0, at))) for at in range(model.columnCount())]
        return words[-5:] == ["方便", "红、绿", "41", "送货师傅很有礼貌,安装也快", "2"]

    model.data(model.index(0, 0))
    qtbot.waitUntil(told)


def test_one_response_is_read_at_the_side_and_leads_to_its_task(page: Page) -> None:
    page.feature.table.presenter.on_response_chosen(page.first)
    said = page.said_at_the_side()
    assert "红、绿" in said
    assert "家庭成员 2" in said
    assert "00:17" in said
    [button] = [one for one in page.feature.reading.widget.findChildren(Button) if one.text() == "打开任务"]
    button.click()
    assert [route.place for route in page.routes] == ["task"]


def test_ones_own_period_is_asked_for_only_where_it_was_chosen(page: Page) -> None:
    filters, table = page.feature.filters, page.feature.table
    days = filters.findChildren(DayField)
    assert not any(one.isVisible() for one in days)
    table.presenter.on_filtered(replace(table.presenter.state.filters, span=Span.OWN))
    assert all(one.isVisible() for one in days)
    since, until = days
    since.day_given.emit(date(2026, 10, 2))
    assert not table.presenter.state.ids
    until.day_given.emit(date(2026, 9, 30))
    assert [one.text() for one in until.findChildren(QLabel)][-1] == "结束日期早于开始日期"
    since.day_given.emit(None)
    until.day_given.emit(None)
    assert table.presenter.state.ids == (page.first,)


def test_the_table_is_sorted_by_keys_and_says_by_what(page: Page) -> None:
    [table] = page.widget.findChildren(RowTable)
    head, alt = table.horizontalHeader(), Qt.KeyboardModifier.AltModifier
    down, up = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
    assert (head.sortIndicatorSection(), head.sortIndicatorOrder()) == (0, down)
    for _ in range(8):
        QTest.keyClick(table, Qt.Key.Key_Right, alt)
    assert page.feature.table.presenter.state.order == Order(Answer("/data/age", numeric=True), False)
    assert (head.sortIndicatorSection(), head.sortIndicatorOrder()) == (9, up)
    QTest.keyClick(table, Qt.Key.Key_Down, alt)
    assert (head.sortIndicatorSection(), head.sortIndicatorOrder()) == (9, down)


def test_a_correction_is_offered_to_whom_may_correct(page: Page, qtbot: QtBot) -> None:
    def offered(actor: Actor) -> bool:
        feature = ResponsesFeature(page.answered.company.session(actor, ImmediateWork()), page.routes.append)
        qtbot.addWidget(feature.reading.widget)
        feature.table.presenter.on_response_chosen(page.first)
        return any(one.text() == "更正" for one in feature.reading.widget.findChildren(Button))

    organisation = page.answered.company.organisation
    assert offered(organisation.north_lead)
    assert offered(organisation.administrator)
    assert not offered(organisation.south_lead)


def test_an_export_is_asked_for_by_keys(page: Page, tmp_path: Path) -> None:
    page.press("responses.export")
    [card] = page.widget.findChildren(ExportCard)
    assert card.isVisible()
    page.press("responses.back")
    assert not card.isVisible()
    page.press("responses.export")
    [save] = [one for one in card.findChildren(Button) if one.text() == "选择保存位置"]
    save.click()
    assert page.feature.table.presenter.state.exported == "关怀回访 2026-10-01.xlsx"
    assert (tmp_path / "关怀回访 2026-10-01.xlsx").stat().st_size > 1_000


def test_everything_that_takes_the_keyboard_has_a_name(page: Page) -> None:
    page.feature.table.presenter.on_response_chosen(page.first)
    for one in (page.feature.filters, page.widget, page.feature.reading.widget):
        assert unnamed(one) == []


@pytest.mark.parametrize("flag", list(ResponseFlag))
def test_every_flag_has_words(flag: ResponseFlag) -> None:
    assert flag_words(flag) != flag.value


def test_a_form_of_thousands_of_questions_has_a_bounded_number_of_columns() -> None:
    asked = tuple(AnswerColumn(f"/data/q{at}", f"q{at}", "", None) for at in range(2_000))
    columns = response_columns((AnswerTable("", "", "", asked),), NOW, TIMEZONE)
    assert len(columns) < MOST_COLUMNS + 20
