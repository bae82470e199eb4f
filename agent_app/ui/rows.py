"""What a row of a list or table shows, as plain values between a feature's ``model.py`` and the delegates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from agent_app.ui.tokens import Tone

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Mark:
    """A badge within a row."""

    words: str
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class TwoLine:
    """A row of a list, four corners: title with badges, note at the right; beneath, a second line and its note.

    ``tooltip`` gives the exact values (full dates, amounts) of what is shown shortened.
    """

    title: str
    marks: tuple[Mark, ...] = ()
    note: str = ""
    note_tone: Tone | None = None
    second: str = ""
    second_note: str = ""
    tooltip: str = ""

    def spoken(self) -> str:
        """All of it in one line, for screen readers."""
        parts = (self.title, *(mark.words for mark in self.marks), self.note, self.second, self.second_note)
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; ``badge`` draws the words as one. ``tooltip`` gives the exact value."""

    words: str
    tone: Tone | None = None
    badge: bool = False
    tooltip: str = ""

    def spoken(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its translated title, how a row is shown in it, its usual width in device-independent
    pixels (0: the rest).

    ``number`` columns stand at the right in tabular figures; those not ``sortable`` put rows in no order.
    """

    title: str
    cell: Callable[[Row], Cell]
    width: int = 96
    number: bool = False
    sortable: bool = True
