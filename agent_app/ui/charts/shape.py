"""What a chart shows and what its three parts ask of each other: the widget (``bars``), where its bars stand
(``geometry``) and its drawing (``plots``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. ``key`` is what a click reports; ``value`` its length; ``shown`` the value in words; ``line``
    the trend's value, ``line_shown`` in words.
    """

    key: object
    label: str
    value: float
    shown: str
    line: float | None = None
    line_shown: str = ""
    tooltip: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """A drawing's own rectangle, and within it the area of the bars alone; the rest is for words."""

    whole: QRectF
    area: QRectF

    @property
    def right(self) -> float:
        """What is left after the area."""
        return self.whole.right() - self.area.right()


class Geometry(Protocol):
    """Where the bars of a chart of some size stand, in the widget's coordinates."""

    def area(self, size: QSize, bars: Sequence[Bar]) -> QRectF:
        """The bars themselves; around them is room for words."""

    def bar_area(self, size: QSize, bars: Sequence[Bar], place: int) -> QRectF:
        """The part that belongs to one bar, where it can be pointed at."""

    def wanted(self, bars: Sequence[Bar]) -> QSize:
        """The size at which all of it is read with ease."""


class Plot(Protocol):
    """A drawing of bars; its ``widget`` takes neither mouse nor keys."""

    widget: QWidget

    def draw(self, room: Room, bars: Sequence[Bar], pointed: int | None) -> None:
        """Draw all of it in the colours in force."""

    def point(self, bars: Sequence[Bar], pointed: int | None) -> None:
        """Another bar is pointed at; all else stays as it was drawn."""
