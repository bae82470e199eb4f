"""The lines of a condition tree as a Qt item model: shown, and dragged from group to group; what a drop does is the
presenter's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from agent_app.ui.conditions.lines import GroupLine, Line, every
from agent_app.ui.conditions.sentences import fault_words, group_words, rule_words, spoken
from agent_app.ui.conditions.state import NOTHING_KNOWN, ConditionState, Known
from agent_app.ui.i18n import translate

LINE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""A `ShownLine`, for the delegate."""
_MIME = "application/x-condition-line"
_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as it is drawn; a group has no predicate. `fault` says what is wrong with it."""

    subject: str
    predicate: str
    group: bool
    fault: str


class LinesModel(QAbstractItemModel):
    """The root is the one row at the top. Signal: ``dropped((line id, group id, place))``."""

    dropped = Signal(object)

    def __init__(self, state: ConditionState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known = NOTHING_KNOWN
        self._read_only = False
        self._take(state)

    def show_state(self, state: ConditionState, known: Known, *, read_only: bool) -> None:
        """Show these lines; a change of lines alone keeps what is chosen."""
        self._known, self._read_only = known, read_only
        if self._shape(state.root) == self._shape(self._state.root):
            self._take(state)
            for line in every(state.root):
                index = self.index_of(line.id)
                self.dataChanged.emit(index, index)
            return
        self.beginResetModel()
        self._take(state)
        self.endResetModel()

    def _take(self, state: ConditionState) -> None:
        self._state = state
        self._lines: dict[int, Line] = {line.id: line for line in every(state.root)}
        self._places: dict[int, tuple[int, int]] = {
            member.id: (line.id, place)
            for line in self._lines.values()
            if isinstance(line, GroupLine)
            for place, member in enumerate(line.lines)
        }

    def _shape(self, root: GroupLine) -> list[tuple[int, int]]:
        """Which lines there are, and how many beneath each."""
        return [(line.id, len(line.lines) if isinstance(line, GroupLine) else -1) for line in every(root)]

    def index_of(self, line_id: int) -> QModelIndex:
        """Where a line stands; nowhere if it is not there."""
        if line_id == self._state.root.id:
            return self.createIndex(0, 0, line_id)
        place = self._places.get(line_id)
        return QModelIndex() if place is None else self.createIndex(place[1], 0, line_id)

    def line_at(self, index: _Index) -> Line | None:
        """The line of an index."""
        return self._lines.get(index.internalId()) if index.isValid() else None

    def index(self, row: int, column: int, parent: _Index = _NOWHERE) -> QModelIndex:
        if column != 0 or row < 0:
            return QModelIndex()
        if not parent.isValid():
            return self.index_of(self._state.root.id) if row == 0 else QModelIndex()
        group = self.line_at(parent)
        if not isinstance(group, GroupLine) or row >= len(group.lines):
            return QModelIndex()
        return self.createIndex(row, 0, group.lines[row].id)

    def parent(self, index: _Index = _NOWHERE) -> Any:
        # QObject.parent() is the same name; Qt asks with an index
        place = self._places.get(index.internalId()) if index.isValid() else None
        return QModelIndex() if place is None else self.index_of(place[0])

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        if not parent.isValid():
            return 1
        group = self.line_at(parent)
        return len(group.lines) if isinstance(group, GroupLine) else 0

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line_at(index)
        if line is None:
            return None
        fault = self._state.faults.get(line.id)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(line, self._known, fault)
        if role == Qt.ItemDataRole.ToolTipRole:
            return None if fault is None else fault_words(fault)
        if role != LINE_ROLE:
            return None
        said = fault_words(fault) if fault is not None else ""
        if isinstance(line, GroupLine):
            nobody = "" if line.lines else translate("Conditions", "no condition yet: all customers")
            return ShownLine(group_words(line), nobody, True, said)
        return ShownLine(*rule_words(line, self._known), False, said)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        line = self.line_at(index)
        if line is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._read_only:
            return flags
        if line.id != self._state.root.id:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags | Qt.ItemFlag.ItemIsDropEnabled if isinstance(line, GroupLine) else flags

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(_MIME, str(indexes[0].internalId()).encode())
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index
    ) -> bool:
        """The view must not move rows itself: the presenter does, or leaves them."""
        group = self.line_at(parent)
        if data.hasFormat(_MIME) and isinstance(group, GroupLine) and not self._read_only:
            place = row if row >= 0 else len(group.lines)
            self.dropped.emit((int(data.data(_MIME).data()), group.id, place))
        return False
