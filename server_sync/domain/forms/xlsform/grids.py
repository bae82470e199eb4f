"""A sheet as a grid of texts, whatever file it comes from, and the limits of all files; parsers stand elsewhere."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from server_sync.domain.errors import ErrorKind, KnownError

MAX_FILE = 10 * 1024 * 1024
"""Bytes of a workbook as it comes."""

MAX_UNPACKED = 32 * 1024 * 1024
"""Bytes of everything in an .xlsx, unpacked."""

MAX_ROWS = 50_000
"""Rows of all sheets together: made into an XForm within seconds."""

MAX_COLUMNS = 256
"""Columns of a sheet; what stands further to the right is not read."""

MAX_CELL = 32_767
"""Characters of a cell, as in Excel."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Oddity:
    """A cell that is not what it seems: `kind` is "error", "formula" (without a value) or "merged"; indexes from 0."""

    kind: str
    row: int
    column: int
    value: str


@dataclass(slots=True)
class Grid:
    """One sheet as texts; the first row holds the names of the columns."""

    name: str
    rows: list[list[str]] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)


class Budget:
    """Counts the rows of all sheets of a file."""

    def __init__(self) -> None:
        self._left = MAX_ROWS

    def spend(self, rows: int = 1) -> None:
        """Raises KnownError FORM_TOO_LARGE when there are too many."""
        self._left -= rows
        if self._left < 0:
            raise KnownError(ErrorKind.FORM_TOO_LARGE, rows=MAX_ROWS - self._left, most=MAX_ROWS)


def clean(text: str) -> str:
    """A cell's text without what no XML can hold; hard spaces are spaces."""
    return _CONTROL.sub("", text[:MAX_CELL].replace("\r\n", "\n").replace("\xa0", " "))


def trimmed(cells: Iterable[str]) -> list[str]:
    """Cells without the empty ones at the end."""
    found = list(cells)
    while found and not found[-1].strip():
        found.pop()
    return found


def drop_empty_end(rows: list[list[str]]) -> None:
    """Forget the empty rows at the end of a sheet."""
    while rows and not rows[-1]:
        rows.pop()


def unreadable(reason: str, **values: Any) -> KnownError:
    """The error of a file that cannot be read."""
    return KnownError(ErrorKind.FORM_UNREADABLE, **{"reason": reason, "detail": "", **values})
