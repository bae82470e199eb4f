"""The list of all fields: lies over the window while one is looked for, topic by topic, or by a few letters."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from agent_app.ui import painting, theme
from agent_app.ui.condition_words import field_label, topic_label
from agent_app.ui.forms.lists import Filter
from agent_app.ui.forms.search import Terms
from agent_app.ui.i18n import translate
from agent_app.ui.tokens import SIZES, TypeRole
from server_sync.domain.rules.conditions import FIELDS

_MOST_SEEN = 11
_WIDTH = 320
_CODE_ROLE = int(Qt.ItemDataRole.UserRole) + 1


def searched_labels() -> tuple[str, ...]:
    """What the fields are found by, in their order: for `terms_of`."""
    return tuple(field_label(name) for name in FIELDS)


class _Delegate(QStyledItemDelegate):
    """A topic as a quiet heading, a field as a line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(160, SIZES.row - SIZES.grid)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c = theme.colours()
        rect = QRectF(option.rect).adjusted(4, 1, -4, -1)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painting.box(painter, rect, fill=c.selection)
        elif option.state & QStyle.StateFlag.State_MouseOver and index.data(_CODE_ROLE):
            painting.box(painter, rect, fill=c.hover)
        heading = not index.data(_CODE_ROLE)
        font = theme.font(TypeRole.SMALL if heading else TypeRole.BODY)
        inset = SIZES.grid if heading else 3 * SIZES.grid
        painting.text(
            painter, rect.adjusted(inset, 0, -4, 0), str(index.data()), font, c.faint if heading else c.text
        )
        painter.restore()


class FieldList(QFrame):
    """The list of all fields with its line to type into: lies over the window while it has the keyboard. Signals:
    ``picked(name)``, ``left()`` by Esc."""

    picked = Signal(object)
    left = Signal()

    def __init__(self, home: QWidget) -> None:
        super().__init__(home)
        self._home = home
        name = translate("Conditions", "Field")
        self._terms = Terms(searched_labels())
        self._filter = Filter(name, translate("Conditions", "Type to find a field"), parent=self)
        self._model = QStandardItemModel(self)
        self._view = QListView(self)
        self._view.setAccessibleName(name)
        self._view.setModel(self._model)
        self._view.setItemDelegate(_Delegate(self._view))
        self._view.setMouseTracking(True)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setFixedHeight(_MOST_SEEN * (SIZES.row - SIZES.grid))
        self.setFixedWidth(_WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(4)
        layout.addWidget(self._filter)
        layout.addWidget(self._view)
        self._filter.textEdited.connect(self._on_typed)
        self._filter.moved.connect(self._on_moved)
        self._filter.returnPressed.connect(self._on_return)
        self._view.clicked.connect(self._on_clicked)
        self._filter.installEventFilter(self)
        self.hide()

    def learn(self, terms: Sequence[str]) -> None:
        """What `terms_of` gave for `searched_labels`; what is typed already is looked for again."""
        self._terms.learn(terms)
        if self._filter.text():
            self._on_typed(self._filter.text())

    @property
    def learned(self) -> bool:
        return self._terms.known

    def unfold(self, field: str, typed: str) -> None:
        """Show all fields beneath its home, or above it where there is no room, the one in force marked; or those that
        what is typed finds."""
        window = self._home.window()
        self._filter.setText(typed)
        self._on_typed(typed)
        if not typed:
            self._mark(self._row_of(field))
        self.setParent(window)
        self.adjustSize()
        at = self._home.mapTo(window, QPoint(0, self._home.height() + 2))
        if at.y() + self.height() > window.height():
            at.setY(max(0, at.y() - self._home.height() - self.height() - 4))
        self.move(min(at.x(), max(0, window.width() - self.width())), at.y())
        self.show()
        self.raise_()
        self._filter.setFocus(Qt.FocusReason.PopupFocusReason)

    def fold(self) -> None:
        """Go away."""
        if not self.isHidden():
            self.hide()
            self.setParent(self._home)

    def event(self, event: QEvent) -> bool:
        """Esc is its own, whatever the window binds it to."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.fold()
                self.left.emit()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.fold()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painting.box(QPainter(self), QRectF(self.rect()), fill=c.surface, line=c.strong_line)

    def _fill(self, typed: str) -> None:
        """Everything by topics; what matches what is typed as it matches best."""
        self._model.clear()
        fields = list(FIELDS.values())
        topic = None
        for place in self._terms.matching(typed):
            field = fields[place]
            if not typed.strip() and field.topic is not topic:
                topic = field.topic
                heading = QStandardItem(topic_label(topic.value))
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                self._model.appendRow(heading)
            item = QStandardItem(field_label(field.name))
            item.setData(field.name, _CODE_ROLE)
            self._model.appendRow(item)

    def _row_of(self, field: str) -> int:
        rows = range(self._model.rowCount())
        return next((row for row in rows if self._model.item(row).data(_CODE_ROLE) == field), 0)

    def _mark(self, row: int) -> None:
        self._view.setCurrentIndex(self._model.index(row, 0))
        self._view.scrollTo(self._view.currentIndex(), QListView.ScrollHint.PositionAtCenter)

    def _take(self, row: int) -> None:
        field = self._model.item(row).data(_CODE_ROLE) if 0 <= row < self._model.rowCount() else None
        if field:
            self.fold()
            self.picked.emit(field)

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        self._fill(typed)
        if self._model.rowCount():
            self._mark(1 if not typed.strip() else 0)

    @Slot(int)
    def _on_moved(self, step: int) -> None:
        """To the next field that way, over the headings."""
        row, count = self._view.currentIndex().row() + step, self._model.rowCount()
        row = min(max(row, 0), count - 1)
        way = 1 if step > 0 else -1
        while 0 <= row < count and not self._model.item(row).data(_CODE_ROLE):
            row += way
        if 0 <= row < count:
            self._mark(row)

    @Slot()
    def _on_return(self) -> None:
        self._take(self._view.currentIndex().row())

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._take(index.row())
