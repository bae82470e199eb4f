"""The program of the parsing child: a workbook on stdin, MessagePack on stdout; it imports nothing of this product.

Arguments: seconds of CPU time, bytes of address space, most rows, most columns, most cells. The reply is
{"sheets": [[name, hidden, rows]]} or {"refused": kind, "values": {…}}.
"""

import datetime
import io
import sys
from typing import Any

import msgspec
import python_calamine


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


def read_sheets(data: bytes, max_rows: int, max_columns: int, max_cells: int) -> dict[str, Any]:
    """All worksheets with their rows from the first one on, empty rows at the end left out."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = []
    cells_left = max_cells
    for meta in book.sheets_metadata:
        if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        last_row, last_column = sheet.end or (-1, -1)
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
    except python_calamine.PasswordError:
        return {"refused": "file_encrypted", "values": {}}
    except MemoryError:
        return {"refused": "file_too_large", "values": {}}
    except BaseException as error:  # a panic of the parser is no Exception
        return {"refused": "file_unreadable", "values": {"detail": type(error).__name__}}


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.msgpack.encode(reply(sys.argv[1:], sys.stdin.buffer.read())))
