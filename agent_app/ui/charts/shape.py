"""What a chart shows and where it stands, as plain values between the widget (``bars``) and its drawing (``plots``)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF


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
