"""Figures that can be opened: a name, the figure, what it rests on, a note; pressing leads to what is counted."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from agent_app.ui import painting, theme
from agent_app.ui.buttons import PressArea
from agent_app.ui.tokens import SIZES, Tone, TypeRole

_SIDE, _ABOVE = 16.0, 12.0


class StatCard(PressArea):
    """A card with a figure; ``clicked`` by mouse, Enter or the space bar."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._figure = self._aside = self._note = ""
        self._tone: Tone | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figure(
        self,
        figure: str,
        note: str = "",
        note_tone: Tone | None = None,
        *,
        aside: str = "",
        tooltip: str = "",
    ) -> None:
        """Show a figure already in words ("63%"); ``aside`` stands small behind it ("n=512"); the tooltip holds
        its definition.
        """
        self._figure, self._note, self._tone, self._aside = figure, note, note_tone, aside
        self.setToolTip(tooltip)
        spoken = (self.text(), figure, aside, note)
        self.setAccessibleName(" ".join(part for part in spoken if part))
        self.setAccessibleDescription(tooltip)
        self.update()

    def sizeHint(self) -> QSize:
        small, figure = theme.line_height(TypeRole.SMALL), theme.line_height(TypeRole.FIGURE)
        return QSize(140, round(2 * _ABOVE) + 2 * small + figure)

    def minimumSizeHint(self) -> QSize:
        return QSize(96, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        c, rect = theme.colours(), QRectF(self.rect())
        ground = c.hover if self.isDown() else c.surface
        line = c.strong_line if self.hovered else c.line
        painting.box(painter, rect, fill=ground, line=line, radius=SIZES.radius + 2)
        small, large = theme.font(TypeRole.SMALL, tabular=True), theme.font(TypeRole.FIGURE, tabular=True)
        inner = rect.adjusted(_SIDE, _ABOVE, -_SIDE, -_ABOVE)
        line_height = theme.line_height(TypeRole.SMALL)
        top = QRectF(inner.left(), inner.top(), inner.width(), line_height)
        bottom = QRectF(inner.left(), inner.bottom() - line_height, inner.width(), line_height)
        middle = QRectF(inner.left(), top.bottom(), inner.width(), bottom.top() - top.bottom())
        painting.text(painter, top, self.text(), small, c.soft)
        taken = painting.text(painter, middle, self._figure, large, c.text)
        aside = middle.adjusted(taken + 6, 4, 0, 0)
        painting.text(painter, aside, self._aside, small, c.faint, Qt.AlignmentFlag.AlignLeft)
        ink = c.soft if self._tone is None else c.inks[self._tone]
        painting.text(painter, bottom, self._note, small, ink)
        if self.hasFocus():
            painting.focus_ring(painter, rect, SIZES.radius + 2)
