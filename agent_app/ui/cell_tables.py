"""A table whose single cells are chosen and opened: every figure in it leads somewhere; rows as a whole do not."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from agent_app.ui import painting
from agent_app.ui.delegates import CellDelegate, Index
from agent_app.ui.row_views import RowTable
from agent_app.ui.tables import TableModel
from agent_app.ui.tokens import SIZES


class _Delegate(CellDelegate):
    """A cell with the ring of the keyboard around it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painting.focus_ring(painter, QRectF(option.rect).adjusted(1, 1, -1, -2), SIZES.radius_small)


class CellTable(RowTable):
    """Arrow keys walk from cell to cell. Signal: ``cell_opened((row id, column))`` by Enter or click."""

    cell_opened = Signal(object)

    def __init__(self, name: str, model: TableModel[Any], parent: QWidget | None = None) -> None:
        super().__init__(name, model, parent=parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setItemDelegate(_Delegate(self))
        self.clicked.connect(self._on_clicked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and index.isValid():
            self._on_clicked(index)
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.indexAt(event.position().toPoint()).isValid()
        pointing = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(pointing)
        super().mouseMoveEvent(event)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.cell_opened.emit((self._rows.id_at(index.row()), index.column()))
