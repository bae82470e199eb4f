"""A form's workbook: its sheets with named columns and rows numbered as in the file; checking it is for others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from server_sync.domain.forms.xlsform.files import kind_of, read_grids
from server_sync.domain.forms.xlsform.grids import Grid, Oddity
from server_sync.domain.forms.xlsform.headings import (
    EXTERNAL_CHOICES,
    SURVEY,
    TYPE_HEADINGS,
    Column,
    read_columns,
    read_type,
    read_yes_no,
    sheet_named,
)

_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_KEYS = frozenset({"type", "name", "list_name", "trigger"})
"""Columns in which spaces around a value are a slip that matters."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not empty: its number in the sheet, and its texts by the heading that pyxform is given."""

    number: int
    cells: dict[str, str]


@dataclass(slots=True)
class Sheet:
    """A sheet: `name` is XLSForm's, `written` the file's; `spaced` are texts with spaces around, `blanks` rows with
    the number of empty rows above."""

    name: str
    written: str
    columns: list[Column]
    rows: list[Row]
    oddities: list[Oddity] = field(default_factory=list)
    spaced: list[tuple[int, Column, str]] = field(default_factory=list)
    blanks: list[tuple[int, int]] = field(default_factory=list)
    _named: dict[str, list[Column]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for column in self.columns:
            self._named.setdefault(column.name, []).append(column)

    def column(self, name: str) -> Column | None:
        """The first column of a name."""
        return next(iter(self._named.get(name, ())), None)

    def text(self, row: Row, name: str) -> str:
        """What a row says in the first column of this name that says anything."""
        return next((text for _, text in self.texts(row, name)), "")

    def texts(self, row: Row, *names: str) -> Iterator[tuple[Column, str]]:
        """What a row says in the columns of these names, of all languages."""
        for name in names:
            for column in self._named.get(name, ()):
                if text := row.cells.get(column.heading, ""):
                    yield column, text


@dataclass(slots=True)
class Workbook:
    """The sheets by XLSForm's names, what all sheets are called, and the kind of file that it really is."""

    sheets: Mapping[str, Sheet]
    names: tuple[str, ...]
    suffix: str

    def for_pyxform(self, code: str) -> dict[str, Any]:
        """What pyxform takes in place of a file; `code` names a form that has no id of its own."""
        found: dict[str, Any] = {"sheet_names": list(self.names), "fallback_form_name": code}
        for name, sheet in self.sheets.items():
            by_number = {row.number: dict(row.cells) for row in sheet.rows}
            last = max(by_number, default=1)
            found[name] = [by_number.get(number, {}) for number in range(2, last + 1)]
            found[f"{name}_header"] = [{column.heading: None for column in sheet.columns}]
        return found

    def external_lists(self) -> dict[str, list[dict[str, str]]]:
        """The rows of the sheet `external_choices` by their list."""
        lists: dict[str, list[dict[str, str]]] = {}
        sheet = self.sheets.get(EXTERNAL_CHOICES)
        for row in sheet.rows if sheet is not None else ():
            assert sheet is not None
            plain = {column.heading: row.cells.get(column.heading, "") for column in sheet.columns}
            lists.setdefault(sheet.text(row, "list_name"), []).append(plain)
        return lists


def read_workbook(data: bytes, filename: str) -> Workbook:
    """The workbook in a file of any kind but .xml. Raises KnownError FORM_UNREADABLE and FORM_TOO_LARGE."""
    suffix = kind_of(data, filename)
    grids = read_grids(data, suffix)
    sheets: dict[str, Sheet] = {}
    for grid in grids:
        name = sheet_named(grid.name) or (SURVEY if len(grids) == 1 and _names_types(grid) else "")
        if name and name not in sheets:
            sheets[name] = _sheet(name, grid)
    return Workbook(sheets, tuple(grid.name for grid in grids), suffix)


def _names_types(grid: Grid) -> bool:
    """Whether a sheet of any name has the column that makes it a survey."""
    return any(" ".join(cell.split()).lower() in TYPE_HEADINGS for cell in (grid.rows or [[]])[0])


def _sheet(name: str, grid: Grid) -> Sheet:
    columns = read_columns(name, grid.rows[0] if grid.rows else [])
    sheet = Sheet(name, grid.name, columns, [], grid.oddities)
    last = 1
    for number, written in enumerate(grid.rows[1:], start=2):
        cells: dict[str, str] = {}
        for column in columns:
            raw = written[column.place] if column.place < len(written) else ""
            text = raw.strip()
            if not text:
                continue
            if raw != text and column.name in _KEYS:
                sheet.spaced.append((number, column, raw))
            cells[column.heading] = _read(name, column.name, text)
        if cells:
            if number - last > 1:
                sheet.blanks.append((number, number - last - 1))
            sheet.rows.append(Row(number, cells))
            last = number
    return sheet


def _read(sheet: str, column: str, text: str) -> str:
    if sheet == SURVEY and column == "type":
        return read_type(text)
    if column in ("required", "read_only", "allow_choice_duplicates"):
        return read_yes_no(text)
    return text.translate(_QUOTES)
