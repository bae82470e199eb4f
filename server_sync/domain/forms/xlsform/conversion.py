"""Turns a read workbook into an XForm; the only place that needs pyxform, which is imported late."""

import re
from typing import Any

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.xlsform.sheets import Workbook

_ROW = re.compile(r"\[row : (\d+)\]")
_SHEET = re.compile(r"'(survey|choices|settings|entities|external_choices)' sheet")
_COLUMN = re.compile(r"the '([^']+)' (?:value|column)")


def convert_workbook(book: Workbook, code: str) -> tuple[str, list[str]]:
    """The XForm, and what pyxform remarks in its own English; `code` is that of a form which has none of its own.

    Raises KnownError FORM_INVALID: what pyxform objects to, `code` as pyxform names it, `sheet`, `row`, `column` and
    `name` where it tells, `detail` in its own words.
    """
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    warnings: list[str] = []
    try:
        xform: str = convert(book.for_pyxform(code), warnings=warnings).xform
    except PyXFormError as wrong:
        raise _invalid(wrong) from wrong
    except (AttributeError, KeyError, IndexError, TypeError, ValueError, RecursionError) as fault:
        # What the checks let pass and pyxform stumbles over: the workbook is at fault all the same.
        raise KnownError(
            ErrorKind.FORM_INVALID, **_NOWHERE, detail=f"{type(fault).__name__}: {fault}"[:200]
        ) from fault
    return xform, warnings


_NOWHERE = {"code": "", "sheet": "", "row": 0, "column": "", "name": ""}


def row_of(sentence: str) -> int:
    """The row that a sentence of pyxform names; 0 for none."""
    found = _ROW.search(sentence)
    return int(found[1]) if found else 0


def _invalid(wrong: Any) -> KnownError:
    """What pyxform found, as values: its own code and context, or what its sentence tells of sheet, row and column."""
    detail, context = str(wrong), wrong.context
    sheet, column = _SHEET.search(detail), _COLUMN.search(detail)
    row = row_of(detail)
    values = {
        "code": wrong.code.name if wrong.code is not None else "",
        "sheet": context.get("sheet") or (sheet[1] if sheet else ""),
        "row": row,
        "column": context.get("column") or (column[1] if column else ""),
        "name": str(context.get("q") or context.get("name") or context.get("value") or ""),
        "detail": detail[:1_000],
    }
    return KnownError(ErrorKind.FORM_INVALID, **values)
