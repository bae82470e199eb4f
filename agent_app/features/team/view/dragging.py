"""Chosen tasks drawn by the mouse out of the list onto somebody; what follows is the presenter's business."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt
from PySide6.QtGui import QDrag, QDragMoveEvent, QDropEvent, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from agent_app.ui import painting, theme
from agent_app.ui.i18n import translate
from agent_app.ui.row_views import RowList, RowTable
from agent_app.ui.tables import Id, ListModel
from agent_app.ui.tokens import TypeRole

TASKS = "application/x-huifang-tasks"
ID_BYTES = 16


class RowDrag(QObject):
    """The rows that are chosen in a table can be drawn. A press on a chosen row keeps the choice until it is clear that
    nothing is drawn."""

    def __init__(self, table: RowTable) -> None:
        super().__init__(table)
        self._table = table
        self._pressed: QPoint | None = None
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        at = event.position().toPoint()
        match event.type():
            case QEvent.Type.MouseButtonPress:
                return self._press(event, at)
            case QEvent.Type.MouseMove if self._pressed is not None:
                if (at - self._pressed).manhattanLength() >= QApplication.startDragDistance():
                    self._pressed = None
                    self._draw(self._table.chosen())
                return True
            case QEvent.Type.MouseButtonRelease if self._pressed is not None:
                self._pressed = None
                self._table.selectRow(self._table.indexAt(at).row())
                return True
        return False

    def _press(self, event: QMouseEvent, at: QPoint) -> bool:
        index = self._table.indexAt(at)
        chosen = index.isValid() and self._table.selectionModel().isRowSelected(index.row())
        plain = event.button() is Qt.MouseButton.LeftButton and not event.modifiers()
        self._pressed = at if plain and chosen else None
        return self._pressed is not None

    def _draw(self, ids: Sequence[bytes]) -> None:
        drag = QDrag(self._table)
        drag.setMimeData(carrying(ids))
        drag.setPixmap(_picture(translate("Team", "%n task(s)", len(ids))))
        drag.exec(Qt.DropAction.MoveAction)


class RowDrop(QObject):
    """Tasks can be laid onto the rows of a list that are somebody (`is_person`); `dropped(ids, person id)`."""

    def __init__(
        self,
        rows: RowList,
        model: ListModel[Any],
        is_person: Callable[[Id], bool],
        dropped: Callable[[Sequence[bytes], bytes], object],
    ) -> None:
        super().__init__(rows)
        self._rows = rows
        self._model = model
        self._is_person = is_person
        self._dropped = dropped
        rows.viewport().setAcceptDrops(True)
        rows.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # QDropEvent is the base of those that say where one is with it.
        if not isinstance(event, QDropEvent) or not event.mimeData().hasFormat(TASKS):
            return False
        person = self._person_at(event.position().toPoint())
        if event.type() is QEvent.Type.Drop:
            if person is not None:
                event.acceptProposedAction()
                self._dropped(carried(event.mimeData()), person)
            return True
        if event.type() is QEvent.Type.DragEnter or person is not None:
            event.acceptProposedAction()
        elif isinstance(event, QDragMoveEvent):
            event.ignore()
        return True

    def _person_at(self, at: QPoint) -> bytes | None:
        index = self._rows.indexAt(at)
        row_id = self._model.id_at(index.row()) if index.isValid() else None
        return row_id if row_id is not None and self._is_person(row_id) else None


def carrying(ids: Sequence[bytes]) -> QMimeData:
    """Tasks under way."""
    data = QMimeData()
    data.setData(TASKS, b"".join(ids))
    return data


def carried(data: QMimeData) -> tuple[bytes, ...]:
    """The tasks that are under way."""
    held = bytes(data.data(TASKS).data())
    return tuple(held[place : place + ID_BYTES] for place in range(0, len(held), ID_BYTES))


def _picture(words: str) -> QPixmap:
    """What hangs at the pointer."""
    font = theme.font(TypeRole.BODY)
    probe = QPixmap(1, 1)
    painter = QPainter(probe)
    painter.setFont(font)
    width = painter.fontMetrics().horizontalAdvance(words) + 24
    height = painter.fontMetrics().height() + 12
    painter.end()
    picture = QPixmap(width, height)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    colours = theme.colours()
    rect = picture.rect().toRectF()
    painting.box(painter, rect, fill=colours.surface, line=colours.accent)
    painter.setFont(font)
    painter.setPen(theme.color(colours.text))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    return picture
