"""Where a sheet's header stands and what its columns are called; what the columns mean is guessed in `guess`."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from server_sync.intake.cells import as_text
from server_sync.intake.fields import FIELDS
from server_sync.intake.sheet import Cell, Sheet, column_letter

_SEARCHED_ROWS = 30
_IN_BRACKETS = re.compile(r"[(\[{【<].*?[)\]}】>]")
_NOT_A_WORD = re.compile(r"[^\w#]|_")


@lru_cache(maxsize=20_000)
def header_key(header: str) -> str:
    """The form in which headers are compared: no case, spaces, signs, units or remarks in brackets."""
    folded = unicodedata.normalize("NFKC", header).casefold()
    return _NOT_A_WORD.sub("", _IN_BRACKETS.sub("", folded)) or _NOT_A_WORD.sub("", folded)


_KNOWN_KEYS = {
    header_key(header) for fields in FIELDS.values() for field in fields.values() for header in field.headers
}


@dataclass(frozen=True)
class Header:
    """A sheet's header: its names by column ("" for a column without one), the index of the first row below it, and how
    many rows it has itself.

    A name that comes twice has " #2", " #3" … behind it from the second time on.
    """

    names: tuple[str, ...]
    first_row: int
    height: int = 1

    @property
    def row(self) -> int:
        """The header's (last) row as the spreadsheet counts, from 1."""
        return self.first_row

    def title(self, index: int) -> str:
        """How a person is told of a column: its name, or its letter when it has none."""
        return self.names[index] if index < len(self.names) and self.names[index] else column_letter(index)


def find_header(sheet: Sheet) -> Header | None:
    """The row, or two rows where merged cells make it so, that holds the most known headers; else the first row of
    nothing but text with at least two names. None for a sheet without any."""
    best: Header | None = None
    best_score = 0
    for header in _candidates(sheet):
        score = len({key for name in header.names if (key := header_key(name)) in _KNOWN_KEYS})
        if score > best_score:
            best, best_score = header, score
    if best_score >= 2:
        return best
    return next((header for header in _candidates(sheet) if _all_text(sheet, header)), best)


def find_header_with(sheet: Sheet, wanted: set[str]) -> tuple[Header | None, set[str]]:
    """The header that holds the most of the wanted names (as `header_key`s), and those it lacks."""
    best: Header | None = None
    lacking = wanted
    for header in _candidates(sheet):
        without = wanted - {header_key(name) for name in header.names}
        if len(without) < len(lacking):
            best, lacking = header, without
    return best, lacking


def _candidates(sheet: Sheet) -> Iterator[Header]:
    rows = sheet.rows[:_SEARCHED_ROWS]
    texts = [[_name(cell) for cell in row] for row in rows]
    for index, names in enumerate(texts):
        if any(names):
            yield Header(_numbered(names), index + 1)
    for index in range(len(rows) - 1):
        upper, lower = texts[index], texts[index + 1]
        if any(upper) and any(lower):
            width = max(len(upper), len(lower))
            upper, lower = (names + [""] * (width - len(names)) for names in (upper, lower))
            both = [below or above for above, below in zip(upper, lower, strict=True)]
            yield Header(_numbered(both), index + 2, height=2)


def _name(cell: Cell) -> str:
    """A header cell on one line; a number is no name."""
    if not isinstance(cell, str) or len(cell) > 100:
        return ""
    return " ".join((as_text(cell) or "").split())


def _numbered(names: list[str]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    numbered = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        numbered.append(f"{name} #{seen[name]}" if name and seen[name] > 1 else name)
    return tuple(numbered)


def _all_text(sheet: Sheet, header: Header) -> bool:
    cells = [cell for cell in sheet.rows[header.first_row - 1] if cell is not None]
    return len(cells) >= 2 and all(isinstance(cell, str) and _name(cell) for cell in cells)
