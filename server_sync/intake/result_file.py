"""The file of refused rows: where each is, why, and its cells, so that it can be corrected and imported again."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl

from server_sync.intake import words
from server_sync.intake.cells import guarded
from server_sync.intake.findings import Finding
from server_sync.intake.plan import ImportPlan
from server_sync.intake.sheet import Cell
from server_sync.texts import _

_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def write_result(plan: ImportPlan, path: Path) -> None:
    """Write the refused rows as .xlsx, or for any other name as CSV in UTF-8 with BOM, which every spreadsheet opens.

    One line for each finding; no cell can run as a formula. Raises OSError.
    """
    rows = result_rows(plan)
    path.write_bytes(_as_xlsx(rows) if path.suffix.lower() == ".xlsx" else _as_csv(rows))


def result_rows(plan: ImportPlan) -> list[list[Cell]]:
    """A header, then a row per finding: sheet, row, column, reason, kind, and the refused cells by their header."""
    findings = plan.findings.errors
    headers = {records.sheet: records.mapped.header for records in plan.read.sheets}
    names = list(dict.fromkeys(name for f in findings for name in headers[f.sheet].names if name))
    head: list[Cell] = [_("Sheet"), _("Row"), _("Column"), _("Reason"), _("Kind"), *names]
    return [head, *_lines(plan, findings, names)]


def _lines(plan: ImportPlan, findings: list[Finding], names: list[str]) -> Iterator[list[Cell]]:
    sheets = {records.sheet: records.mapped for records in plan.read.sheets}
    for finding in findings:
        mapped = sheets[finding.sheet]
        cells = dict(zip(mapped.header.names, mapped.sheet.rows[finding.row - 1], strict=False))
        about: list[Cell] = [
            finding.sheet,
            finding.row,
            finding.column,
            words.reason(finding),
            finding.kind.value,
        ]
        yield [_harmless(cell) for cell in (*about, *(cells.get(name) for name in names))]


def _harmless(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return guarded(_NOT_IN_XML.sub("", cell))
    return int(cell) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**15 else cell


def _as_csv(rows: list[list[Cell]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _as_xlsx(rows: list[list[Cell]]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
