"""Tables written into a file, .xlsx or .csv: piece by piece beside its place, and put there when they are whole.

Text that a spreadsheet would take for a formula stays text.
"""

import csv
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from server_sync.domain.errors import ErrorKind, KnownError


@dataclass(frozen=True, slots=True)
class Timed:
    """A day, a time of day or a moment, without an offset: in a workbook it is one, elsewhere the text."""

    text: str
    at: date | time


Value = str | int | Decimal | Timed | None

SHEET_ROWS = 1_048_576
LONGEST_CELL = 32_767
LONGEST_SHEET_NAME = 31
_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_FORMULA = re.compile("[\t\r]|[\\s\ufeff]*[=+\\-@＝＋－＠]")
_FIRST_YEAR = 1900
"""Of the calendar of spreadsheets."""
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Signs that neither XML nor UTF-8 takes."""


class TableFile(Protocol):
    """Rows go to a table by its number, its head first; then `finish`, or `abandon`, which leaves nothing behind. Not
    on the main thread, one call at a time. Raises KnownError FILE_UNWRITABLE {file}; then it is abandoned."""

    def add(self, table: int, row: Sequence[Value]) -> None:
        """One more row."""

    def finish(self) -> None:
        """Put the whole file in its place."""

    def abandon(self) -> None:
        """Forget it."""


def open_tables(target: Path, names: Sequence[str]) -> TableFile:
    """A file for tables of these names: a workbook for .xlsx, else a text a table, the first one at `target`."""
    with _unwritable(target):
        return _Safely(target, (_Workbook if target.suffix.lower() == ".xlsx" else _Texts)(target, names))


class _Safely:
    """Whatever goes wrong leaves nothing behind."""

    def __init__(self, target: Path, file: TableFile) -> None:
        self._target, self._file = target, file

    def add(self, table: int, row: Sequence[Value]) -> None:
        self._do(lambda: self._file.add(table, row))

    def finish(self) -> None:
        self._do(self._file.finish)

    def abandon(self) -> None:
        self._file.abandon()

    def _do(self, step: Callable[[], object]) -> None:
        try:
            with _unwritable(self._target):
                step()
        except BaseException:
            self._file.abandon()
            raise


@contextmanager
def _unwritable(target: Path) -> Iterator[None]:
    from xlsxwriter.exceptions import XlsxWriterException

    try:
        yield
    except (OSError, XlsxWriterException) as error:
        raise KnownError(ErrorKind.FILE_UNWRITABLE, file=target.name) from error


_TIMED: dict[type, tuple[str, int]] = {
    date: ("yyyy-mm-dd", 12),
    time: ("hh:mm:ss", 10),
    datetime: ("yyyy-mm-dd hh:mm:ss", 20),
}
"""How each is shown, and how wide its column is at least, in characters."""


class _Workbook:
    """An .xlsx, its rows on the disk as they come, in a folder beside the target."""

    def __init__(self, target: Path, names: Sequence[str]) -> None:
        from xlsxwriter import Workbook  # 0.1 s, and needed by nobody else

        self._target = target
        self._folder = _folder_beside(target)
        options = {"constant_memory": True, "tmpdir": str(self._folder), "strings_to_urls": False}
        self._file = self._folder / "book.xlsx"
        self._book: Any = Workbook(str(self._file), {**options, "strings_to_formulas": False})
        self._bold = self._book.add_format({"bold": True})
        self._whole = self._book.add_format({"num_format": "0"})
        self._timed = {
            kind: (self._book.add_format({"num_format": form}), width)
            for kind, (form, width) in _TIMED.items()
        }
        self._widened: set[tuple[str, int]] = set()
        self._names = _unique([_sheet_name(name) for name in names])
        self._sheets = [self._book.add_worksheet(name) for name in self._names]
        self._at = [0] * len(names)
        self._parts = [1] * len(names)

    def add(self, table: int, row: Sequence[Value]) -> None:
        if self._at[table] >= SHEET_ROWS:
            self._parts[table] += 1
            self._names = _unique([*self._names, self._names[table]])
            self._sheets[table], self._at[table] = self._book.add_worksheet(self._names[-1]), 0
        sheet, at = self._sheets[table], self._at[table]
        style = self._bold if at == 0 and self._parts[table] == 1 else None
        for place, value in enumerate(row):
            if isinstance(value, Timed):
                self._add_timed(sheet, at, place, value)
            elif isinstance(value, str) and value:
                sheet.write_string(at, place, _plain(value)[:LONGEST_CELL], style)
            elif isinstance(value, int | Decimal):
                # Else a spreadsheet shows a long one as 1.38E+10.
                whole = self._whole if value == int(value) else None
                sheet.write_number(at, place, float(value), style or whole)
        self._at[table] += 1

    def _add_timed(self, sheet: Any, at: int, place: int, value: Timed) -> None:
        moment = value.at
        if isinstance(moment, date) and moment.year < _FIRST_YEAR:
            sheet.write_string(at, place, value.text)
            return
        style, width = self._timed[type(moment)]
        sheet.write_datetime(at, place, moment, style)
        if (sheet.name, place) not in self._widened:
            # A narrow column shows ##### in place of a date.
            self._widened.add((sheet.name, place))
            sheet.set_column(place, place, width)

    def finish(self) -> None:
        self._book.close()
        self._file.replace(self._target)
        self.abandon()

    def abandon(self) -> None:
        for sheet in self._sheets:
            if sheet.row_data_fh is not None and not sheet.row_data_fh.closed:
                sheet.row_data_fh.close()
        shutil.rmtree(self._folder, ignore_errors=True)


class _Texts:
    """A .csv a table, in UTF-8 with the mark that Excel knows it by; those of repeats are named after them."""

    def __init__(self, target: Path, names: Sequence[str]) -> None:
        self._folder = _folder_beside(target)
        files = [target, *(_beside(target, name) for name in _unique(names[1:]))]
        self._ways = [(self._folder / f"{number}.csv", file) for number, file in enumerate(files)]
        self._open = [way.open("w", encoding="utf-8-sig", newline="") for way, _ in self._ways]
        self._writers = [csv.writer(file) for file in self._open]

    def add(self, table: int, row: Sequence[Value]) -> None:
        self._writers[table].writerow([_guarded(value) for value in row])

    def finish(self) -> None:
        for file in self._open:
            file.close()
        for way, target in reversed(self._ways):
            way.replace(target)
        self.abandon()

    def abandon(self) -> None:
        for file in self._open:
            file.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def _folder_beside(target: Path) -> Path:
    """A folder for what is being written, on the target's disk; nobody else may look into it."""
    return Path(tempfile.mkdtemp(prefix=".huifang-", dir=target.parent))


def _beside(target: Path, name: str) -> Path:
    return target.with_name(f"{target.stem}-{_SHEET_NAME.sub('_', name)}{target.suffix}")


def _guarded(value: Value) -> str:
    """A text that begins like a formula gets an apostrophe before it; numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, Timed):
        return value.text
    if isinstance(value, str):
        text = _plain(value)
        return f"'{text}" if _FORMULA.match(text) else text
    return str(value)


def _plain(text: str) -> str:
    return _NO_TEXT.sub(" ", text)


def _sheet_name(name: str) -> str:
    """As Excel takes it: without its own signs, 31 characters at most."""
    return _SHEET_NAME.sub("_", name)[:LONGEST_SHEET_NAME].strip() or "Sheet"


def _unique(names: Sequence[str]) -> list[str]:
    """The same names, each once whatever its case."""
    taken: set[str] = set()
    found: list[str] = []
    for name in names:
        free, number = name, 1
        while free.casefold() in taken or free.casefold() == "history":
            number += 1
            ending = f" ({number})"
            free = f"{name[: LONGEST_SHEET_NAME - len(ending)]}{ending}"
        taken.add(free.casefold())
        found.append(free)
    return found
