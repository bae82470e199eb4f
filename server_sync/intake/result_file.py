"""The file of refused rows: where each is, why, and its cells, so that it can be corrected and imported again."""

import csv
import io
import re
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

    One line for each refused row, so that it is imported once when corrected; no cell can run as a formula. Raises
    OSError.
    """
    rows = result_rows(plan)
    path.write_bytes(_as_xlsx(rows) if path.suffix.lower() == ".xlsx" else _as_csv(rows))


def result_rows(plan: ImportPlan) -> list[list[Cell]]:
    """A header, then each refused row: its sheet, row, columns, reasons and kinds, and its cells by their header."""
    refused: dict[tuple[str, int], list[Finding]] = {}
    for finding in plan.findings.errors:
        refused.setdefault((finding.sheet, finding.row), []).append(finding)
    sheets = {records.sheet: records.mapped for records in plan.read.sheets}
    headers = [sheets[sheet].header.names for sheet in dict.fromkeys(sheet for sheet, _row in refused)]
    names = list(dict.fromkeys(name for header in headers for name in header if name))
    rows: list[list[Cell]] = [[_("Sheet"), _("Row"), _("Column"), _("Reason"), _("Kind"), *names]]
    for (sheet, row), findings in refused.items():
        mapped = sheets[sheet]
        cells = dict(zip(mapped.header.names, mapped.sheet.rows[row - 1], strict=False))
        about = (sheet, row, *_about(findings))
        rows.append([_harmless(cell) for cell in (*about, *(cells.get(name) for name in names))])
    return rows


def _about(findings: list[Finding]) -> tuple[str, str, str]:
    """Columns, reasons and kinds of one row; where there are several, each reason says which column's it is."""
    reasons = [words.reason(finding) for finding in findings]
    if len(findings) > 1:
        reasons = [f"{finding.column}: {why}" for finding, why in zip(findings, reasons, strict=True)]
    columns = dict.fromkeys(finding.column for finding in findings)
    kinds = dict.fromkeys(finding.kind.value for finding in findings)
    return "; ".join(columns), " ".join(reasons), "; ".join(kinds)


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
