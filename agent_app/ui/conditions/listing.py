"""The lines on the screen, one calm line a rule: drawn, walked through, dragged; editing one is ``editing``'s."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from agent_app.ui import icons, painting, theme
from agent_app.ui.conditions.model import LINE_ROLE, LinesModel, ShownLine
from agent_app.ui.conditions.state import ConditionState, Known
from agent_app.ui.tokens import SIZES, Tone, TypeRole, Weight

_INDENT = 6 * SIZES.grid
_Index = QModelIndex | QPersistentModelIndex
_ICON_ROOM = SIZES.icon + 2 * SIZES.grid


class _Delegate(QStyledItemDelegate):
    """Draws a `ShownLine`: what is asked about, what is asked of it, and at the right what is wrong."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(SIZES.list_min, theme.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        shown = index.data(LINE_ROLE)
        if not isinstance(shown, ShownLine):
            return
        c = theme.colours()
        rect = QRectF(option.rect).adjusted(2, 1, -2, -1)
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or over:
            painting.box(painter, rect, fill=c.selection if selected else c.hover)
        inner = rect.adjusted(2 * SIZES.grid, 0, -2 * SIZES.grid, 0)
        left = inner.left()
        picture = (
            "warning-circle" if shown.fault else "tree-structure" if shown.group else "dots-six-vertical"
        )
        spot = QRectF(left, rect.center().y() - SIZES.icon / 2, SIZES.icon, SIZES.icon)
        icons.paint_icon(painter, spot, picture, c.inks[Tone.DANGER] if shown.fault else c.faint)
        inner.setLeft(left + _ICON_ROOM)
        if shown.fault:
            inner.setRight(inner.right() - self._paint_fault(painter, inner, shown.fault))
        weight = Weight.MEDIUM if shown.group else Weight.REGULAR
        taken = painting.text(painter, inner, shown.subject, theme.font(TypeRole.BODY, weight), c.text)
        if shown.predicate:
            rest = inner.adjusted(taken + 2 * SIZES.grid, 0, 0, 0)
            ink = c.inks[Tone.ACCENT]
            painting.text(painter, rest, shown.predicate, theme.font(TypeRole.BODY, tabular=True), ink)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painting.focus_ring(painter, rect)
        painter.restore()

    def _paint_fault(self, painter: QPainter, inner: QRectF, words: str) -> float:
        """At most half of the line; returns the room it took."""
        font = theme.font(TypeRole.SMALL)
        room = QRectF(inner)
        room.setLeft(inner.center().x())
        ink, side = theme.colours().inks[Tone.DANGER], Qt.AlignmentFlag.AlignRight
        painting.text(painter, room, words, font, ink, side)
        return min(painting.text_width(words, font), room.width()) + 3 * SIZES.grid


class LinesView(QTreeView):
    """Always unfolded. Signals: ``chosen(line id)``, ``key_pressed((key, modifiers))`` for keys that change lines
    (`keys`), and what the model tells of drops."""

    chosen = Signal(object)
    key_pressed = Signal(object)

    def __init__(
        self,
        name: str,
        model: LinesModel,
        keys: frozenset[tuple[Qt.Key, Qt.KeyboardModifier]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._lines = model
        self._keys = keys
        self._quiet = False
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setExpandsOnDoubleClick(False)
        self.setIndentation(_INDENT)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(_Delegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        self.setAutoExpandDelay(-1)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)  # the delegate draws it
        self.setPalette(palette)
        self.setModel(model)
        self.expandAll()

    def show_state(self, state: ConditionState, known: Known, *, read_only: bool) -> None:
        """Show these lines, the current one chosen and in sight; sends no signal."""
        self._quiet = True
        self._lines.show_state(state, known, read_only=read_only)
        self.expandAll()
        index = self._lines.index_of(state.current)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flag)
        self.scrollTo(index)
        self._quiet = False

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        line = self._lines.line_at(current)
        if line is not None and not self._quiet:
            self.chosen.emit(line.id)

    def drawBranches(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        """Nothing: what belongs together is indented."""

    def event(self, event: QEvent) -> bool:
        """Its keys are its own, whatever the window binds them to."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._pressed(event) in self._keys
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = self._pressed(event)
        if pressed in self._keys:
            self.key_pressed.emit(pressed)
            return
        super().keyPressEvent(event)

    def _pressed(self, event: QKeyEvent) -> tuple[Qt.Key, Qt.KeyboardModifier]:
        return Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
