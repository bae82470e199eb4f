"""The program of the parsing child: a workbook on stdin, MessagePack on stdout; it imports nothing of this product.

Arguments: seconds of CPU time, bytes of address space, most rows, most columns, most cells. The reply is
{"sheets": [[name, hidden, rows]]} or {"refused": kind, "values": {…}}.
"""

import datetime
import html
import io
import posixpath
import re
import sys
import zipfile
from collections.abc import Iterator
from typing import IO, Any

import msgspec
import python_calamine
from lxml import etree

Formulas = dict[tuple[int, int], str]
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PROTECTED = re.compile(
    # the stream that holds an encrypted .xlsx, or the record that follows an .xls's first when it is encrypted
    rb"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e"
    rb"|\x09\x08(?:\x10\0\0\x06\x05\0.{12}|\x08\0\0\x05\x05\0.{4})(?:\x86\0\0\0)?/\0",
    re.DOTALL,
)
_WITHOUT_VALUE = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_CHUNK = 2**20
_LONGEST_CELL = 2**16


def limit_resources(seconds: int, memory: int) -> None:
    """Let the operating system end this process when a hostile file makes it work or grow for ever."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def plain(cell: Any) -> Any:
    """A cell as text, number, boolean or None; dates and times as ISO text."""
    if cell is None or isinstance(cell, str | float | int | bool):
        return cell if cell != "" else None
    if isinstance(cell, datetime.datetime | datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell)


def formulas_without_value(data: bytes) -> dict[str, Formulas]:
    """By sheet: the formulas of an .xlsx that no value is stored with, by row and column from 0."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    names = {name.lower(): name for name in archive.namelist()}
    safe = etree.XMLParser(resolve_entities=False, no_network=True)
    book = etree.fromstring(archive.read(names["xl/workbook.xml"]), safe)
    links = etree.fromstring(archive.read(names["xl/_rels/workbook.xml.rels"]), safe)
    targets = {link.get("Id"): posixpath.join("/xl", link.get("Target", ""))[1:] for link in links}
    found = {}
    for sheet in book.iterfind(".//{*}sheets/{*}sheet"):
        part = names.get(targets.get(sheet.get(f"{{{_OFFICE}}}id"), "").lower())
        if part is not None:
            with archive.open(part) as xml:
                found[sheet.get("name", "")] = dict(scan_formulas(xml))
    return found


def scan_formulas(xml: IO[bytes]) -> Iterator[tuple[tuple[int, int], str]]:
    """Place and text of each formula of a sheet's part without a value; the empty text is a value (t="str")."""
    rest = b""
    while chunk := xml.read(_CHUNK):
        text = rest + chunk
        whole = text.rfind(b"c>") + 2
        formulas = b"<f" in text or b":f" in text
        for cell in _WITHOUT_VALUE.finditer(text, 0, whole) if formulas else ():
            place = _PLACE.search(cell[1])
            if place and b't="str"' not in cell[1]:
                column = 0
                for letter in place[1]:
                    column = 26 * column + letter - ord("A") + 1
                formula = (cell[2] or b"").decode("utf-8", "replace")
                yield (int(place[2]) - 1, column - 1), f"={html.unescape(formula)}"
        rest = text[max(whole, len(text) - _LONGEST_CELL) :]


def read_sheets(data: bytes, max_rows: int, max_columns: int, max_cells: int) -> dict[str, Any]:
    """All worksheets with their rows from the first one on, empty rows at the end left out."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    formulas = formulas_without_value(data) if data.startswith(b"PK") else {}
    sheets = []
    cells_left = max_cells
    for meta in book.sheets_metadata:
        if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        bare = formulas.get(meta.name, {})
        ends = [sheet.end or (-1, -1), *bare]
        last_row, last_column = max(row for row, _ in ends), max(column for _, column in ends)
        if last_column >= max_columns:
            values = {"sheet": meta.name, "columns": last_column + 1, "limit": max_columns}
            return {"refused": "too_many_columns", "values": values}
        if last_row >= max_rows:
            values = {"sheet": meta.name, "rows": last_row + 1, "limit": max_rows}
            return {"refused": "too_many_rows", "values": values}
        cells_left -= (last_row + 1) * (last_column + 1)
        if cells_left < 0:
            return {
                "refused": "file_too_large",
                "values": {"cells": max_cells - cells_left, "limit": max_cells},
            }
        rows = [[plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        for (row, column), formula in bare.items():
            rows += [[] for _ in range(row + 1 - len(rows))]
            cells = rows[row]
            cells += [None] * (column + 1 - len(cells))
            cells[column] = formula
        while rows and not any(cell is not None for cell in rows[-1]):
            rows.pop()
        hidden = meta.visible != python_calamine.SheetVisibleEnum.Visible
        sheets.append([meta.name, hidden, rows])
    return {"sheets": sheets}


def reply(arguments: list[str], data: bytes) -> dict[str, Any]:
    """The child's reply; whatever the parser raises means that the file cannot be read."""
    seconds, memory, max_rows, max_columns, max_cells = (int(argument) for argument in arguments)
    limit_resources(seconds, memory)
    try:
        return read_sheets(data, max_rows, max_columns, max_cells)
    except MemoryError:
        return {"refused": "file_too_large", "values": {}}
    except BaseException as error:  # a panic of the parser is no Exception
        if not data.startswith(b"PK") and _PROTECTED.search(data):
            return {"refused": "file_encrypted", "values": {}}
        return {"refused": "file_unreadable", "values": {"detail": type(error).__name__}}


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.msgpack.encode(reply(sys.argv[1:], sys.stdin.buffer.read())))
