"""Which sheet is what and which column is which field: the mapping, its JSON file, and its fit to a workbook."""

import json
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from typing import Any

import msgspec

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.intake.days import DateOrder
from server_sync.intake.delimited import decode
from server_sync.intake.fields import FIELDS, IMPORTABLE, SheetKind, missing_fields
from server_sync.intake.headers import Header, find_header_with, header_key
from server_sync.intake.sheet import Sheet
from server_sync.intake.workbook import Workbook

VERSION = 1


class SheetMapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One sheet: its name, what its rows are, the header of each field, and how year-last days are to be read."""

    sheet: str
    kind: SheetKind
    columns: dict[str, str] = {}
    date_order: DateOrder = DateOrder.YEAR_FIRST


class Mapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a workbook is to be read: `imports` is one of IMPORTABLE; sheets not named are left alone."""

    version: int
    imports: SheetKind
    sheets: list[SheetMapping]

    def to_json(self) -> str:
        """The text of a mapping file: made to be read and corrected by a person."""
        return json.dumps(msgspec.to_builtins(self), ensure_ascii=False, indent=2) + "\n"


@dataclass(frozen=True)
class MappedSheet:
    """A sheet with its mapping fitted to it: `columns` says in which column (from 0) each field stands."""

    sheet: Sheet
    mapping: SheetMapping
    header: Header
    columns: MappingOf[str, int]


def load_mapping(data: bytes | str) -> Mapping:
    """The mapping of a JSON file. Raises KnownError: MAPPING_INVALID with what is wrong and where, COLUMNS_MISSING."""
    try:
        text = data if isinstance(data, str) else decode(data)
        mapping = msgspec.json.decode(text, type=Mapping)
    except KnownError as error:
        raise _invalid("json", value=error.kind.value) from error
    except msgspec.DecodeError as error:
        raise _invalid("json", value=str(error)) from error
    if mapping.version != VERSION:
        raise _invalid("version", value=mapping.version)
    if mapping.imports not in IMPORTABLE:
        raise _invalid("imports", value=mapping.imports.value)
    names = [sheet.sheet for sheet in mapping.sheets]
    for sheet in mapping.sheets:
        if names.count(sheet.sheet) > 1:
            raise _invalid("sheet", value=sheet.sheet)
        for field, header in sheet.columns.items():
            if field not in FIELDS[sheet.kind]:
                raise _invalid("field", sheet=sheet.sheet, value=field)
            if not header.strip():
                raise _invalid("column", sheet=sheet.sheet, value=field)
    if not any(sheet.kind is mapping.imports for sheet in mapping.sheets):
        raise _invalid("imports", value=mapping.imports.value)
    check_complete(mapping)
    return mapping


def check_complete(mapping: Mapping) -> None:
    """Raise KnownError COLUMNS_MISSING {sheet, fields} for the first sheet that lacks a field it needs."""
    for sheet in mapping.sheets:
        missing = missing_fields(sheet.kind, set(sheet.columns))
        if missing:
            raise KnownError(ErrorKind.COLUMNS_MISSING, sheet=sheet.sheet, columns=list(missing))


def fit(mapping: Mapping, workbook: Workbook) -> list[MappedSheet]:
    """The mapped sheets of a workbook, in the mapping's order.

    A mapping of one sheet fits a workbook of one sheet whatever their names: the names of text files change.
    Raises KnownError: SHEET_MISSING, COLUMNS_MISSING (with the headers that the sheet lacks).
    """
    wanted = [sheet for sheet in mapping.sheets if sheet.kind is not SheetKind.SKIP]
    by_name = {sheet.name: sheet for sheet in workbook.sheets}
    if len(wanted) == 1 and len(workbook.sheets) == 1:
        by_name = {wanted[0].sheet: workbook.sheets[0]}
    return [_fit_sheet(sheet, by_name.get(sheet.sheet)) for sheet in wanted]


def _fit_sheet(mapping: SheetMapping, sheet: Sheet | None) -> MappedSheet:
    if sheet is None:
        raise KnownError(ErrorKind.SHEET_MISSING, sheet=mapping.sheet)
    keys = {field: header_key(header) for field, header in mapping.columns.items()}
    header, lacking = find_header_with(sheet, set(keys.values()))
    if header is None or lacking:
        columns = [name for field, name in mapping.columns.items() if keys[field] in lacking]
        raise KnownError(ErrorKind.COLUMNS_MISSING, sheet=sheet.name, columns=columns)
    return MappedSheet(sheet, mapping, header, columns_at(mapping, header))


def columns_at(mapping: SheetMapping, header: Header) -> dict[str, int]:
    """In which column (from 0) each field stands, by the exact name if it is there; fields without one are left out."""
    alike = {header_key(name): index for index, name in reversed(list(enumerate(header.names)))}
    exact = {name: index for index, name in reversed(list(enumerate(header.names)))}
    found = {
        field: exact.get(name, alike.get(header_key(name), -1)) for field, name in mapping.columns.items()
    }
    return {field: index for field, index in found.items() if index >= 0}


def _invalid(what: str, **values: Any) -> KnownError:
    return KnownError(ErrorKind.MAPPING_INVALID, what=what, **values)
