"""All that is wrong with a form's file, in the order of its sheets and rows: for those who write forms."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.bundle import is_packed, unpack
from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.faults import Fault, find_faults
from server_sync.domain.forms.limits import check_limits
from server_sync.domain.forms.publishing import (
    PublishedForm,
    Source,
    decode_xform,
    read_bytes,
    with_files,
)
from server_sync.domain.forms.secondary import Files
from server_sync.domain.forms.xlsform.book_checks import check_book
from server_sync.domain.forms.xlsform.cell_checks import CellChecks
from server_sync.domain.forms.xlsform.choice_checks import check_choices
from server_sync.domain.forms.xlsform.conversion import convert_workbook, row_of
from server_sync.domain.forms.xlsform.expressions import wrong_of
from server_sync.domain.forms.xlsform.files import kind_of
from server_sync.domain.forms.xlsform.findings import Finding, FindingKind
from server_sync.domain.forms.xlsform.headings import SURVEY, Column
from server_sync.domain.forms.xlsform.outline import Outline, read_outline
from server_sync.domain.forms.xlsform.parameter_checks import check_parameters
from server_sync.domain.forms.xlsform.reporter import Reporter
from server_sync.domain.forms.xlsform.row_checks import check_rows
from server_sync.domain.forms.xlsform.setting_checks import check_settings
from server_sync.domain.forms.xlsform.sheets import Sheet, Workbook, read_workbook
from server_sync.domain.forms.xpath.tokens import XPathError

_COLUMNS: Mapping[str, str] = {
    "readonly": "read_only",
    "calculate": "calculation",
    "jr:count": "repeat_count",
    "setvalue": "default",
    "nodeset": "name",
}
"""The columns of the survey sheet that attributes of an XForm come from, where they differ in name."""

_SAID = (
    "similar names were found", "is missing the", "'label' value is invalid", "has no label", "max-pixels",
    "case-insensitive match", "Column headers must not", "is being skipped", "Row without name",
)  # fmt: skip
"""Remarks of pyxform that our own checks make as well, or that are nothing to us."""

_QUOTED = re.compile(r"'([^']+)'|\$\{([^}]+)\}")


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """What was found in a file, in its order, and the form if nothing forbids to publish it."""

    findings: tuple[Finding, ...]
    form: PublishedForm | None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What forbids to publish."""
        return tuple(finding for finding in self.findings if finding.error)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What deserves a look."""
        return tuple(finding for finding in self.findings if not finding.error)


def check_form(source: Path | bytes, filename: str, files: Files | None = None) -> CheckedForm:
    """Check a workbook (.xlsx, .xlsm, .xls, .csv, .md) or an XForm (.xml) with its `files`, else with those beside it;
    or a .zip of them all. Raises OSError alone."""
    report = Reporter()
    form: PublishedForm | None = None
    try:
        if is_packed(filename):
            bundle = unpack(filename, source.read_bytes() if isinstance(source, Path) else source)
            source, filename, files = bundle.content, bundle.name, bundle.files.get
        data = read_bytes(source)
        if kind_of(data, filename) == ".xml":
            form = _check_xform(with_files(decode_xform(data), source, files=files), report, None)
        else:
            form = _check_workbook(read_workbook(data, filename), source, filename, files, report)
    except KnownError as error:
        _report_file(error, report)
    return CheckedForm(report.findings.in_order(), None if report.findings.wrong else form)


def _check_workbook(
    book: Workbook, source: Path | bytes, filename: str, files: Files | None, report: Reporter
) -> PublishedForm | None:
    if not check_book(book, filename, report):
        return None
    outline = read_outline(book)
    check_rows(outline, report)
    check_choices(book, outline, report)
    check_parameters(outline, report)
    check_settings(book, report)
    CellChecks(book, outline, report).check()
    if report.spoilt:
        return None
    report.mend(book)
    try:
        xform, remarks = convert_workbook(book, Path(filename).stem)
    except KnownError as error:
        if not report.findings.wrong:
            _report_conversion(error, book, report)
        return None
    for remark in remarks:
        if not any(said in remark for said in _SAID):
            row = row_of(remark)
            report.warning(FindingKind.CONVERTER, book.sheets[SURVEY] if row else None, row, detail=remark)
    return _check_xform(with_files(xform, source, book, files=files), report, read_outline(book))


def _check_xform(source: Source, report: Reporter, outline: Outline | None) -> PublishedForm | None:
    for name in source.missing:
        report.warning(FindingKind.FILE_MISSING, name=name)
    faults, form = find_faults(source.xform_xml.encode())
    for fault in faults:
        _report_fault(fault, report, outline)
    return None if form is None else _limited(form, source.xform_xml, report, outline)


def _limited(
    form: FormDefinition, xform: str, report: Reporter, outline: Outline | None
) -> PublishedForm | None:
    try:
        check_limits(form)
    except KnownError as error:
        _report_fault(Fault(error, 0), report, outline)
        return None
    return PublishedForm(form.code, form.title or form.code, form.version, xform)


def _report_fault(fault: Fault, report: Reporter, outline: Outline | None) -> None:
    """Enter what the reader of the XForm objects to, at the row of the question."""
    values = fault.error.values
    if fault.error.kind is ErrorKind.FORM_UNSUPPORTED:
        for feature in values["features"]:
            sheet, row, column = _place(feature["path"], "type", outline)
            report.error(FindingKind.UNSUPPORTED, sheet, row, column, **feature)
        return
    if fault.error.kind is ErrorKind.FORM_CYCLE:
        _report_cycle(values["paths"], fault.line, report, outline)
        return
    path, attribute = str(values.get("path", "")), str(values.get("attribute", ""))
    sheet, row, column = _place(path, _COLUMNS.get(attribute, attribute), outline)
    if outline is None:
        row, column = fault.line, attribute
    reason = str(values.get("reason", "unknown_path"))
    more = {name: values[name] for name in ("least", "most", "count", "name") if name in values}
    error = XPathError(reason, str(values["value"]), int(values["at"]), str(values["suggestion"]), **more)
    wrong = wrong_of(error, str(values["expression"]))
    report.error(wrong.kind, sheet, row, column, wrong.suggestion, **{**wrong.values, "path": path})


def _report_cycle(paths: list[str], line: int, report: Reporter, outline: Outline | None) -> None:
    """Enter a circle at the first of its rows, its names in the order of the circle from there on."""
    rows = [_place(path, "", outline)[1] for path in paths]
    first = rows.index(min(rows))
    names = [path.rpartition("/")[2] for path in (*paths[first:], *paths[: first + 1])]
    entry = None if outline is None else outline.at(paths[first])
    computed = outline is not None and entry is not None and outline.sheet.text(entry.row, "calculation")
    sheet, row, column = _place(paths[first], "calculation" if computed else "relevant", outline)
    if outline is None:
        row, column = line, ""
    known = sorted({row for row in rows if row})
    report.error(FindingKind.CYCLE, sheet, row, column, names=names, rows=known, path=paths[first])


def _place(path: str, name: str, outline: Outline | None) -> tuple[Sheet | None, int, Column | str]:
    """The sheet, row and column of a node's property."""
    entry = None if outline is None else outline.at(path)
    if outline is None or entry is None:
        return None, 0, name if outline is None else ""
    return outline.sheet, entry.row.number, outline.sheet.column(name) or name


def _report_conversion(error: KnownError, book: Workbook, report: Reporter) -> None:
    """Enter what pyxform objects to and our own checks let pass, at the row of the question that it names."""
    values: Mapping[str, Any] = error.values
    row, detail = values["row"], values["detail"]
    if not row:
        named = read_outline(book).named
        names = (one for pair in _QUOTED.findall(detail) for one in pair if one in named)
        row = next((named[name][0].row.number for name in names), 0)
    sheet = book.sheets.get(values["sheet"] or (SURVEY if row else ""))
    column = (sheet.column(values["column"]) if sheet is not None else None) or values["column"]
    report.error(FindingKind.CONVERTER, sheet, row, column, detail=detail)


def _report_file(error: KnownError, report: Reporter) -> None:
    """Enter why the file as a whole cannot be read."""
    if error.kind is ErrorKind.FORM_TOO_LARGE:
        what, found = next((key, value) for key, value in error.values.items() if key != "most")
        report.error(FindingKind.FILE_TOO_LARGE, what=what, found=found, most=error.values.get("most", 0))
    else:
        report.error(FindingKind.FILE_UNREADABLE, row=error.values.get("line") or 0, **error.values)
