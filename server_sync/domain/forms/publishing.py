"""Turns the workbook of a form (XLSForm) into the XForm that is stored and sent; the only place that needs pyxform."""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.limits import check_limits
from server_sync.domain.forms.reading import read_form

MAX_FILE = 10 * 1024 * 1024
"""Bytes of a workbook as it comes."""

MAX_UNPACKED = 32 * 1024 * 1024
"""Bytes of everything in an .xlsx, unpacked: about 20,000 rows, read within seconds."""

_TYPES = frozenset({".xlsx", ".xlsm", ".xls", ".csv", ".md", ".xml"})
_ROW = re.compile(r"\[row : (\d+)\]")
_SHEET = re.compile(r"'(survey|choices|settings|entities|external_choices)' sheet")
_COLUMN = re.compile(r"the '([^']+)' (?:value|column)")


@dataclass(frozen=True, slots=True)
class PublishedForm:
    """A form that every session can be started from.

    `code` and `version` are the form's own; without a version setting the caller has to number it. `warnings` are
    pyxform's remarks in its own English, for the log and the administrator.
    """

    code: str
    title: str
    version: str
    xform_xml: str
    warnings: tuple[str, ...] = ()


def publish(source: Path | bytes, filename: str) -> PublishedForm:
    """Read a workbook (.xlsx, .xlsm, .xls, .csv, .md) or an XForm (.xml) and check that we can do all it asks for.

    Raises KnownError: FORM_UNREADABLE (`reason`: "type", "workbook", "xml", …), FORM_TOO_LARGE, FORM_INVALID (what
    pyxform objects to: `code` as pyxform names it, `sheet`, `row`, `column` and `name` where it tells, `detail` in its
    own words), FORM_EXPRESSION, FORM_REFERENCE and FORM_CYCLE (with paths), FORM_UNSUPPORTED (`features`).
    """
    suffix = Path(filename).suffix.lower()
    if suffix not in _TYPES:
        raise KnownError(ErrorKind.FORM_UNREADABLE, reason="type", filename=filename)
    if isinstance(source, Path) and source.stat().st_size > MAX_FILE:
        raise KnownError(ErrorKind.FORM_TOO_LARGE, bytes=source.stat().st_size, most=MAX_FILE)
    data = source.read_bytes() if isinstance(source, Path) else source
    if len(data) > MAX_FILE:
        raise KnownError(ErrorKind.FORM_TOO_LARGE, bytes=len(data), most=MAX_FILE)
    if suffix == ".xml":
        xform, warnings = data.decode("utf-8-sig", "replace"), list[str]()
    else:
        xform, warnings = _convert(data, suffix, Path(filename).stem)
    form = read_form(xform)
    check_limits(form)
    return PublishedForm(form.code, form.title or form.code, form.version, xform, tuple(warnings))


def _convert(data: bytes, suffix: str, stem: str) -> tuple[str, list[str]]:
    from pyxform.errors import PyXFormError
    from pyxform.xls2json_backends import Definition, SupportedFileTypes, definition_to_dict
    from pyxform.xls2xform import convert

    if suffix in (".xlsx", ".xlsm"):
        _look_into(data)
    if suffix in (".csv", ".md"):
        data = _as_utf8(data)
    warnings: list[str] = []
    try:
        workbook = definition_to_dict(Definition(io.BytesIO(data), SupportedFileTypes(suffix), stem), suffix)
        sheets = {name: getattr(workbook, name) for name in workbook.__slots__}
    except (
        Exception
    ) as broken:  # foreign bytes in foreign parsers: whatever they raise, the file is not readable
        raise _unreadable("workbook", str(broken)) from broken
    try:
        return convert(sheets, warnings=warnings).xform, warnings
    except PyXFormError as wrong:
        raise _invalid(wrong) from wrong


def _look_into(data: bytes) -> None:
    """Refuse what would unpack to far more than a form, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as broken:
        raise _unreadable("workbook", str(broken)) from broken
    if unpacked > MAX_UNPACKED:
        raise KnownError(ErrorKind.FORM_TOO_LARGE, bytes=unpacked, most=MAX_UNPACKED)


def _as_utf8(data: bytes) -> bytes:
    """Text as Chinese spreadsheets save it (UTF-8 with or without BOM, GBK) as plain UTF-8."""
    try:
        return data.decode("utf-8-sig").encode()
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("gb18030").encode()
    except UnicodeDecodeError as broken:
        raise _unreadable("encoding", "") from broken


def _unreadable(reason: str, detail: str) -> KnownError:
    return KnownError(ErrorKind.FORM_UNREADABLE, reason=reason, detail=detail[:200])


def _invalid(wrong: Any) -> KnownError:
    """What pyxform found, as values: its own code and context, or what its sentence tells of sheet, row and column."""
    detail, context = str(wrong), wrong.context
    sheet, row, column = _SHEET.search(detail), _ROW.search(detail), _COLUMN.search(detail)
    values = {
        "code": wrong.code.name if wrong.code is not None else "",
        "sheet": context.get("sheet") or (sheet[1] if sheet else ""),
        "row": int(row[1]) if row else 0,
        "column": context.get("column") or (column[1] if column else ""),
        "name": str(context.get("q") or context.get("name") or context.get("value") or ""),
        "detail": detail[:1_000],
    }
    return KnownError(ErrorKind.FORM_INVALID, **values)
