"""Takes down what the checks of a workbook find, at its place in the file."""

from collections.abc import Iterable
from typing import Any

from server_sync.domain.forms.xlsform.expressions import Wrong
from server_sync.domain.forms.xlsform.findings import Finding, FindingKind, Findings
from server_sync.domain.forms.xlsform.headings import SHEETS, Column
from server_sync.domain.forms.xlsform.sheets import Sheet, Workbook
from server_sync.domain.forms.xpath.nearest import nearest

_STAND_INS = {"calculation": "1", "repeat_count": "1"}
"""What keeps a row whole whose own expression is wrong."""

_MOST_GUESSES, _MOST_IN_CELL = 150, 10


class Reporter:
    """Writes findings; remembers how wrong cells can be mended, so that the rest of the form can be checked as well."""

    def __init__(self) -> None:
        self.findings = Findings()
        self.repairs: dict[tuple[str, int, str], str] = {}
        """What to put in place of a wrong cell, by sheet, row and heading."""
        self.spoilt = False
        """Whether something is wrong that no repair of a cell mends: no form can be made."""
        self._guesses = 0
        self._in_cells: dict[tuple[str, int, str], int] = {}

    def error(
        self,
        kind: FindingKind,
        sheet: Sheet | None = None,
        row: int = 0,
        column: Column | str | None = None,
        suggestion: str = "",
        *,
        repair: str | None = None,
        **values: Any,
    ) -> None:
        """Something that forbids to publish; `repair` is a text with which the form can be made for further checks."""
        if repair is None or sheet is None or not isinstance(column, Column):
            self.spoilt = True
        else:
            self.repairs[sheet.name, row, column.heading] = repair
        self._add(kind, sheet, row, column, suggestion, True, values)

    def warning(
        self,
        kind: FindingKind,
        sheet: Sheet | None = None,
        row: int = 0,
        column: Column | str | None = None,
        suggestion: str = "",
        **values: Any,
    ) -> None:
        """Something that deserves a look."""
        self._add(kind, sheet, row, column, suggestion, False, values)

    def cell(self, wrong: Wrong, sheet: Sheet, row: int, column: Column) -> None:
        """Something wrong in an expression or a text that the form can be made without."""
        self.repairs[sheet.name, row, column.heading] = _STAND_INS.get(column.name, "")
        place = (sheet.name, row, column.heading)
        self._in_cells[place] = self._in_cells.get(place, 0) + 1
        if self._in_cells[place] <= _MOST_IN_CELL:
            self._add(wrong.kind, sheet, row, column, wrong.suggestion, True, wrong.values)

    def guess(self, name: str, known: Iterable[str]) -> str:
        """Which known name was probably meant; none any more when very much is wrong, for a guess costs time."""
        self._guesses += 1
        return nearest(name, known) if self._guesses <= _MOST_GUESSES else ""

    def mend(self, book: Workbook) -> None:
        """Put the repairs into the cells."""
        rows = {(name, row.number): row for name, sheet in book.sheets.items() for row in sheet.rows}
        for (name, number, heading), text in self.repairs.items():
            row = rows.get((name, number))
            if row is not None:
                row.cells.pop(heading, None)
                if text:
                    row.cells[heading] = text

    def _add(
        self,
        kind: FindingKind,
        sheet: Sheet | None,
        row: int,
        column: Column | str | None,
        suggestion: str,
        error: bool,
        values: Any,
    ) -> None:
        written = column.written if isinstance(column, Column) else column or ""
        place = column.place if isinstance(column, Column) else -1
        at = SHEETS.index(sheet.name) if sheet is not None else -1
        name = sheet.written if sheet is not None else ""
        self.findings.add(Finding(kind, name, row, written, suggestion, error, values), (at, row, place))
