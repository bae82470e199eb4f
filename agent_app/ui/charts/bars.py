"""The two charts as widgets: their data, mouse and keys; their bars stand where ``geometry`` says and look as
``plots`` draws them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from agent_app.ui import painting
from agent_app.ui.charts.geometry import RING, RankingGeometry, TrendGeometry
from agent_app.ui.charts.library import library
from agent_app.ui.charts.shape import Bar, Geometry, Plot, Room
from agent_app.ui.feedback import Skeleton

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class _Chart(QWidget):
    """Base of both charts: bars that can be pointed at, pressed, and walked through by arrow keys. Signals:
    ``drilled(key)``; ``pointed_at(words)``, the tooltip of the bar under the mouse or the keys, "" for none: so
    that it can be shown to those without a mouse too.
    """

    drilled = Signal(object)
    pointed_at = Signal(str)

    def __init__(
        self, name: str, geometry: Geometry, make_plot: Callable[[], Plot], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._geometry = geometry
        self._make_plot = make_plot
        self._bars: tuple[Bar, ...] = ()
        self._pointed: int | None = None
        self._plot: Plot | None = None
        self._waiting = Skeleton(5, self)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Draw these; the bar that is pointed at stays so if its key is still there."""
        pointed = None if self._pointed is None else self._bars[self._pointed].key
        self._bars = tuple(bars)
        self._pointed = next((place for place, bar in enumerate(bars) if bar.key == pointed), None)
        self._speak()
        self.updateGeometry()
        self._draw()

    def drawn(self) -> bool:
        """Whether the chart stands there; until then a skeleton does."""
        return self._plot is not None

    def area(self) -> QRectF:
        """Where the bars themselves stand."""
        return self._geometry.area(self.size(), self._bars)

    def bar_area(self, place: int) -> QRectF:
        """The part that belongs to one bar."""
        return self._geometry.bar_area(self.size(), self._bars, place)

    def sizeHint(self) -> QSize:
        return self._geometry.wanted(self._bars)

    @Slot()
    def _on_loaded(self) -> None:
        if self._plot is None:
            self._plot = self._make_plot()
            self._plot.widget.setParent(self)
            self._place_plot()
            self._plot.widget.show()
            self._waiting.hide()
            self._draw()

    def _draw(self) -> None:
        if self._plot is not None and not self.size().isEmpty():
            inner = QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)
            self._plot.draw(Room(inner, self.area()), self._bars, self._pointed)

    def _place_plot(self) -> None:
        inner = self.rect().adjusted(RING, RING, -RING, -RING)
        self._waiting.setGeometry(inner)
        if self._plot is not None:
            self._plot.widget.setGeometry(inner)

    def _place_at(self, point: QPointF) -> int | None:
        return next((n for n in range(len(self._bars)) if self.bar_area(n).contains(point)), None)

    def _point_to(self, place: int | None) -> None:
        if place != self._pointed:
            self._pointed = place
            words = "" if place is None else self._bars[place].tooltip
            self.setToolTip(words)
            self.pointed_at.emit(words)
            pointing = Qt.CursorShape.ArrowCursor if place is None else Qt.CursorShape.PointingHandCursor
            self.setCursor(pointing)
            self._speak()
            if self._plot is not None and self._bars:
                self._plot.point(self._bars, place)

    def _speak(self) -> None:
        """Say the bar that is pointed at, else all of them."""
        told = self._bars if self._pointed is None else self._bars[self._pointed : self._pointed + 1]
        self.setAccessibleDescription("; ".join(_words(bar) for bar in told))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._plot is None:
            if library().ready:
                self._on_loaded()
            else:
                library().loaded.connect(self._on_loaded, Qt.ConnectionType.UniqueConnection)
                library().load()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_plot()
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._draw()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painting.focus_ring(QPainter(self), QRectF(self.rect()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_to(self._place_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point_to(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.drilled.emit(self._bars[place].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and self._bars:
            start = -1 if self._pointed is None and step > 0 else self._pointed or 0
            self._point_to(min(max(start + step, 0), len(self._bars) - 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._pointed is not None:
            self.drilled.emit(self._bars[self._pointed].key)
        else:
            super().keyPressEvent(event)


def _words(bar: Bar) -> str:
    return bar.tooltip or " ".join(part for part in (bar.label, bar.shown, bar.line_shown) if part)


class BarTrend(_Chart):
    """Upright bars, the last one strong (today), with a line over them. ``most`` is the scale's end (100 for
    shares).
    """

    def __init__(self, name: str, most: float, parent: QWidget | None = None) -> None:
        super().__init__(name, TrendGeometry(), lambda: _trend_plot(most), parent)
        self.setMinimumHeight(180)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)


class HorizontalBars(_Chart):
    """Names at the left, bars, values at the right; the longest is full. For rankings of up to a dozen."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, RankingGeometry(), _ranking_plot, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


def _trend_plot(most: float) -> Plot:
    from agent_app.ui.charts.plots import TrendPlot

    return TrendPlot(most)


def _ranking_plot() -> Plot:
    from agent_app.ui.charts.plots import RankingPlot

    return RankingPlot()
