"""Reads .xls (the binary format of Excel 97–2003) with xlrd, the reader that pyxform uses."""

import io
from datetime import time
from typing import Any

import xlrd
from xlrd.biffh import error_text_from_code

from server_sync.domain.forms.xlsform.cell_texts import cell_text
from server_sync.domain.forms.xlsform.grids import (
    MAX_COLUMNS,
    Budget,
    Grid,
    Oddity,
    clean,
    drop_empty_end,
    trimmed,
    unreadable,
)


def read_xls(data: bytes) -> list[Grid]:
    """The worksheets. Raises KnownError FORM_UNREADABLE ("encrypted") beside what xlrd raises of itself."""
    try:
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), on_demand=True, ragged_rows=True)
    except xlrd.XLRDError as broken:
        raise unreadable(
            "encrypted" if "encrypted" in str(broken) else "workbook", detail=str(broken)
        ) from broken
    budget = Budget()
    grids: list[Grid] = []
    for name in book.sheet_names():
        grids.append(_grid(book.sheet_by_name(name), book.datemode, budget))
        book.unload_sheet(name)
    return grids


def _grid(sheet: Any, datemode: int, budget: Budget) -> Grid:
    grid = Grid(sheet.name)
    for number in range(sheet.nrows):
        texts: list[str] = []
        for place, cell in enumerate(sheet.row(number)[:MAX_COLUMNS]):
            if cell.ctype == xlrd.XL_CELL_ERROR:
                grid.oddities.append(
                    Oddity("error", number, place, error_text_from_code.get(cell.value, "#?"))
                )
                texts.append("")
            else:
                texts.append(clean(cell_text(_value(cell, datemode))))
        row = trimmed(texts)
        if row:
            budget.spend()
        grid.rows.append(row)
    drop_empty_end(grid.rows)
    return grid


def _value(cell: Any, datemode: int) -> object:
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        if 0 <= cell.value < 1:
            return time(*xlrd.xldate_as_tuple(cell.value, datemode)[3:])
        return xlrd.xldate_as_datetime(cell.value, datemode)
    return cell.value
