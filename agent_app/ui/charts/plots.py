"""What the charts look like, by pyqtgraph: the only module that imports it, itself imported late by ``library``.

A plot takes no mouse and no key: those are the chart's. Positions are bar numbers on one axis and values on the
other; the view's ranges are set so that they fall where the chart's own geometry says.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import nan
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPen
from PySide6.QtWidgets import QFrame, QWidget

from agent_app.ui import painting, theme
from agent_app.ui.charts.shape import Bar, Room
from agent_app.ui.tokens import RGB, Tone, TypeRole, contrast, mix

_MARGIN = 4.0  # what a QGraphicsTextItem keeps around its words
_BAR_SHARE, _BAR_MOST, _TRACK = 0.6, 36.0, 14.0


class _Canvas:
    """What both draw on: without menus, panning or zooming, cleared and drawn anew at each change."""

    def __init__(self) -> None:
        made: Any = pg.PlotWidget(enableMenu=False)
        made.setFrameShape(QFrame.Shape.NoFrame)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.setAntialiasing(True)
        made.hideButtons()
        made.setMouseEnabled(x=False, y=False)
        made.plotItem.layout.setContentsMargins(0, 0, 0, 0)
        self._view = made
        self.widget: QWidget = made

    def _begin(self) -> None:
        self._view.setBackground(theme.color(theme.colours().surface))
        self._view.clear()

    def _add_bars(self, colours: Sequence[QColor], **places: Any) -> Any:
        item = pg.BarGraphItem(pen=QPen(Qt.PenStyle.NoPen), brushes=list(colours), **places)
        self._view.addItem(item, ignoreBounds=True)
        return item

    def _add_words(
        self, words: str, font: QFont, ink: RGB, x: float, y: float, anchor: tuple[float, float]
    ) -> Any:
        item = pg.TextItem(words, theme.color(ink), anchor=anchor)
        item.setFont(font)
        item.setPos(QPointF(x, y))
        self._view.addItem(item, ignoreBounds=True)
        return item


def _ink_on(fill: RGB) -> RGB:
    """The colour of words within a bar."""
    c = theme.colours()
    return max((c.text, c.surface, c.on_fill), key=lambda ink: contrast(ink, fill))


class TrendPlot(_Canvas):
    """Upright bars over days, quarter lines, and a line of another share over them."""

    def __init__(self, most: float) -> None:
        super().__init__()
        self._most = most
        self._bars: Any = None
        self._values: list[tuple[Any, bool]] = []  # each value's words, and whether there is room for them
        self._inside = False
        for side in ("left", "bottom"):
            axis = self._view.getAxis(side)
            axis.setStyle(tickLength=0, tickAlpha=0, tickTextOffset=6, hideOverlappingLabels=False)
            axis.setPen(QPen(Qt.PenStyle.NoPen))

    def draw(self, room: Room, bars: Sequence[Bar], pointed: int | None) -> None:
        self._begin()
        if not bars:
            return
        area = room.area
        slot = max(area.width(), 1.0) / len(bars)
        self._draw_axes(room, bars, slot)
        self._view.setXRange(-0.5, len(bars) - 0.5 + room.right / slot, padding=0)
        self._view.setYRange(
            0, self._most * (1 + (area.top() - room.whole.top()) / max(area.height(), 1.0)), padding=0
        )
        self._draw_line(bars)
        self._draw_bars(room, bars, pointed, slot)

    def _draw_axes(self, room: Room, bars: Sequence[Bar], slot: float) -> None:
        c, font = theme.colours(), theme.font(TypeRole.SMALL, tabular=True)
        quarters = [self._most * quarter / 4 for quarter in range(5)]
        widest = max(painting.text_width(bar.label, font) for bar in bars)
        every = max(1, round((widest + 16) / slot + 0.49))
        last = len(bars) - 1
        days = [(place, bar.label) for place, bar in enumerate(bars) if (last - place) % every == 0]
        left, bottom = self._view.getAxis("left"), self._view.getAxis("bottom")
        left.setWidth(room.area.left() - room.whole.left())
        bottom.setHeight(room.whole.bottom() - room.area.bottom())
        left.setTicks([[(value, f"{value:g}") for value in quarters]])
        bottom.setTicks([days])
        for axis in (left, bottom):
            axis.setStyle(tickFont=font)
            axis.setTextPen(theme.color(c.faint))
        for value in quarters:
            line = pg.InfiniteLine(
                value, angle=0, pen=pg.mkPen(theme.color(mix(c.line, c.surface, 0.6)), width=1)
            )
            self._view.addItem(line, ignoreBounds=True)

    def point(self, bars: Sequence[Bar], pointed: int | None) -> None:
        c, marked = theme.colours(), (len(bars) - 1, pointed)
        fills = [
            c.accent if place in marked else mix(c.accent, c.surface, 0.55) for place in range(len(bars))
        ]
        self._bars.setOpts(brushes=[theme.color(fill) for fill in fills])
        for place, (words, roomy) in enumerate(self._values):
            words.setColor(theme.color(_ink_on(fills[place]) if self._inside else c.soft))
            words.setVisible(roomy or place in marked)

    def _draw_bars(self, room: Room, bars: Sequence[Bar], pointed: int | None, slot: float) -> None:
        font = theme.font(TypeRole.SMALL, tabular=True)
        heights = [min(max(bar.value, 0.0), self._most) for bar in bars]
        width = min(_BAR_SHARE, _BAR_MOST / slot)
        widths = [painting.text_width(bar.shown, font) for bar in bars]
        self._bars = self._add_bars([], x=range(len(bars)), height=heights, width=width)
        self._inside = self._crossed(room, bars) and max(widths) <= width * slot + 2
        tops = [0.0] * len(bars) if self._inside else heights
        self._values = [
            (self._add_words(bar.shown, font, (0, 0, 0), place, top, (0.5, 0.85)), wide + 4 <= slot)
            for place, (bar, wide, top) in enumerate(zip(bars, widths, tops, strict=True))
        ]
        self.point(bars, pointed)

    def _crossed(self, room: Room, bars: Sequence[Bar]) -> bool:
        """Whether the line would cross out a value above its bar, and every bar is tall enough for its value: then they
        all stand at the foot."""
        pixels, high = room.area.height() / self._most, theme.line_height(TypeRole.SMALL)
        gaps = [(bar.line - bar.value) * pixels for bar in bars if bar.line is not None]
        return any(-4 < gap < high for gap in gaps) and all(bar.value * pixels > high for bar in bars)

    def _draw_line(self, bars: Sequence[Bar]) -> None:
        c, font = theme.colours(), theme.font(TypeRole.SMALL, tabular=True)
        values = [nan if bar.line is None else min(max(bar.line, 0.0), self._most) for bar in bars]
        pen = pg.mkPen(theme.color(c.tones[Tone.WARNING]), width=2)
        line = pg.PlotDataItem(list(range(len(bars))), values, pen=pen, connect="finite", antialias=True)
        line.setZValue(1)
        self._view.addItem(line, ignoreBounds=True)
        if bars[-1].line is not None:
            self._add_words(
                bars[-1].line_shown, font, c.inks[Tone.WARNING], len(bars) - 0.6, values[-1], (0, 0.5)
            )


class RankingPlot(_Canvas):
    """Lying bars beneath each other on full tracks, names before them, values after."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: Any = None
        for side in ("left", "bottom"):
            self._view.hideAxis(side)
        self._view.invertY(True)

    def draw(self, room: Room, bars: Sequence[Bar], pointed: int | None) -> None:
        self._begin()
        if not bars:
            return
        whole, area = room.whole, room.area
        most = max(bar.value for bar in bars) or 1.0
        pixel = most / max(area.width(), 1.0)
        low, high = (whole.left() - area.left()) * pixel, (whole.right() - area.left()) * pixel
        row = area.height() / len(bars)
        self._view.setXRange(low, high, padding=0)
        self._view.setYRange(-0.5, whole.height() / row - 0.5, padding=0)
        c, places = theme.colours(), list(range(len(bars)))
        thick = _TRACK / row
        track = [theme.color(c.tints[Tone.NEUTRAL])] * len(bars)
        self._add_bars(track, x0=0, width=[most] * len(bars), y=places, height=thick)
        self._bars = self._add_bars([], x0=0, width=[bar.value for bar in bars], y=places, height=thick)
        self.point(bars, pointed)
        font, figures = theme.font(TypeRole.BODY), theme.font(TypeRole.BODY, tabular=True)
        for place, bar in enumerate(bars):
            name = painting.elided(bar.label, font, area.left() - 16)
            self._add_words(name, font, c.text, low - _MARGIN * pixel, place, (0, 0.5))
            self._add_words(bar.shown, figures, c.text, high, place, (1, 0.5))

    def point(self, bars: Sequence[Bar], pointed: int | None) -> None:
        c = theme.colours()
        soft = theme.color(mix(c.accent, c.surface, 0.8))
        fills = [theme.color(c.accent) if place == pointed else soft for place in range(len(bars))]
        self._bars.setOpts(brushes=fills)
