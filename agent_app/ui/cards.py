"""Grounds and arrangements: cards, section headers, key-value lists, lines, rows of things;
nothing to press.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from agent_app.ui import painting, theme
from agent_app.ui.labels import Text
from agent_app.ui.tokens import SIZES, Tone, TypeRole


def column(*things: QWidget | QLayout | int, margins: int = 0, gap: int = 8) -> QVBoxLayout:
    """A vertical layout of widgets and layouts; an int is a stretch. Layouts without arithmetic in the views."""
    made = QVBoxLayout()
    _fill(made, things, margins, gap)
    return made


def row(*things: QWidget | QLayout | int, margins: int = 0, gap: int = 8) -> QHBoxLayout:
    """A horizontal layout of widgets and layouts; an int is a stretch."""
    made = QHBoxLayout()
    _fill(made, things, margins, gap)
    return made


def _fill(layout: QBoxLayout, things: Sequence[QWidget | QLayout | int], margins: int, gap: int) -> None:
    layout.setContentsMargins(margins, margins, margins, margins)
    layout.setSpacing(gap)
    for thing in things:
        if isinstance(thing, QWidget):
            layout.addWidget(thing)
        elif isinstance(thing, QLayout):
            layout.addLayout(thing)
        else:
            layout.addStretch(thing)


class Card(QWidget):
    """A surface with a border of one pixel; ``tone`` tints it (the script card). Put things in by ``card.body``."""

    def __init__(
        self,
        *things: QWidget | QLayout | int,
        tone: Tone | None = None,
        gap: int = 8,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self.body = QVBoxLayout(self)
        _fill(self.body, things, 4 * SIZES.grid, gap)

    def set_tone(self, tone: Tone | None) -> None:
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        if self._tone is None:
            painting.box(
                QPainter(self), QRectF(self.rect()), fill=c.surface, line=c.line, radius=SIZES.radius + 2
            )
        else:
            painting.box(
                QPainter(self), QRectF(self.rect()), fill=c.tints[self._tone], radius=SIZES.radius + 2
            )


class SectionHeader(QWidget):
    """The heading of a section; at the right a count or an action (any widget)."""

    def __init__(self, words: str, right: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        _fill(layout, [Text(words, TypeRole.SMALL, quiet=True), 1], 0, 8)
        if right is not None:
            layout.addWidget(right)


class KeyValues(QWidget):
    """Names at the left in one column, values beside them; `names` are those that another one beneath it has, too, so
    that their values stand in line."""

    def __init__(self, names: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        metrics = QFontMetrics(theme.font(TypeRole.SMALL))
        widest = max((metrics.horizontalAdvance(name) for name in names), default=0)
        self._grid.setColumnMinimumWidth(0, max(40, widest))
        self._grid.setColumnStretch(1, 1)
        self._count = 0

    def add(self, name: str, value: str | QWidget, note: str = "", tone: Tone | None = None) -> None:
        """One line: a value in words, with an optional softer note after it, or any widget."""
        shown = value if isinstance(value, QWidget) else Text(value, tone=tone, wrap=not note)
        label = Text(name, TypeRole.SMALL, faint=True)
        label.setMinimumWidth(label.fontMetrics().horizontalAdvance(name))
        label.setFixedHeight(Text(name).sizeHint().height())
        self._grid.addWidget(label, self._count, 0, Qt.AlignmentFlag.AlignTop)
        if note:
            holder = row(shown, Text(note, TypeRole.SMALL, quiet=True), 1, gap=6)
            self._grid.addLayout(holder, self._count, 1)
        else:
            self._grid.addWidget(shown, self._count, 1)
        self._count += 1

    def say(self, words: str) -> None:
        """A line that is no value, such as that there is none."""
        self._grid.addWidget(Text(words, TypeRole.SMALL, quiet=True, wrap=True), self._count, 0, 1, 2)
        self._count += 1

    def clear(self) -> None:
        """Take every line away."""
        while (item := self._grid.takeAt(0)) is not None:
            _discard(item.widget(), item.layout())
        self._count = 0


def _discard(widget: QWidget | None, layout: QLayout | None) -> None:
    if widget is not None:
        # A widget that was put in just now still waits to be shown: without a parent it would flash up as a window.
        widget.hide()
        widget.setParent(None)
        widget.deleteLater()
    elif layout is not None:
        while (item := layout.takeAt(0)) is not None:
            _discard(item.widget(), item.layout())
        layout.deleteLater()


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it: for parts of a view that are drawn anew."""
    while (item := layout.takeAt(0)) is not None:
        _discard(item.widget(), item.layout())


class Separator(QWidget):
    """A line of one pixel at low contrast."""

    def __init__(self, *, vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if vertical:
            self.setFixedWidth(SIZES.border)
        else:
            self.setFixedHeight(SIZES.border)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color(theme.colours().line))


class TagFlow(QWidget):
    """Badges (or any small widgets) in a row that wraps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._things: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_things(self, things: Sequence[QWidget]) -> None:
        """Show these instead of what was shown."""
        for old in self._things:
            _discard(old, None)
        self._things = list(things)
        for thing in self._things:
            thing.setParent(self)
            thing.show()
        self._arrange(self.width())
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(width, move=False)

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(200, self.width())))

    def resizeEvent(self, event: object) -> None:
        self._arrange(self.width())

    def _arrange(self, width: int, *, move: bool = True) -> int:
        """Place everything; returns the height it takes."""
        x = y = line = 0
        for thing in self._things:
            size = thing.sizeHint()
            if x and x + size.width() > width:
                x, y, line = 0, y + line + 6, 0
            if move:
                thing.setGeometry(x, y, min(size.width(), width), size.height())
            x, line = x + size.width() + 6, max(line, size.height())
        return y + line
