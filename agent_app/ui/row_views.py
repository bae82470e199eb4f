"""The two views over window models: ``RowList`` (two-line rows) and ``RowTable``. Both choose by id and keep
the scroll position.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QObject,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QListView, QTableView, QWidget

from agent_app.ui import theme
from agent_app.ui.delegates import CellDelegate, TwoLineDelegate
from agent_app.ui.i18n import translate
from agent_app.ui.table_headers import TableHeader
from agent_app.ui.tables import Id, Index, ListModel, TableModel, WindowModel

_SORT_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class _Anchor(QObject):
    """Holds the topmost visible row still while rows come, go and move; a list at its very top stays at the top.

    The current row that goes stops being current first, so that nothing else becomes chosen by itself; what else
    is chosen stays so.
    """

    def __init__(self, view: QAbstractItemView, model: WindowModel[Any], row_height: int) -> None:
        super().__init__(view)
        self._view, self._model, self._row_height = view, model, row_height
        self._top: Id | None = None
        self._offset = 0
        model.ids_changing.connect(self._on_ids_changing)
        model.ids_changed.connect(self._on_ids_changed)

    @Slot(object)
    def _on_ids_changing(self, going: frozenset[Id]) -> None:
        value = self._view.verticalScrollBar().value()
        place, self._offset = divmod(value, self._row_height)
        ids = self._model.ids()
        staying = (row_id for row_id in ids[place : place + 50] if row_id not in going)
        self._top = next(staying, None) if value else None
        current = self._view.currentIndex()
        if current.isValid() and ids[current.row()] in going:
            self._view.selectionModel().clearCurrentIndex()

    @Slot()
    def _on_ids_changed(self) -> None:
        place = self._model.place_of(self._top) if self._top is not None else None
        if place is not None:
            self._view.doItemsLayout()
            self._view.verticalScrollBar().setValue(place * self._row_height + self._offset)


class RowList(QListView):
    """A list of two-line rows. Signals: ``row_chosen(id or None)`` by mouse or arrow keys, ``row_opened(id)``
    by Enter or double click. ``choose`` shows a row as chosen without a signal."""

    row_chosen = Signal(object)
    row_opened = Signal(object)

    def __init__(self, name: str, model: ListModel[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._quiet = False
        self.setAccessibleName(name)
        self.setItemDelegate(TwoLineDelegate(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        self.setModel(model)
        self.verticalScrollBar().setSingleStep(theme.two_line_row_height() // 2)
        self._anchor = _Anchor(self, model, theme.two_line_row_height())
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.doubleClicked.connect(self._on_double_clicked)

    def chosen(self) -> Id | None:
        """The chosen row's id."""
        index = self.currentIndex()
        return self._rows.id_at(index.row()) if index.isValid() else None

    def choose(self, row_id: Id | None) -> None:
        """Show this row as chosen, scrolled into sight; None: no row. Sends no signal."""
        index = self.currentIndex()
        # A list that got the keyboard has a current row that nobody chose yet.
        if row_id == self.chosen() and (row_id is None or self.selectionModel().isSelected(index)):
            return
        self._quiet = True
        place = self._rows.place_of(row_id) if row_id is not None else None
        if place is None:
            self.selectionModel().clear()
        else:
            self.setCurrentIndex(self._rows.index(place, 0))
        self._quiet = False

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Every row has one height: QListView would lay out all 50,000 anew (0.4 s) because one says something else."""
        QAbstractItemView.dataChanged(self, first, last, list(roles))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = self.chosen()
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers()
            and chosen is not None
        ):
            self.row_opened.emit(chosen)
            return
        super().keyPressEvent(event)

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        if not self._quiet:
            self.row_chosen.emit(self._rows.id_at(current.row()) if current.isValid() else None)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.row_opened.emit(self._rows.id_at(index.row()))


class RowTable(QTableView):
    """A table whose rows are chosen whole, several at once if ``several``. Signals: ``rows_chosen(tuple of ids)``,
    ``row_opened(id)``, ``sort_wanted((column, descending))`` when a header is pressed, or another column is taken by
    Alt+← and Alt+→ or the order turned by Alt+↑ and Alt+↓: sorting is the query's work."""

    rows_chosen = Signal(object)
    row_opened = Signal(object)
    sort_wanted = Signal(object)

    def __init__(
        self, name: str, model: TableModel[Any], *, several: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = model
        self._sorted: tuple[int, bool] | None = None
        self._kept: frozenset[Id] | None = None
        self.setAccessibleName(name)
        self.setItemDelegate(CellDelegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setModel(model)
        self._shape()
        self._anchor = _Anchor(self, model, theme.row_height())
        if several:
            model.ids_changing.connect(self._on_ids_changing)
            model.ids_changed.connect(self._on_ids_changed)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.doubleClicked.connect(self._on_double_clicked)

    def _shape(self) -> None:
        rows, columns = self.verticalHeader(), TableHeader(self)
        self.setHorizontalHeader(columns)
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(theme.row_height())
        rows.setDefaultSectionSize(theme.row_height())
        columns.sectionClicked.connect(self._on_header_clicked)
        if any(one.sortable for one in self._rows.columns):
            columns.setToolTip(
                translate("Table", "Sort: press a head, or Alt+← → for the column, Alt+↑ ↓ for the order")
            )
        for place, column in enumerate(self._rows.columns):
            if column.width:
                self.setColumnWidth(place, column.width)
            else:
                columns.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)

    def chosen(self) -> tuple[Id, ...]:
        """Ids of the chosen rows, in the table's order."""
        ranges = self.selectionModel().selection().toList()
        places = {place for one in ranges for place in range(one.top(), one.bottom() + 1)}
        return tuple(self._rows.id_at(place) for place in sorted(places))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and index.isValid():
            self.row_opened.emit(self._rows.id_at(index.row()))
            return
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.AltModifier and event.key() in _SORT_KEYS:
            self._sort_by_key(Qt.Key(event.key()))
            return
        super().keyPressEvent(event)

    def show_sorted(self, column: int, *, descending: bool) -> None:
        """Show in the head by what the rows are sorted."""
        self._sorted = (column, descending)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicatorShown(True)
        self.horizontalHeader().setSortIndicator(column, order)

    def _sort_by_key(self, key: Qt.Key) -> None:
        column = -1 if self._sorted is None else self._sorted[0]
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            if column >= 0:
                self._sort(column, descending=key == Qt.Key.Key_Down)
            return
        step = 1 if key == Qt.Key.Key_Right else -1
        place = column + step
        while 0 <= place < len(self._rows.columns):
            if self._rows.columns[place].sortable and not self.isColumnHidden(place):
                self._sort(place, descending=False)
                row = max(self.currentIndex().row(), self.rowAt(0), 0)
                self.scrollTo(self._rows.index(row, place))
                return
            place += step

    def _sort(self, column: int, *, descending: bool) -> None:
        self.show_sorted(column, descending=descending)
        self.sort_wanted.emit((column, descending))

    @Slot(object)
    def _on_ids_changing(self, going: frozenset[Id]) -> None:
        """Qt would follow every chosen cell on its own through a new order: seconds for 50,000 rows."""
        chosen = self.chosen()
        if len(chosen) > 1:
            self._kept = frozenset(chosen)
            self.clearSelection()

    @Slot()
    def _on_ids_changed(self) -> None:
        if self._kept is None:
            return
        kept, last = self._kept, self._rows.columnCount() - 1
        places = sorted(place for i in kept if (place := self._rows.place_of(i)) is not None)
        again = QItemSelection()
        begin = 0
        for n, place in enumerate(places):
            if n + 1 == len(places) or places[n + 1] != place + 1:
                again.append(
                    QItemSelectionRange(self._rows.index(places[begin], 0), self._rows.index(place, last))
                )
                begin = n + 1
        self.selectionModel().select(again, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._kept = None
        if len(places) != len(kept):
            self.rows_chosen.emit(self.chosen())

    @Slot(QItemSelection, QItemSelection)
    def _on_selection_changed(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        if self._kept is None:
            self.rows_chosen.emit(self.chosen())

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.row_opened.emit(self._rows.id_at(index.row()))

    @Slot(int)
    def _on_header_clicked(self, column: int) -> None:
        if self._rows.columns[column].sortable:
            again = self._sorted is not None and self._sorted[0] == column
            self._sort(column, descending=again and self._sorted is not None and not self._sorted[1])
