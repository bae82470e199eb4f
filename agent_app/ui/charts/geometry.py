"""Where the bars of both charts stand, by their size and their words; nothing is drawn here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize

from agent_app.ui import painting, theme
from agent_app.ui.charts.shape import Bar
from agent_app.ui.tokens import TypeRole

RING = 2
_LEFT, _TOP, _BOTTOM, _ROW = 38, 20, 26, 28


class TrendGeometry:
    """Upright bars side by side; after them is room for the line's last value in words."""

    def area(self, size: QSize, bars: Sequence[Bar]) -> QRectF:
        font = theme.font(TypeRole.SMALL, tabular=True)
        line = max((painting.text_width(bar.line_shown, font) for bar in bars), default=0.0)
        return QRectF(0, 0, size.width(), size.height()).adjusted(_LEFT, _TOP, -line - 2 * RING, -_BOTTOM)

    def bar_area(self, size: QSize, bars: Sequence[Bar], place: int) -> QRectF:
        area = self.area(size, bars)
        slot = area.width() / max(1, len(bars))
        return QRectF(area.left() + slot * place, area.top(), slot, area.height())

    def wanted(self, bars: Sequence[Bar]) -> QSize:
        return QSize(480, 200)


class RankingGeometry:
    """Lying bars beneath each other, between their names and their values; a whole row can be pointed at."""

    def area(self, size: QSize, bars: Sequence[Bar]) -> QRectF:
        font, figures = theme.font(TypeRole.BODY), theme.font(TypeRole.BODY, tabular=True)
        widest = max((painting.text_width(bar.label, font) for bar in bars), default=0.0)
        values = max((painting.text_width(bar.shown, figures) for bar in bars), default=0.0)
        names = min(widest, size.width() * 0.4)
        width = size.width() - names - values - 36 - 2 * RING
        return QRectF(names + 16 + RING, RING, width, len(bars) * _ROW)

    def bar_area(self, size: QSize, bars: Sequence[Bar], place: int) -> QRectF:
        return QRectF(0, RING + place * _ROW, size.width(), _ROW)

    def wanted(self, bars: Sequence[Bar]) -> QSize:
        return QSize(320, max(1, len(bars)) * _ROW + 2 * RING)
