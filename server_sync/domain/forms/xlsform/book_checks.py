"""Checks what holds for every sheet: which sheets and columns there are, and cells that are not what they seem."""

from difflib import SequenceMatcher

from server_sync.domain.forms.xlsform.findings import FindingKind
from server_sync.domain.forms.xlsform.headings import (
    CHOICES,
    COLUMNS,
    ENTITIES,
    EXTERNAL_CHOICES,
    OSM,
    SETTINGS,
    SHEETS,
    SURVEY,
    sheet_named,
)
from server_sync.domain.forms.xlsform.reporter import Reporter
from server_sync.domain.forms.xlsform.sheets import Sheet, Workbook
from server_sync.domain.forms.xpath.nearest import nearest

_MOST_BLANK = 20
"""Empty rows after which some programs see the end of a sheet."""

_NEEDED = {SURVEY: ("type", "name"), CHOICES: ("list_name", "name"), EXTERNAL_CHOICES: ("list_name", "name")}
_CLOSE = 0.8
"""How like a known column an unknown one is to be a slip of the pen."""


def check_book(book: Workbook, filename: str, report: Reporter) -> bool:
    """The sheets as such; whether there is a survey sheet with questions to look at."""
    if not filename.lower().endswith(book.suffix) and not filename.lower().endswith(".xlsm"):
        report.warning(FindingKind.OTHER_TYPE, name=filename, found=book.suffix)
    for name in book.names:
        near = nearest(name, SHEETS)
        if not sheet_named(name) and near and near not in book.sheets and _alike(name.lower(), near):
            misspelt = report.error if near == SURVEY else report.warning
            misspelt(FindingKind.SHEET_MISSPELT, suggestion=near, name=name)
    survey = book.sheets.get(SURVEY)
    if survey is None:
        report.error(FindingKind.SHEET_MISSING, suggestion=SURVEY, name=SURVEY)
        return False
    for sheet in book.sheets.values():
        if sheet.name not in (ENTITIES, OSM):
            _check_columns(sheet, report)
            _check_cells(sheet, report)
    if survey.column("type") is None or survey.column("name") is None:
        return False
    if not survey.rows:
        report.error(FindingKind.NO_QUESTIONS, survey)
        return False
    return True


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= _CLOSE


def _check_columns(sheet: Sheet, report: Reporter) -> None:
    known = COLUMNS[sheet.name]
    present = {column.name for column in sheet.columns}
    if not sheet.columns and sheet.name != SURVEY:
        return
    for name in _NEEDED.get(sheet.name, ()):
        guess = nearest(name, [column.written for column in sheet.columns if column.name not in known])
        guessed = next((column for column in sheet.columns if column.written == guess), None)
        if name not in present and guessed is not None:
            report.error(FindingKind.COLUMN_UNKNOWN, sheet, 1, guessed, name, name=guess)
        elif name not in present:
            report.error(FindingKind.COLUMN_MISSING, sheet, 1, name, name, name=name)
    worded = present & {"label", "image", "audio", "video", "media", "hint"}
    slipped = any(_alike(column.written.lower(), "label") for column in sheet.columns)
    if sheet.name in (SURVEY, CHOICES) and not worded and not slipped:
        missing = report.error if sheet.name == SURVEY else report.warning
        missing(FindingKind.COLUMN_MISSING, sheet, 1, "label", "label", name="label")
    seen: dict[tuple[str, str], str] = {}
    for column in sheet.columns:
        # A wrapper such as bind:: or instance:: may stand any number of times.
        key = (column.name, column.language if column.name in known else "")
        plain = "::" not in column.written or bool(column.language)
        if key in seen and plain:
            report.error(FindingKind.COLUMN_TWICE, sheet, 1, column, name=column.written, other=seen[key])
        seen.setdefault(key, column.written)
        first = column.written.partition(":")[0].strip()
        if column.name in known:
            continue
        near = nearest(first, [name for name in known if name not in present])
        slip = near and len(first) > 3 and _alike("_".join(first.lower().split()), near)
        if sheet.name in (CHOICES, EXTERNAL_CHOICES) and near != "label":
            slip = False  # whatever a filter may ask for
        if slip and near not in _NEEDED.get(sheet.name, ()):
            # Row 1 holds no cells of the form: nothing needs to be mended to go on.
            report.error(FindingKind.COLUMN_UNKNOWN, sheet, 1, column, near, repair="", name=column.written)
        elif not slip and sheet.name in (SURVEY, SETTINGS):
            report.warning(FindingKind.COLUMN_UNKNOWN, sheet, 1, column, name=column.written)
        elif not slip and " " in column.written:
            suggestion = "_".join(column.written.split())
            report.warning(FindingKind.COLUMN_UNKNOWN, sheet, 1, column, suggestion, name=column.written)


def _check_cells(sheet: Sheet, report: Reporter) -> None:
    columns = {column.place: column for column in sheet.columns}
    for oddity in sheet.oddities:
        column = columns.get(oddity.column)
        if column is None or column.name not in COLUMNS[sheet.name]:
            continue
        if oddity.kind == "error":
            report.error(FindingKind.CELL_ERROR, sheet, oddity.row + 1, column, repair="", value=oddity.value)
        elif oddity.kind == "formula":
            report.warning(
                FindingKind.FORMULA_WITHOUT_VALUE, sheet, oddity.row + 1, column, value=oddity.value
            )
        else:
            report.warning(FindingKind.CELLS_MERGED, sheet, oddity.row + 1, column, value=oddity.value)
    for number, column, raw in sheet.spaced:
        report.warning(FindingKind.SPACES_AROUND, sheet, number, column, raw.strip(), value=raw)
    for number, count in sheet.blanks:
        if count > _MOST_BLANK:
            report.warning(FindingKind.BLANK_ROWS, sheet, number, count=count)
