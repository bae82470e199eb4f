"""The list and the table on screen: choosing by id, opening, and a refresh that moves nothing under the eye."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent_app.ui import theme
from agent_app.ui.row_views import RowList, RowTable
from agent_app.ui.rows import Cell, Column, TwoLine
from agent_app.ui.tables import Id, ListModel, TableModel

pytestmark = pytest.mark.usefixtures("look")


def an_id(number: int) -> Id:
    return number.to_bytes(16, "big")


def ids(*numbers: int) -> list[Id]:
    return [an_id(number) for number in numbers]


@pytest.fixture
def model(qapp: QApplication) -> ListModel[str]:
    return ListModel(lambda wanted: None, TwoLine)


@pytest.fixture
def view(qtbot: QtBot, model: ListModel[str]) -> RowList:
    shown = RowList("待回访", model)
    qtbot.addWidget(shown)
    model.set_ids(ids(*range(100)))
    shown.resize(340, 10 * theme.two_line_row_height())
    shown.show()
    QApplication.processEvents()
    return shown


def chosen_by(view: RowList) -> list[object]:
    heard: list[object] = []
    view.row_chosen.connect(heard.append)
    return heard


def test_arrow_keys_choose_and_enter_opens(qtbot: QtBot, view: RowList) -> None:
    heard, opened = chosen_by(view), list[object]()
    view.row_opened.connect(opened.append)
    view.choose(an_id(3))
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert heard == [an_id(4)]
    assert opened == [an_id(4)]


def test_choosing_from_a_state_sends_no_signal(view: RowList) -> None:
    heard = chosen_by(view)
    view.choose(an_id(5))
    view.choose(None)
    assert heard == []
    assert view.chosen() is None


def test_the_choice_follows_its_id_through_a_refresh(view: RowList, model: ListModel[str]) -> None:
    view.choose(an_id(5))
    heard = chosen_by(view)
    model.set_ids(ids(200, 5, *range(50)))
    assert view.chosen() == an_id(5)
    assert heard == []


def test_when_the_chosen_row_goes_nothing_else_becomes_chosen(view: RowList, model: ListModel[str]) -> None:
    view.choose(an_id(5))
    heard = chosen_by(view)
    model.set_ids(ids(*range(6, 100)))
    assert heard == [None]
    assert view.chosen() is None


def test_the_rows_in_sight_stay_where_they_are(view: RowList, model: ListModel[str]) -> None:
    height = theme.two_line_row_height()
    view.verticalScrollBar().setValue(20 * height + 7)
    model.set_ids(ids(*range(200, 203), *range(100)))
    assert view.verticalScrollBar().value() == 23 * height + 7


def test_a_list_at_its_top_stays_at_its_top(view: RowList, model: ListModel[str]) -> None:
    model.set_ids(ids(200, *range(100)))
    assert view.verticalScrollBar().value() == 0


def test_rows_have_one_height(view: RowList) -> None:
    assert {view.visualRect(view.model().index(place, 0)).height() for place in range(5)} == {
        theme.two_line_row_height()
    }


@pytest.fixture
def table_model(qapp: QApplication) -> TableModel[str]:
    columns: list[Column[str]] = [Column("坐席", Cell, 0), Column("逾期", Cell, number=True)]
    return TableModel(lambda wanted: None, columns)


@pytest.fixture
def table(qtbot: QtBot, table_model: TableModel[str]) -> RowTable:
    shown = RowTable("坐席", table_model, several=True)
    qtbot.addWidget(shown)
    table_model.set_ids(ids(1, 2, 3, 4, 5, 6))
    shown.resize(400, 300)
    shown.show()
    return shown


def choose(table: RowTable, *places: int) -> None:
    flags = QItemSelectionModel.SelectionFlag
    table.setCurrentIndex(table.model().index(places[0], 0))
    for place in places[1:]:
        table.selectionModel().select(table.model().index(place, 0), flags.Select | flags.Rows)


def test_a_table_tells_all_chosen_rows_and_asks_to_be_sorted(table: RowTable) -> None:
    chosen: list[object] = []
    sorts: list[object] = []
    table.rows_chosen.connect(chosen.append)
    table.sort_wanted.connect(sorts.append)
    table.selectAll()
    table.horizontalHeader().sectionClicked.emit(1)
    table.horizontalHeader().sectionClicked.emit(1)
    assert chosen[-1] == tuple(ids(1, 2, 3, 4, 5, 6))
    assert sorts == [(1, False), (1, True)]


def test_keys_sort_by_the_columns_that_can_be_sorted_by(qtbot: QtBot) -> None:
    plain: Column[str] = Column("备注", Cell, sortable=False)
    model = TableModel(lambda wanted: None, [Column("坐席", Cell), plain, Column("逾期", Cell)])
    table, sorts = RowTable("坐席", model), list[object]()
    qtbot.addWidget(table)
    table.sort_wanted.connect(sorts.append)
    Key, alt = Qt.Key, Qt.KeyboardModifier.AltModifier
    for key in (Key.Key_Up, Key.Key_Right, Key.Key_Right, Key.Key_Down, Key.Key_Right, Key.Key_Left):
        QTest.keyClick(table, key, alt)
    table.horizontalHeader().sectionClicked.emit(1)
    assert sorts == [(0, False), (2, False), (2, True), (0, False)]


def test_many_chosen_rows_follow_their_ids_through_a_refresh(
    table: RowTable, table_model: TableModel[str]
) -> None:
    choose(table, 1, 2, 4)
    heard: list[object] = []
    table.rows_chosen.connect(heard.append)
    table_model.set_ids(ids(6, 5, 9, 4, 3, 2, 1))
    assert table.chosen() == tuple(ids(5, 3, 2))
    assert heard == []


def test_of_many_chosen_rows_only_those_that_go_are_no_longer_chosen(
    table: RowTable, table_model: TableModel[str]
) -> None:
    choose(table, 1, 2, 4)
    heard: list[object] = []
    table.rows_chosen.connect(heard.append)
    table_model.set_ids(ids(1, 3, 4, 5, 6))
    assert table.chosen() == tuple(ids(3, 5))
    assert heard == [tuple(ids(3, 5))]
    table_model.set_ids(ids(1, 4, 6))
    assert table.chosen() == ()


def test_the_head_says_by_what_the_table_is_sorted(table: RowTable) -> None:
    before = table.horizontalHeader().grab().toImage()
    table.horizontalHeader().sectionClicked.emit(1)
    ascending = table.horizontalHeader().grab().toImage()
    table.horizontalHeader().sectionClicked.emit(1)
    descending = table.horizontalHeader().grab().toImage()
    assert before != ascending != descending != before


class LayoutsCounted(RowList):
    """Counts how often every row is laid out."""

    layouts = 0

    def doItemsLayout(self) -> None:
        self.layouts += 1
        super().doItemsLayout()


def test_rows_that_arrive_are_painted_without_laying_out_the_others(
    qtbot: QtBot, model: ListModel[str]
) -> None:
    shown = LayoutsCounted("待回访", model)
    qtbot.addWidget(shown)
    model.set_ids(ids(*range(100)))
    shown.resize(340, 10 * theme.two_line_row_height())
    shown.show()
    QApplication.processEvents()
    before, blank = shown.layouts, shown.grab().toImage()
    model.put_rows({an_id(3): "客户 3"})
    QTest.qWait(20)
    assert shown.grab().toImage() != blank
    assert shown.layouts == before
