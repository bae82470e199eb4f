"""The frame's pieces: rail, list column, work column, context column and the splitter that holds them; no
feature is named.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from agent_app.ui import icons, painting, theme
from agent_app.ui.buttons import PressArea
from agent_app.ui.cards import Separator, row
from agent_app.ui.labels import Text
from agent_app.ui.tokens import RGB, SIZES, Tone, TypeRole, Weight

_NARROW = 1_320
_ROOM_BESIDE = 880


class Ground(QWidget):
    """A plain area in one of the scheme's grounds: ``surface``, ``canvas`` or ``chrome``. Signal: ``seen(bool)`` as it
    comes to the front and goes."""

    seen = Signal(bool)

    def __init__(self, ground: str = "surface", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ground = ground

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        colour: RGB = {"surface": c.surface, "canvas": c.canvas, "chrome": c.chrome}[self._ground]
        QPainter(self).fillRect(self.rect(), theme.color(colour))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.seen.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.seen.emit(False)


class RailButton(PressArea):
    """One place of the rail: icon, word beneath, count at its corner. Checkable; the checked one is where the
    user is.
    """

    def __init__(self, words: str, icon: str, *, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._icon = icon
        self._count = ""
        self.setCheckable(True)
        self.setToolTip(f"{words} ({key})" if key else words)
        self.setFont(theme.font(TypeRole.SMALL))
        self.setFixedSize(SIZES.rail_button, SIZES.rail_button - 2)

    def set_count(self, count: int, spoken: str = "") -> None:
        """Show a count (0: none, above 99: 99+); ``spoken`` is said with the name, such as "12 条未读"."""
        self._count = "" if count <= 0 else str(count) if count < 100 else "99+"
        self.setAccessibleName(f"{self.text()} {spoken}".strip())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        c = theme.colours()
        rect = QRectF(self.rect()).adjusted(3, 0, -3, 0)
        if self.isChecked():
            painting.box(painter, rect, fill=c.tints[Tone.ACCENT])
        elif self.hovered:
            painting.box(painter, rect, fill=c.hover)
        ink = c.inks[Tone.ACCENT] if self.isChecked() else c.soft
        icons.paint_icon(painter, QRectF(rect.center().x() - 10, 5, 20, 20), self._icon, ink)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 10.5 / 12)
        words = QRectF(0, 25, self.width(), self.height() - 27)
        painting.text(painter, words, self.text(), font, ink, Qt.AlignmentFlag.AlignHCenter)
        if self._count:
            painting.count_badge(painter, self.width() - 1.0, 0, self._count)
        if self.hasFocus():
            painting.focus_ring(painter, rect)


class Rail(Ground):
    """The column of places at the left edge: ``add`` from the top, ``add_below`` at the bottom."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("chrome", parent)
        self.setAccessibleName(name)
        self.setFixedWidth(SIZES.rail)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(3, 12, 3, 12)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        self._above = 0
        outer.addLayout(self._column)
        outer.addWidget(Separator(vertical=True))

    def add(self, button: RailButton) -> None:
        self._column.insertWidget(self._above, button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._above += 1

    def add_below(self, button: RailButton) -> None:
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)


class ListColumn(Ground):
    """Title with count and note, then whatever ``add`` is given (search, filter), then the body (a ``RowList``)."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.setMinimumWidth(SIZES.list_min)
        self._title = Text(title, TypeRole.TITLE, weight=Weight.MEDIUM)
        self._count = Text("", quiet=True, tabular=True)
        self._note = Text("", TypeRole.SMALL)
        self._head = QVBoxLayout()
        self._head.setContentsMargins(12, 12, 12, 8)
        self._head.setSpacing(8)
        title_row = row(self._title, self._count, 1, self._note)
        title_row.setContentsMargins(4, 0, 4, 0)
        self._head.addLayout(title_row)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(self._head)
        self._column.addWidget(Separator())

    def add(self, thing: QWidget) -> None:
        """Into the head, beneath the title."""
        self._head.addWidget(thing)

    def set_body(self, body: QWidget) -> None:
        """The list itself, filling what is left."""
        self._column.addWidget(body, 1)

    def set_foot(self, foot: QWidget) -> None:
        """Beneath the list, for what one may do about it."""
        self._column.addWidget(foot)

    def set_title(self, title: str, count: str = "", note: str = "", note_tone: Tone | None = None) -> None:
        self._title.setText(title)
        self._count.setText(count)
        self._note.setText(note)
        self._note.set_tone(note_tone)


class WorkColumn(Ground):
    """The work: a header (``set_header``), a scrolled body (``body`` layout, at most as wide as reads well), a footer.

    ``slide_over`` lays a panel over body and footer, for the wrap-up; ``slide_back`` takes it away. ``lay_beside``
    keeps a list at the right of the body, or over its right part where the column is narrow.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent)
        self.header = Bar(SIZES.header)
        self.footer = Bar(SIZES.footer)
        inner = Ground("canvas")
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(24, 20, 24, 20)
        self.body.setSpacing(14)
        self._scroll = scrolled(inner)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.header)
        self._column.addWidget(Separator())
        self._middle = QHBoxLayout()
        self._middle.setSpacing(0)
        self._middle.addWidget(self._scroll, 1)
        self._column.addLayout(self._middle, 1)
        self._footer_line = Separator()
        self._column.addWidget(self._footer_line)
        self._column.addWidget(self.footer)
        self._over: QWidget | None = None
        self._beside: QWidget | None = None
        self._beside_wanted = False
        self._footer_wanted = False
        self._show_footer()

    def set_footer_shown(self, shown: bool) -> None:
        self._footer_wanted = shown
        self._show_footer()

    def _show_footer(self) -> None:
        shown = self._footer_wanted and self._over is None
        self.footer.setVisible(shown)
        self._footer_line.setVisible(shown)

    def reveal(self, widget: QWidget) -> None:
        """Scroll so that this widget of the body can be seen."""
        self._scroll.ensureWidgetVisible(widget, 0, 24)

    def lay_beside(self, side: QWidget) -> None:
        """Keep this at the right of the body, hidden until ``show_beside``."""
        self._beside = side
        side.setParent(self)
        side.setFixedWidth(SIZES.list_min)
        side.hide()

    def show_beside(self, shown: bool) -> None:
        """Show what lies beside the body, or fold it away."""
        self._beside_wanted = shown
        self._place_beside()

    def beside_covers(self) -> bool:
        """Whether what is shown beside the body hides a part of it."""
        return self._beside_wanted and self.width() < _ROOM_BESIDE

    def _place_beside(self) -> None:
        side = self._beside
        if side is None:
            return
        side.setVisible(self._beside_wanted and self._over is None)
        if self.beside_covers():
            self._middle.removeWidget(side)
            self._column.activate()
            around = self._scroll.geometry()
            side.setGeometry(around.adjusted(around.width() - SIZES.list_min, 0, 0, 0))
            side.raise_()
        elif self._middle.indexOf(side) < 0:
            self._middle.addWidget(side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_beside()

    def slide_over(self, panel: QWidget) -> None:
        """Show ``panel`` in place of body and footer until ``slide_back``."""
        if self._over is panel:
            return
        self.slide_back()
        self._over = panel
        self._scroll.hide()
        self._place_beside()
        self._show_footer()
        self._column.setStretchFactor(self._middle, 0)
        self._column.insertWidget(2, panel, 1)
        panel.show()

    def slide_back(self) -> None:
        """Show the body again; the panel is kept, parentless to the layout, for the next time. The keyboard stays in
        the column, where it takes it (a focus policy)."""
        if self._over is not None:
            focused: QWidget | None = self.window().focusWidget()
            if focused is self._over or (focused is not None and self._over.isAncestorOf(focused)):
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._column.removeWidget(self._over)
            self._over.hide()
            self._over = None
        self._column.setStretchFactor(self._middle, 1)
        self._scroll.show()
        self._place_beside()
        self._show_footer()


class Bar(Ground):
    """A header or footer: what is on it stands on one line; ``line`` is its layout."""

    def __init__(self, height: int, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.setMinimumHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(24, 8, 24, 8)
        self.line.setSpacing(8)

    def sizeHint(self) -> QSize:
        return QSize(480, max(self.minimumHeight(), super().sizeHint().height()))


class ContextColumn(Ground):
    """Sections beneath each other, divided by lines: who the customer is, what is open, what was."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.setMinimumWidth(SIZES.context_min)
        inner = Ground("surface")
        self._sections = QVBoxLayout(inner)
        self._sections.setContentsMargins(0, 0, 0, 16)
        self._sections.setSpacing(0)
        self._sections.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inner))

    def add(self, section: QWidget) -> None:
        """One more section at the bottom; its margins are the column's."""
        place = self._sections.count() - 1
        if place:
            self._sections.insertWidget(place, Separator())
            place += 1
        holder = row(section)
        holder.setContentsMargins(16, 12, 16, 12)
        self._sections.insertLayout(place, holder)


def scrolled(inner: QWidget) -> QScrollArea:
    """``inner`` in a vertical scroll area that never takes the focus."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area


class Columns(QSplitter):
    """List, work and (optional) context side by side; the user moves the borders, the context column can be folded.

    Until a border is moved, a narrow window gives its room to the work.
    """

    def __init__(
        self,
        list_column: QWidget,
        work: QWidget,
        context: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHandleWidth(SIZES.border)
        self.setChildrenCollapsible(False)
        self._context = context
        self.addWidget(list_column)
        self.addWidget(work)
        list_column.setMaximumWidth(SIZES.list_max)
        if context is not None:
            self.addWidget(context)
            context.setMaximumWidth(SIZES.context_max)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        self._moved = False
        self.splitterMoved.connect(self._on_splitter_moved)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._moved:
            narrow = event.size().width() < _NARROW
            outer = SIZES.list_min if narrow else SIZES.list_usual
            context = SIZES.context_min if narrow else SIZES.context_usual
            self.setSizes([outer, 2_000, context][: self.count()])

    @Slot()
    def _on_splitter_moved(self) -> None:
        self._moved = True

    def context_shown(self) -> bool:
        return self._context is not None and self._context.isVisibleTo(self)

    def show_context(self, shown: bool) -> None:
        """Fold or unfold the context column."""
        if self._context is not None:
            self._context.setVisible(shown)
