"""Charts: bars with a trend line, and horizontal bars; themed from tokens, values readable without hovering,
click drills down.

They are drawn by hand: docs/decisions/0004 says why no plotting library is loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from agent_app.ui import painting, theme
from agent_app.ui.tokens import RGB, SIZES, Tone, TypeRole, mix


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. ``key`` is what a click reports; ``value`` its length; ``shown`` the value in words; ``line``
    the trend's value.
    """

    key: object
    label: str
    value: float
    shown: str
    line: float | None = None
    tooltip: str = ""


class _Chart(QWidget):
    """Base of both charts: bars that can be pointed at, pressed, and walked through by arrow keys. Signal:
    ``drilled(key)``.
    """

    drilled = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._bars: tuple[Bar, ...] = ()
        self._pointed: int | None = None
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Draw these."""
        self._bars = tuple(bars)
        self._pointed = None
        self.setAccessibleDescription("; ".join(f"{bar.label} {bar.shown}" for bar in self._bars))
        self.updateGeometry()
        self.update()

    def _place_at(self, point: QPointF) -> int | None:
        """Which bar this point belongs to."""
        raise NotImplementedError

    def _point_to(self, place: int | None) -> None:
        if place != self._pointed:
            self._pointed = place
            self.setToolTip("" if place is None else self._bars[place].tooltip)
            pointing = Qt.CursorShape.ArrowCursor if place is None else Qt.CursorShape.PointingHandCursor
            self.setCursor(pointing)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_to(self._place_at(event.position()))

    def leaveEvent(self, event: object) -> None:
        self._point_to(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.drilled.emit(self._bars[place].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}.get(
            Qt.Key(event.key())
        )
        if step is not None and self._bars:
            start = -1 if self._pointed is None and step > 0 else self._pointed or 0
            self._point_to(min(max(start + step, 0), len(self._bars) - 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._pointed is not None:
            self.drilled.emit(self._bars[self._pointed].key)
        else:
            super().keyPressEvent(event)


class BarTrend(_Chart):
    """Upright bars, the last one strong (today), with a line over them. ``most`` is the scale's end (100 for
    shares).
    """

    def __init__(self, name: str, most: float, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._most = most
        self.setMinimumHeight(180)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(480, 200)

    def _plot(self) -> QRectF:
        return QRectF(self.rect()).adjusted(36, 18, -4, -22)

    def _slot(self) -> float:
        return self._plot().width() / max(1, len(self._bars))

    def _place_at(self, point: QPointF) -> int | None:
        plot = self._plot()
        if not plot.contains(point) or not self._bars:
            return None
        return min(int((point.x() - plot.left()) / self._slot()), len(self._bars) - 1)

    def _height(self, value: float) -> float:
        return self._plot().height() * min(max(value / self._most, 0.0), 1.0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_grid(painter)
        self._paint_bars(painter)
        self._paint_line(painter)
        if self.hasFocus():
            painting.focus_ring(painter, QRectF(self.rect()))

    def _paint_grid(self, painter: QPainter) -> None:
        c, plot = theme.colours(), self._plot()
        font = theme.font(TypeRole.SMALL, tabular=True)
        for quarter in range(5):
            y = plot.bottom() - plot.height() * quarter / 4
            painter.fillRect(
                QRectF(plot.left(), round(y), plot.width(), 1), theme.color(mix(c.line, c.surface, 0.6))
            )
            label = QRectF(0, y - 9, plot.left() - 8, 18)
            words = f"{self._most * quarter / 4:g}"
            painting.text(painter, label, words, font, c.faint, Qt.AlignmentFlag.AlignRight)

    def _paint_bars(self, painter: QPainter) -> None:
        c, plot, slot = theme.colours(), self._plot(), self._slot()
        font = theme.font(TypeRole.SMALL, tabular=True)
        widest = max((painting.text_width(bar.label, font) for bar in self._bars), default=1.0)
        every = max(1, round((widest + 16) / slot + 0.49))
        thick = min(slot * 0.6, 36.0)
        for place, bar in enumerate(self._bars):
            last = place == len(self._bars) - 1
            x = plot.left() + slot * place + (slot - thick) / 2
            high = self._height(bar.value)
            strong = last or place == self._pointed
            fill: RGB = c.accent if strong else mix(c.accent, c.surface, 0.55)
            painter.save()
            painter.setClipRect(QRectF(x, plot.top(), thick, plot.height()))
            painting.box(
                painter, QRectF(x, plot.bottom() - high, thick, high + SIZES.radius), fill=fill, radius=3
            )
            painter.restore()
            middle = QRectF(plot.left() + slot * (place - 2), 0, slot * 5, 18)
            if strong or slot >= painting.text_width(bar.shown, font) + 6:
                middle.moveTop(plot.bottom() - high - 18)
                painting.text(painter, middle, bar.shown, font, c.soft, Qt.AlignmentFlag.AlignHCenter)
            if (len(self._bars) - 1 - place) % every == 0:
                middle.moveTop(plot.bottom() + 4)
                painting.text(painter, middle, bar.label, font, c.faint, Qt.AlignmentFlag.AlignHCenter)

    def _paint_line(self, painter: QPainter) -> None:
        c, plot, slot = theme.colours(), self._plot(), self._slot()
        points = QPolygonF()
        for place, bar in enumerate(self._bars):
            if bar.line is not None:
                points.append(
                    QPointF(plot.left() + slot * (place + 0.5), plot.bottom() - self._height(bar.line))
                )
        painter.setPen(QPen(theme.color(c.tones[Tone.WARNING]), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(points)


class HorizontalBars(_Chart):
    """Names at the left, bars, values at the right; the longest is full. For rankings of up to a dozen."""

    ROW = 28

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(320, max(1, len(self._bars)) * self.ROW)

    def _place_at(self, point: QPointF) -> int | None:
        place = int(point.y() // self.ROW)
        return place if 0 <= place < len(self._bars) else None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        c = theme.colours()
        font, figures = theme.font(TypeRole.BODY), theme.font(TypeRole.BODY, tabular=True)
        names = min(
            max((painting.text_width(b.label, font) for b in self._bars), default=0.0), self.width() * 0.4
        )
        values = max((painting.text_width(b.shown, figures) for b in self._bars), default=0.0)
        track = QRectF(names + 16, 0, self.width() - names - values - 32, 14)
        most = max((bar.value for bar in self._bars), default=0.0) or 1.0
        for place, bar in enumerate(self._bars):
            row = QRectF(0, place * self.ROW, self.width(), self.ROW)
            track.moveTop(row.center().y() - 7)
            painting.text(painter, QRectF(0, row.top(), names, self.ROW), bar.label, font, c.text)
            painting.box(painter, track, fill=c.tints[Tone.NEUTRAL], radius=3)
            fill = c.accent if place == self._pointed else mix(c.accent, c.surface, 0.8)
            painting.box(
                painter,
                QRectF(track.left(), track.top(), track.width() * bar.value / most, 14),
                fill=fill,
                radius=3,
            )
            painting.text(painter, row, bar.shown, figures, c.text, Qt.AlignmentFlag.AlignRight)
        if self.hasFocus():
            painting.focus_ring(painter, QRectF(self.rect()))
