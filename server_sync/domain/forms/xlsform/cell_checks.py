"""Checks the cells that hold expressions or mention questions; what an expression may be stands in `expressions`."""

import re

from server_sync.domain.forms.xlsform.expressions import (
    REFERENCE,
    Names,
    Wrong,
    check_expression,
    check_references,
    is_bare_word,
)
from server_sync.domain.forms.xlsform.findings import FindingKind
from server_sync.domain.forms.xlsform.headings import CHOICES, ENTITIES, EXTERNAL_CHOICES, SETTINGS, Column
from server_sync.domain.forms.xlsform.outline import Entry, Outline, RowKind
from server_sync.domain.forms.xlsform.reporter import Reporter
from server_sync.domain.forms.xlsform.row_checks import is_calculated
from server_sync.domain.forms.xlsform.sheets import Sheet, Workbook
from server_sync.domain.forms.xpath.references import Shape

_YES_NO = frozenset({"yes", "no", "true", "false", "true()", "false()"})
_CONDITIONS = frozenset({"relevant", "constraint", "calculation", "required", "read_only"})
_UNREAD = frozenset({"type", "name", "trigger"})
_CALL = re.compile(r"[^\W\d][\w.\-]*\s*\(")
_MOST_LOST = 100
"""Paths that lead nowhere, after which no more are followed: each costs a search for what was meant."""

_WHOLE = re.compile(r"[0-9]+")
_NO_COUNT = re.compile(r"[-+]?[0-9.]+|[^\W\d]\w*")


class CellChecks:
    """The checks of one workbook's cells."""

    def __init__(self, book: Workbook, outline: Outline, report: Reporter) -> None:
        self._book = book
        self._outline = outline
        self._report = report
        self._names = Names(
            {name: entries[0].path for name, entries in outline.named.items()},
            {name: tuple(one.row.number for one in entries) for name, entries in outline.named.items()},
            report.guess,
        )
        more = ENTITIES in book.sheets or any(entry.structure == "loop" for entry in outline.entries)
        self._shape: Shape | None = None if outline.slips or more else outline.shape()
        """None where pyxform makes nodes that no row tells of, or no form can be made."""
        self._lost = 0

    def check(self) -> None:
        """All cells of the survey, choices and settings sheets."""
        for entry in self._outline.entries:
            if entry.kind in (RowKind.QUESTION, RowKind.BEGIN):
                for column in self._outline.sheet.columns:
                    text = entry.row.cells.get(column.heading, "")
                    if text and column.name not in _UNREAD:
                        self._check_cell(entry, column, text)
                self._check_row(entry)
        settings, choices = self._book.sheets.get(SETTINGS), self._book.sheets.get(CHOICES)
        if settings is not None:
            self._check_settings(settings)
        for row in choices.rows if choices is not None else ():
            assert choices is not None
            for column, text in choices.texts(row, "label", "image", "audio", "video"):
                for wrong in check_references(text, self._names):
                    self._report.cell(wrong, choices, row.number, column)

    def _check_cell(self, entry: Entry, column: Column, text: str) -> None:
        sheet, number = self._outline.sheet, entry.row.number
        if column.name in _CONDITIONS and text.lower() in _YES_NO:
            return
        if column.name == "repeat_count" and _NO_COUNT.fullmatch(text) and not _WHOLE.fullmatch(text):
            wrong = Wrong(FindingKind.COUNT_INVALID, self._reference_to(text), {"value": text})
            self._report.cell(wrong, sheet, number, column)
        elif column.name in ("required", "read_only") and is_bare_word(text):
            self._report.cell(Wrong(FindingKind.YES_OR_NO, "yes", {"value": text}), sheet, number, column)
        elif column.name == "choice_filter":
            for wrong in check_expression(text, entry.path, None, self._names, self._filter_columns(entry)):
                self._report.cell(wrong, sheet, number, column)
        elif column.name in _CONDITIONS or self._is_expression(entry, column, text):
            for wrong in check_expression(text, entry.path, self._shape, self._names):
                self._report.cell(wrong, sheet, number, column)
                self._lost += wrong.kind is FindingKind.PATH_UNKNOWN
                if self._lost > _MOST_LOST:
                    self._shape, self._report.spoilt = None, True
        else:
            for wrong in check_references(text, self._names):
                self._report.cell(wrong, sheet, number, column)

    def _is_expression(self, entry: Entry, column: Column, text: str) -> bool:
        if column.name == "repeat_count":
            return True
        if column.name != "default":
            return False
        return "${" in text or (bool(_CALL.search(text)) and entry.type not in ("note", "text"))

    def _filter_columns(self, entry: Entry) -> frozenset[str] | None:
        """What may stand alone in the filter of a question's choices; None where another file holds them."""
        name = EXTERNAL_CHOICES if "external" in entry.command else CHOICES
        sheet = self._book.sheets.get(name)
        if sheet is None or "file" in entry.command or "${" in entry.choice_list:
            return None
        return frozenset({*(column.heading for column in sheet.columns), "name", "label"})

    def _check_row(self, entry: Entry) -> None:
        """What the cells of a row need of each other."""
        sheet, number = self._outline.sheet, entry.row.number
        report = self._report
        calculation = sheet.text(entry.row, "calculation")
        default = sheet.text(entry.row, "default")
        if (
            entry.type == "calculate"
            and not calculation
            and "${" not in default
            and not _CALL.search(default)
        ):
            report.error(
                FindingKind.CALCULATION_MISSING, sheet, number, sheet.column("calculation") or "calculation",
                repair="1", name=entry.name,
            )  # fmt: skip
        if not sheet.text(entry.row, "constraint"):
            for column, _ in sheet.texts(entry.row, "constraint_message"):
                report.warning(FindingKind.CONSTRAINT_ALONE, sheet, number, column, name=entry.name)
        for column, text in sheet.texts(entry.row, "trigger"):
            self._check_trigger(entry, column, text)
        for column, _ in sheet.texts(entry.row, "repeat_count"):
            if entry.structure != "repeat":
                report.warning(FindingKind.NOT_USED_HERE, sheet, number, column, value=entry.type)
        for column, _ in sheet.texts(entry.row, "choice_filter"):
            if not entry.command:
                report.warning(FindingKind.NOT_USED_HERE, sheet, number, column, value=entry.type)
            elif entry.other:
                report.error(FindingKind.NOT_USED_HERE, sheet, number, column, repair="", value="or_other")

    def _reference_to(self, text: str) -> str:
        near = self._report.guess(text, self._names.paths)
        return f"${{{near}}}" if near else ""

    def _check_trigger(self, entry: Entry, column: Column, text: str) -> None:
        sheet, number = self._outline.sheet, entry.row.number
        for part in (one.strip() for one in text.split(",")):
            if not REFERENCE.fullmatch(part):
                near = self._reference_to(part.strip("${} "))
                wrong = Wrong(FindingKind.TRIGGER_INVALID, near, {"value": part})
                self._report.cell(wrong, sheet, number, column)
                continue
            found = list(check_references(part, self._names))
            for wrong in found:
                self._report.cell(wrong, sheet, number, column)
            named = self._outline.named.get(part[2:-1], ())
            if not found and named and (named[0].kind is RowKind.BEGIN or is_calculated(named[0], sheet)):
                wrong = Wrong(FindingKind.TRIGGER_INVALID, "", {"value": part})
                self._report.cell(wrong, sheet, number, column)

    def _check_settings(self, settings: Sheet) -> None:
        for row in settings.rows[:1]:
            for column in settings.columns:
                text = row.cells.get(column.heading, "")
                if column.name == "instance_name":
                    for wrong in (
                        check_expression(text, self._outline.root, self._shape, self._names) if text else ()
                    ):
                        self._report.cell(wrong, settings, row.number, column)
                else:
                    for wrong in check_references(text, self._names):
                        self._report.cell(wrong, settings, row.number, column)
