"""Reads .xlsx with openpyxl, a row at a time, after a look at how much it would unpack to."""

import io
import posixpath
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.xlsform.cell_texts import cell_text
from server_sync.domain.forms.xlsform.grids import (
    MAX_COLUMNS,
    MAX_UNPACKED,
    Budget,
    Grid,
    Oddity,
    clean,
    drop_empty_end,
    trimmed,
    unreadable,
)

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="(([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}[0-9]{1,7})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MOST_MERGED = 200
_MOST_BLANK = 2_000
"""Empty rows in succession after which nothing is expected any more."""


def read_xlsx(data: bytes) -> list[Grid]:
    """The worksheets; a cell shows the value that was stored with it, of a formula too."""
    from openpyxl import load_workbook  # only who writes forms needs it

    archive = _look_into(data)
    budget = Budget()
    parts = {name: archive.read(part) for name, part in _parts(archive).items()}
    computed = any(_FORMULA.search(part) for part in parts.values())
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # remarks on styles and extensions are nothing to the author of a form
        values = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        grids = [_grid(sheet, budget) for sheet in values.worksheets]
        if computed:
            formulas = load_workbook(io.BytesIO(data), read_only=True, data_only=False)
            for sheet, grid in zip(formulas.worksheets, grids, strict=True):
                grid.oddities += _without_value(sheet, grid)
    for grid in grids:
        grid.oddities += _merged(parts.get(grid.name, b""))
    return grids


def _look_into(data: bytes) -> zipfile.ZipFile:
    """Refuse what would unpack to far more than a form, before anything is unpacked, and entities of any kind."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as broken:
        raise unreadable("workbook", detail=str(broken)) from broken
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        raise KnownError(ErrorKind.FORM_TOO_LARGE, unpacked=unpacked, most=MAX_UNPACKED)
    if any(entry.flag_bits & 1 for entry in entries):
        raise unreadable("encrypted")
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels")) and _DOCTYPE.search(archive.read(entry)):
            raise unreadable("doctype")
    return archive


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The name of each worksheet's part by the name of the sheet."""
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names:
        raise unreadable("workbook")
    safe = etree.XMLParser(resolve_entities=False, no_network=True)
    book = etree.fromstring(archive.read("xl/workbook.xml"), safe)
    links = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), safe)
    targets = {link.get("Id"): posixpath.join("/xl", link.get("Target", ""))[1:] for link in links}
    found = {
        sheet.get("name", ""): targets.get(sheet.get(f"{{{_OFFICE}}}id"), "")
        for sheet in book.iterfind(".//{*}sheets/{*}sheet")
    }
    return {name: part for name, part in found.items() if part in names}


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    sheet.reset_dimensions()  # what the file says of its size need not be true
    yield from sheet.iter_rows(max_col=MAX_COLUMNS)


def _grid(sheet: Any, budget: Budget) -> Grid:
    grid = Grid(sheet.title)
    blank = 0
    for number, cells in enumerate(_rows(sheet)):
        texts = [""] * len(cells)
        for place, cell in enumerate(cells):
            if cell.value is None:
                continue
            if cell.data_type == "e":
                grid.oddities.append(Oddity("error", number, place, str(cell.value)))
            else:
                texts[place] = clean(cell_text(cell.value))
        row = trimmed(texts)
        blank = 0 if row else blank + 1
        if blank > _MOST_BLANK:
            break
        if row:
            budget.spend()
        grid.rows.append(row)
    drop_empty_end(grid.rows)
    return grid


def _without_value(sheet: Any, grid: Grid) -> Iterator[Oddity]:
    odd = {(oddity.row, oddity.column) for oddity in grid.oddities}
    for number, cells in zip(range(len(grid.rows) + _MOST_BLANK), _rows(sheet), strict=False):
        row = grid.rows[number] if number < len(grid.rows) else []
        for place, cell in enumerate(cells):
            shown = place < len(row) and row[place]
            if cell.data_type == "f" and not shown and (number, place) not in odd:
                yield Oddity("formula", number, place, clean(str(cell.value))[:100])


def _merged(part: bytes) -> Iterator[Oddity]:
    for _, found in zip(range(_MOST_MERGED), _MERGED.finditer(part), strict=False):
        column = 0
        for letter in found[2]:
            column = 26 * column + letter - ord("A") + 1
        yield Oddity("merged", int(found[3]) - 1, column - 1, found[1].decode())
