"""Lines are dragged in the view itself: a press and a pull begin it with the line beneath the mouse, and where it is
let go says into which group and at which place it comes. (Between the two stands the platform's own loop, which there
is none of without a screen.)"""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from agent_app.ui.conditions.builder import ConditionBuilder
from agent_app.ui.conditions.listing import LinesView
from agent_app.ui.conditions.model import LinesModel
from tests.agent_app.ui.conditions.trees import SILENT, TWICE, VIP, group

pytestmark = pytest.mark.usefixtures("look")
LEFT, NONE, MOVE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.MoveAction
BEFORE = group(VIP, group(TWICE, any_of=True), SILENT)


class Lines:
    def __init__(self, qtbot: QtBot) -> None:
        self.builder = ConditionBuilder(lambda: date(2026, 11, 22), lambda: ZoneInfo("Asia/Shanghai"))
        qtbot.addWidget(self.builder)
        self.builder.resize(860, 640)
        with qtbot.waitExposed(self.builder):
            self.builder.show()
        self.builder.open(BEFORE)
        (self.view,) = self.builder.findChildren(LinesView)
        model = self.view.model()
        assert isinstance(model, LinesModel)
        self.model = model

    def at(self, *path: int) -> QModelIndex:
        index = self.model.index(0, 0)
        for place in path:
            index = self.model.index(place, 0, index)
        return index

    def spot(self, path: tuple[int, ...], part: float) -> QPoint:
        """A point within a line: 0 at its upper edge, 1 at its lower."""
        rect = self.view.visualRect(self.at(*path))
        return QPoint(rect.center().x(), rect.top() + round(part * (rect.height() - 1)))

    def let_go(self, line: tuple[int, ...], where: QPoint) -> bool:
        """As the platform does it while the mouse is over the view; whether the view would have it there."""
        self.view.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)  # events of no drag have no source
        data = self.model.mimeData([self.at(*line)])
        port = self.view.viewport()
        QCoreApplication.sendEvent(port, QDragEnterEvent(where, MOVE, data, LEFT, NONE))
        over = QDragMoveEvent(where, MOVE, data, LEFT, NONE)
        QCoreApplication.sendEvent(port, over)
        QCoreApplication.sendEvent(port, QDropEvent(QPointF(where), MOVE, data, LEFT, NONE))
        return over.isAccepted()


@pytest.fixture
def lines(qtbot: QtBot) -> Lines:
    return Lines(qtbot)


@pytest.mark.parametrize(
    ("line", "over", "part", "after"),
    [
        ((0,), (1,), 0.5, group(group(TWICE, VIP, any_of=True), SILENT)),
        ((0,), (1, 0), 0.0, group(group(VIP, TWICE, any_of=True), SILENT)),
        ((2,), (1, 0), 1.0, group(VIP, group(TWICE, SILENT, any_of=True))),
        ((1, 0), (0,), 0.0, group(TWICE, VIP, SILENT)),
        ((2,), (0,), 0.0, group(SILENT, VIP, group(TWICE, any_of=True))),
        ((1,), (0,), 0.0, group(group(TWICE, any_of=True), VIP, SILENT)),
    ],
)
def test_a_line_comes_to_where_the_mouse_lets_it_go(
    lines: Lines, line: tuple[int, ...], over: tuple[int, ...], part: float, after: dict[str, Any]
) -> None:
    assert lines.let_go(line, lines.spot(over, part))
    assert lines.builder.tree() == after


def test_upon_a_rule_is_beside_it(lines: Lines) -> None:
    assert lines.let_go((0,), lines.spot((2,), 0.7))
    assert lines.builder.tree() == group(group(TWICE, any_of=True), SILENT, VIP)


def test_a_group_is_not_let_go_within_itself(lines: Lines) -> None:
    lines.let_go((1,), lines.spot((1, 0), 0.0))
    assert lines.builder.tree() == BEFORE


def test_a_press_and_a_pull_begin_the_drag_of_the_line_beneath_the_mouse(
    lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    of_model = LinesModel.mimeData

    def noted(model: LinesModel, indexes: list[QModelIndex]) -> QMimeData:
        begun.extend(str(index.data()) for index in indexes)
        return of_model(model, indexes)

    monkeypatch.setattr(LinesModel, "mimeData", noted)
    window, port = lines.builder.windowHandle(), lines.view.viewport()
    start = port.mapTo(lines.builder, lines.spot((2,), 0.5))
    QTest.mousePress(window, LEFT, NONE, start)
    for pulled in (4, 16, 32):
        QTest.mouseMove(window, start - QPoint(0, pulled))
        QCoreApplication.processEvents()
    QTest.mouseRelease(window, LEFT, NONE, start)
    assert begun == [str(lines.at(2).data())]


def test_the_whole_is_not_pulled_anywhere(lines: Lines, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[object] = []
    monkeypatch.setattr(LinesModel, "mimeData", lambda _, indexes: begun.extend(indexes))
    window, port = lines.builder.windowHandle(), lines.view.viewport()
    start = port.mapTo(lines.builder, lines.spot((), 0.5))
    QTest.mousePress(window, LEFT, NONE, start)
    for pulled in (4, 16, 32):
        QTest.mouseMove(window, start + QPoint(0, pulled))
        QCoreApplication.processEvents()
    QTest.mouseRelease(window, LEFT, NONE, start)
    assert begun == []
    assert lines.builder.tree() == BEFORE
