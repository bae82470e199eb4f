"""Figures that can be opened: cards, and tables of cells."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from agent_app.ui import accessibility, theme
from agent_app.ui.cell_tables import CellTable
from agent_app.ui.rows import Cell, Column
from agent_app.ui.stat_cards import StatCard
from agent_app.ui.tables import TableModel
from agent_app.ui.tokens import Tone, TypeRole

pytestmark = pytest.mark.usefixtures("look")

ONE, TWO = bytes([1]) * 16, bytes([2]) * 16


@pytest.fixture
def table(qtbot: QtBot) -> CellTable:
    columns: list[Column[int]] = [
        Column("坐席", lambda n: Cell(f"坐席 {n:02}"), 0),
        Column("逾期", lambda n: Cell(str(n)), number=True),
    ]
    model: TableModel[int] = TableModel(lambda wanted: None, columns)
    model.set_ids([ONE, TWO])
    model.put_rows({ONE: 1, TWO: 2})
    shown = CellTable("坐席", model)
    qtbot.addWidget(shown)
    shown.resize(400, 200)
    shown.show()
    return shown


def test_each_cell_is_reached_by_arrow_keys_and_opened_by_enter(table: CellTable) -> None:
    heard: list[object] = []
    table.cell_opened.connect(heard.append)
    table.setCurrentIndex(table.model().index(0, 0))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(table, key)
    assert heard == [(ONE, 0), (TWO, 1)]


def test_a_click_opens_one_cell(table: CellTable) -> None:
    heard: list[object] = []
    table.cell_opened.connect(heard.append)
    point = table.visualRect(table.model().index(1, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert heard == [(TWO, 1)]


def test_the_cell_of_the_keyboard_is_marked(table: CellTable) -> None:
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 1))
    first = table.grab().toImage()
    table.setCurrentIndex(table.model().index(1, 1))
    assert table.grab().toImage() != first


def test_other_titles_come_without_losing_the_cell_that_is_chosen(table: CellTable) -> None:
    model = table.model()
    assert isinstance(model, TableModel)
    table.setCurrentIndex(model.index(1, 1))
    model.set_columns([Column("坐席", lambda n: Cell("")), Column("本周", lambda n: Cell(f"{n}!"))])
    assert model.headerData(1, Qt.Orientation.Horizontal) == "本周"
    assert model.data(model.index(1, 1)) == "2!"
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 1)


def test_a_card_is_opened_by_click_and_by_key_and_speaks_its_figure(qtbot: QtBot) -> None:
    card = StatCard("接通率")
    qtbot.addWidget(card)
    card.show_figure("63%", "接通 320 / 512", Tone.DANGER, aside="n=512", tooltip="接通数 ÷ 外呼数")
    heard: list[bool] = []
    card.clicked.connect(lambda: heard.append(True))
    card.show()
    QTest.keyClick(card, Qt.Key.Key_Return)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    assert heard == [True, True]
    assert card.accessibleName() == "接通率 63% n=512 接通 320 / 512"
    assert accessibility.unnamed(card) == []
    assert card.sizeHint().height() >= 2 * theme.line_height(TypeRole.SMALL)
