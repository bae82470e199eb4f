"""The item models: ids at once, rows when looked at, and a refresh that loses neither the choice nor the place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QPersistentModelIndex, Qt, QTimerEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from agent_app.ui.rows import Cell, Column, TwoLine
from agent_app.ui.tables import (
    BATCH_MARGIN,
    ID_ROLE,
    KEPT_ROWS,
    SHOWN_ROLE,
    WAITED_ROLE,
    Id,
    ListModel,
    TableModel,
)

DISPLAY = Qt.ItemDataRole.DisplayRole


def an_id(number: int) -> Id:
    return number.to_bytes(16, "big")


def ids(*numbers: int) -> list[Id]:
    return [an_id(number) for number in numbers]


def checked(model: QAbstractItemModel) -> QAbstractItemModelTester:
    """Qt's own tester: it warns at each broken rule, and a warning fails the test."""
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)


class Rows:
    """Notes what is asked for."""

    def __init__(self) -> None:
        self.asked: list[list[Id]] = []

    def fetch(self, wanted: Sequence[Id]) -> None:
        self.asked.append(list(wanted))


@pytest.fixture
def rows(qapp: QApplication) -> Rows:
    return Rows()


@pytest.fixture
def model(rows: Rows) -> ListModel[str]:
    return ListModel(rows.fetch, lambda name: TwoLine(name, second="次行"))


def look(model: ListModel[str], *places: int) -> list[Any]:
    seen = [model.data(model.index(place, 0), SHOWN_ROLE) for place in places]
    QApplication.processEvents()
    return seen


def test_the_model_keeps_qts_rules_through_every_change(rows: Rows, model: ListModel[str]) -> None:
    watched = checked(model)
    for wanted in (ids(1, 2, 3, 4), ids(4, 2, 9, 1), ids(), ids(5, 6), ids(6, 5, 7)):
        model.set_ids(wanted)
        assert list(model.ids()) == wanted
    model.put_rows({an_id(6): "六"})
    assert watched.model() is model


def test_rows_looked_at_together_are_asked_for_in_one_batch_with_a_margin(
    rows: Rows, model: ListModel[str]
) -> None:
    model.set_ids(ids(*range(500)))
    assert look(model, 100, 101, 110) == [None, None, None]
    assert rows.asked == [ids(*range(100 - BATCH_MARGIN, 111 + BATCH_MARGIN))]


def test_a_row_is_asked_for_once_however_often_it_is_looked_at(rows: Rows, model: ListModel[str]) -> None:
    model.set_ids(ids(1, 2))
    look(model, 0)
    look(model, 0, 1)
    assert len(rows.asked) == 1


def test_a_row_that_arrives_is_shown_and_spoken(model: ListModel[str]) -> None:
    model.set_ids(ids(1))
    model.put_rows({an_id(1): "客户 A"})
    assert look(model, 0) == [TwoLine("客户 A", second="次行")]
    assert model.data(model.index(0, 0), DISPLAY) == "客户 A · 次行"
    assert model.data(model.index(0, 0), ID_ROLE) == an_id(1)


def test_a_stale_row_stays_on_the_screen_and_is_asked_for_again(rows: Rows, model: ListModel[str]) -> None:
    model.set_ids(ids(1))
    model.put_rows({an_id(1): "旧"})
    model.set_stale(ids(1, 99))
    assert look(model, 0) == [TwoLine("旧", second="次行")]
    assert rows.asked == [ids(1)]
    model.put_rows({an_id(1): "新"})
    look(model, 0)
    assert len(rows.asked) == 1


def test_placeholders_show_only_when_rows_take_long(rows: Rows, model: ListModel[str]) -> None:
    model.set_ids(ids(1, 2))
    look(model, 0)
    first = model.index(0, 0)
    assert not model.data(first, WAITED_ROLE)
    QApplication.sendEvent(model, QTimerEvent(model._patience))
    assert model.data(first, WAITED_ROLE)
    model.put_rows({an_id(1): "客户 A", an_id(2): "客户 B"})
    assert not model.data(first, WAITED_ROLE)


def test_rows_of_ids_that_are_gone_are_passed_over(model: ListModel[str]) -> None:
    model.set_ids(ids(1))
    model.put_rows({an_id(2): "不在"})
    assert model.row(an_id(2)) is None


def test_persistent_places_follow_their_ids(model: ListModel[str]) -> None:
    model.set_ids(ids(1, 2, 3, 4))
    kept, going = QPersistentModelIndex(model.index(2, 0)), QPersistentModelIndex(model.index(0, 0))
    model.set_ids(ids(8, 4, 3, 9, 2))
    assert kept.isValid()
    assert model.id_at(kept.row()) == an_id(3)
    assert not going.isValid()


def test_the_same_id_twice_is_one_row(model: ListModel[str]) -> None:
    model.set_ids(ids(1, 2, 1))
    assert list(model.ids()) == ids(1, 2)


def test_no_more_rows_are_kept_than_needed(model: ListModel[str]) -> None:
    many = ids(*range(KEPT_ROWS + 500))
    model.set_ids(many)
    model.put_rows(dict.fromkeys(many, "行"))
    held = [row_id for row_id in many if model.row(row_id) is not None]
    assert len(held) == KEPT_ROWS
    assert held[-1] == many[-1]


def test_a_table_shows_each_column_its_own_way(rows: Rows) -> None:
    columns: list[Column[int]] = [
        Column("坐席", lambda n: Cell(f"坐席 {n:02}", tooltip="全名")),
        Column("完成率", lambda n: Cell(f"{n}%"), number=True),
    ]
    model: TableModel[int] = TableModel(rows.fetch, columns)
    watched = checked(model)
    model.set_ids(ids(1))
    model.put_rows({an_id(1): 86})
    cells = [model.data(model.index(0, column), DISPLAY) for column in range(2)]
    assert cells == ["坐席 86", "86%"]
    assert model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole) == "全名"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "完成率"
    side = model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
    assert watched.model() is model
    assert side & Qt.AlignmentFlag.AlignRight
