"""Item models of any length: they know every id and hold only the rows near the eye; no SQL, no feature, no
widget here.

``ListModel(fetch_rows, present)`` and ``TableModel(fetch_rows, columns)``: ids are given at once
(``set_ids``); rows are asked for in batches as they become visible (``fetch_rows(ids)``, which returns at
once) and arrive later (``put_rows``). Until then a row shows a placeholder. A refresh keeps what is selected:
give the new ids, or name the changed ones with ``set_stale``.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    QTimerEvent,
    Signal,
    Slot,
)

from agent_app.ui.rows import Cell, Column, Row, TwoLine

Id = bytes
FetchRows = Callable[[Sequence[Id]], None]
Index = QModelIndex | QPersistentModelIndex
Look = Callable[[Row], TwoLine | Cell]
"""How a row is shown in one column."""

ID_ROLE = int(Qt.ItemDataRole.UserRole) + 1
SHOWN_ROLE = int(Qt.ItemDataRole.UserRole) + 2
"""What the delegate draws: a ``TwoLine``, a ``Cell``, or None while the row is on its way."""

WAITED_ROLE = int(Qt.ItemDataRole.UserRole) + 3
"""Whether rows have been on their way so long that a placeholder should say so; before, nothing blinks."""

KEPT_ROWS = 2_000
PATIENCE_MS = 300
BATCH_MARGIN = 30

_NOWHERE = QModelIndex()


class WindowModel(QAbstractTableModel, Generic[Row]):
    """Base of both models: one look per column. Main thread. Signals, for the views:
    ``ids_changing(frozenset of those that go)``, ``ids_changed()``.
    """

    ids_changing = Signal(object)
    ids_changed = Signal()

    def __init__(
        self, fetch_rows: FetchRows, looks: Sequence[Look[Row]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._fetch_rows = fetch_rows
        self._looks = tuple(looks)
        self._ids: list[Id] = []
        self._places: dict[Id, int] = {}
        self._rows: OrderedDict[Id, Row] = OrderedDict()
        self._stale: set[Id] = set()
        self._asked: set[Id] = set()
        self._seen: list[int] = []
        self._ask_soon = QTimer(self)
        self._ask_soon.setSingleShot(True)
        self._ask_soon.setInterval(0)
        self._ask_soon.timeout.connect(self._ask)
        self._patience = 0
        self._waited = False

    # -- what feature models call ------------------------------------------------------------------

    def ids(self) -> Sequence[Id]:
        return self._ids

    def id_at(self, place: int) -> Id:
        return self._ids[place]

    def place_of(self, row_id: Id) -> int | None:
        """Where this id stands, 0-based; None if it is not in the list."""
        return self._places.get(row_id)

    def row(self, row_id: Id) -> Row | None:
        """The row if it is held."""
        return self._rows.get(row_id)

    def set_ids(self, ids: Sequence[Id]) -> None:
        """Show these ids in this order. Rows already held stay as they are until ``set_stale`` or ``put_rows``."""
        wanted = list(dict.fromkeys(ids))
        if wanted == self._ids:
            return
        new = set(wanted)
        gone = [row_id for row_id in self._ids if row_id not in new]
        kept = [row_id for row_id in wanted if row_id in self._places]
        self.ids_changing.emit(frozenset(gone))
        if gone:
            self._reorder([*kept, *gone])
            self.beginRemoveRows(_NOWHERE, len(kept), len(self._ids) - 1)
            self._place(kept)
            self.endRemoveRows()
            for row_id in gone:
                self._rows.pop(row_id, None)
                self._stale.discard(row_id)
                self._asked.discard(row_id)
        added = [row_id for row_id in wanted if row_id not in self._places]
        if added:
            self.beginInsertRows(_NOWHERE, len(self._ids), len(self._ids) + len(added) - 1)
            self._place([*self._ids, *added])
            self.endInsertRows()
        self._reorder(wanted)
        self.ids_changed.emit()

    def put_rows(self, rows: Mapping[Id, Row]) -> None:
        """The answer to ``fetch_rows`` (or newer rows at any time); ids that are not in the list are passed over."""
        places = sorted(self._places[row_id] for row_id in rows if row_id in self._places)
        for row_id, row in rows.items():
            self._asked.discard(row_id)
            if row_id in self._places:
                self._stale.discard(row_id)
                self._rows[row_id] = row
                self._rows.move_to_end(row_id)
        while len(self._rows) > KEPT_ROWS:
            self._rows.popitem(last=False)
        if not self._asked:
            self._waited = False
        if places:
            self.dataChanged.emit(self.index(places[0], 0), self.index(places[-1], self.columnCount() - 1))

    def set_stale(self, ids: Iterable[Id]) -> None:
        """These rows have changed: they stay on the screen as they are and are asked for again when next looked at."""
        held = [row_id for row_id in ids if row_id in self._rows]
        self._stale.update(held)
        self._asked.difference_update(held)
        if held:
            places = [self._places[row_id] for row_id in held]
            self.dataChanged.emit(self.index(min(places), 0), self.index(max(places), self.columnCount() - 1))

    # -- what Qt calls -----------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._looks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row_id = self._ids[index.row()]
        if role == ID_ROLE:
            return row_id
        if role == WAITED_ROLE:
            return self._waited
        if role not in (SHOWN_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self._rows.get(row_id)
        if row is None or row_id in self._stale:
            self._want(index.row())
        if row is None:
            return None
        self._rows.move_to_end(row_id)
        shown = self._looks[index.column()](row)
        if role == SHOWN_ROLE:
            return shown
        return shown.spoken() if role == Qt.ItemDataRole.DisplayRole else shown.tooltip or None

    def _want(self, place: int) -> None:
        if self._ids[place] not in self._asked:
            self._seen.append(place)
            if not self._ask_soon.isActive():
                self._ask_soon.start()

    @Slot()
    def _ask(self) -> None:
        """One request for everything looked at in this round of the event loop, with a margin on both sides."""
        seen = [place for place in self._seen if place < len(self._ids)]
        self._seen = []
        if not seen:
            return
        around = self._ids[max(0, min(seen) - BATCH_MARGIN) : max(seen) + 1 + BATCH_MARGIN]
        wanted = [i for i in around if (i not in self._rows or i in self._stale) and i not in self._asked]
        if wanted:
            self._asked.update(wanted)
            if not self._waited and not self._patience:
                self._patience = self.startTimer(PATIENCE_MS)
            self._fetch_rows(wanted)

    def timerEvent(self, event: QTimerEvent) -> None:
        """Patience has ended: what is still on its way is shown as a placeholder."""
        self.killTimer(self._patience)
        self._patience = 0
        self._waited = bool(self._asked) and bool(self._ids)
        if self._waited:
            last = self.index(len(self._ids) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last, [WAITED_ROLE])

    def _place(self, ids: list[Id]) -> None:
        self._ids = ids
        self._places = {row_id: place for place, row_id in enumerate(ids)}

    def _reorder(self, ids: list[Id]) -> None:
        """The same ids in another order; selection and current row follow their ids."""
        if ids == self._ids:
            return
        self.layoutAboutToBeChanged.emit()
        old_indexes = self.persistentIndexList()
        old_ids = [self._ids[index.row()] for index in old_indexes]
        self._place(ids)
        moved = [
            self.index(self._places[row_id], index.column())
            for row_id, index in zip(old_ids, old_indexes, strict=True)
        ]
        self.changePersistentIndexList(old_indexes, moved)
        self.layoutChanged.emit()


class ListModel(WindowModel[Row]):
    """A list of two-line rows; ``present`` says how a row is shown."""

    def __init__(
        self, fetch_rows: FetchRows, present: Callable[[Row], TwoLine], parent: QObject | None = None
    ) -> None:
        super().__init__(fetch_rows, (present,), parent)


class TableModel(WindowModel[Row]):
    """A table; each column says how a row is shown in it. Sorting is the query's business: see
    ``RowTable.sort_wanted``.
    """

    def __init__(
        self, fetch_rows: FetchRows, columns: Sequence[Column[Row]], parent: QObject | None = None
    ) -> None:
        super().__init__(fetch_rows, [column.cell for column in columns], parent)
        self.columns = tuple(columns)

    def set_columns(self, columns: Sequence[Column[Row]]) -> None:
        """As many columns as before, with other titles or other cells; what is chosen stays so."""
        self.columns = tuple(columns)
        self._looks = tuple(column.cell for column in columns)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if self._ids:
            last = self.index(len(self._ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None
