"""Reads forms written as text: .csv with the sheet's name in the first column, and Markdown tables."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator

from server_sync.domain.forms.xlsform.grids import (
    MAX_COLUMNS,
    Budget,
    Grid,
    clean,
    drop_empty_end,
    trimmed,
    unreadable,
)
from server_sync.domain.forms.xlsform.headings import TYPE_HEADINGS

_SEPARATOR = re.compile(r"[\s|:-]+")
_COMMENT_AT_END = re.compile(r"(.*\|)\s*#[^|]+")
_PIPE = re.compile(r"(?<!\\)\|")


def decode(data: bytes) -> str:
    """Text as Chinese spreadsheets save it: UTF-8 with or without BOM, UTF-16 with BOM, GBK (as GB 18030).

    Raises KnownError FORM_UNREADABLE ("encoding").
    """
    encodings = (
        ("utf-16",)
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        else ("utf-8-sig", "gb18030")
    )
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            raise unreadable("workbook")
        return text
    raise unreadable("encoding")


def read_csv(data: bytes) -> list[Grid]:
    """The sheets of a .csv: a sheet begins where the first column has its name; a plain table is the survey sheet."""
    try:
        rows = list(_bounded(csv.reader(io.StringIO(decode(data), newline=""))))
    except csv.Error as broken:
        raise unreadable("workbook", detail=str(broken)) from broken
    first = next((row for row in rows if row), [])
    if any(" ".join(cell.split()).lower() in TYPE_HEADINGS for cell in first) and first[0]:
        rows = [["survey"], *(["", *row] for row in rows)]
    return _sheets(rows)


def read_md(data: bytes) -> list[Grid]:
    """The sheets of a Markdown file: tables whose first column has the name of the sheet in their first line."""
    return _sheets(row for row in _bounded(_table_rows(decode(data))) if row)


def _table_rows(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        written = line.strip()
        commented = _COMMENT_AT_END.fullmatch(written)
        written = commented[1] if commented else written
        if written.startswith("|") and len(written) > 1 and not _SEPARATOR.fullmatch(written):
            inner = written[1:-1] if written.endswith("|") else written[1:]
            yield [cell.strip().replace(r"\|", "|") for cell in _PIPE.split(inner)]


def _bounded(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    budget = Budget()
    for row in rows:
        cells = trimmed(clean(cell) for cell in row[: MAX_COLUMNS + 1])
        if cells:
            budget.spend()
        yield cells


def _sheets(rows: Iterable[list[str]]) -> list[Grid]:
    grids: list[Grid] = []
    for name, *cells in (row or [""] for row in rows):
        if name.strip():
            grids.append(Grid(name.strip()))
        if grids and (cells or grids[-1].rows):
            grids[-1].rows.append(cells)
    for grid in grids:
        drop_empty_end(grid.rows)
    if not grids:
        raise unreadable("workbook")
    return grids
