"""The first proposal of a mapping, from the headers alone: for a person to look at and correct."""

from collections.abc import Iterable
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.intake.days import DateOrder, guess_order
from server_sync.intake.fields import FIELDS, IMPORTABLE, Form, SheetKind, missing_fields
from server_sync.intake.headers import Header, find_header, header_key
from server_sync.intake.mapping import VERSION, Mapping, SheetMapping
from server_sync.intake.sheet import Sheet
from server_sync.intake.workbook import Workbook

_TAKEN_ALONG: MappingOf[SheetKind, tuple[SheetKind, ...]] = {
    SheetKind.ORDERS: (SheetKind.ORDERS, SheetKind.RETURNS, SheetKind.MANAGERS, SheetKind.CUSTOMERS),
    **{kind: (kind,) for kind in IMPORTABLE if kind is not SheetKind.ORDERS},
}
"""What is looked for in a workbook of each kind; of equally good guesses the first wins."""
_SHORTEST_PART = 8
"""Columns that a header must be wide to be looked for inside longer ones: four Chinese characters, or two words."""
_DATE_ROWS = 20_000


@dataclass(frozen=True)
class _Guess:
    kind: SheetKind
    columns: dict[str, str]
    missing: tuple[str, ...]

    @property
    def worth(self) -> int:
        return len(self.columns) - 2 * len(self.missing)


def guess_mapping(workbook: Workbook, imports: SheetKind | None = None) -> Mapping:
    """The mapping that the headers suggest; `imports` says what the workbook is imported as, None lets them tell.

    When no sheet has all that is needed, the nearest one is proposed with what it has: `mapping.check_complete` says
    what is missing. Raises KnownError HEADER_MISSING when no sheet has a header.
    """
    headers = [(sheet, find_header(sheet)) for sheet in workbook.sheets if not sheet.hidden]
    found = [(sheet, header) for sheet, header in headers if header is not None]
    if not found:
        raise KnownError(ErrorKind.HEADER_MISSING, file=workbook.name)
    wanted = imports or _likeliest([header for _, header in found])
    guesses = {sheet.name: _best(_TAKEN_ALONG[wanted], header) for sheet, header in found}
    if not any(guess is not None and guess.kind is wanted for guess in guesses.values()):
        nearest, header = max(found, key=lambda item: _guess(wanted, item[1]).worth)
        guesses[nearest.name] = _guess(wanted, header)
    sheets = [SheetMapping(sheet.name, SheetKind.SKIP) for sheet, header in headers if header is None]
    for sheet, header in found:
        guess = guesses[sheet.name]
        if guess is None:
            sheets.append(SheetMapping(sheet.name, SheetKind.SKIP))
        else:
            order = _date_order(sheet, header, guess)
            sheets.append(SheetMapping(sheet.name, guess.kind, guess.columns, order))
    return Mapping(VERSION, wanted, sheets)


def _best(kinds: Iterable[SheetKind], header: Header) -> _Guess | None:
    """The kind that takes most of the columns, of those that lack nothing; of equals the first."""
    complete = [guess for guess in (_guess(kind, header) for kind in kinds) if not guess.missing]
    return max(complete, key=lambda guess: len(guess.columns), default=None)


def _likeliest(headers: list[Header]) -> SheetKind:
    """Orders if any sheet has all that orders need, else customers."""
    is_orders = any(not _guess(SheetKind.ORDERS, header).missing for header in headers)
    return SheetKind.ORDERS if is_orders else SheetKind.CUSTOMERS


def _guess(kind: SheetKind, header: Header) -> _Guess:
    """Whole headers first, field by field; then headers that hold one ("客户手机号(主)", "Bill-to customer name")."""
    keys = {index: header_key(name) for index, name in enumerate(header.names) if name}
    columns: dict[str, int] = {}
    for part in (False, True):
        for field, spec in FIELDS[kind].items():
            if field not in columns:
                free = {index: key for index, key in keys.items() if index not in columns.values()}
                found = _find(map(header_key, spec.headers), free, part=part)
                if found is not None:
                    columns[field] = found
    named = {field: header.names[columns[field]] for field in FIELDS[kind] if field in columns}
    return _Guess(kind, named, missing_fields(kind, set(named)))


def _find(wanted: Iterable[str], free: MappingOf[int, str], *, part: bool) -> int | None:
    for want in wanted:
        for index, key in free.items():
            if key == want or (part and want in key and _width(want) >= _SHORTEST_PART):
                return index
    return None


def _width(key: str) -> int:
    return sum(1 if character.isascii() else 2 for character in key)


def _date_order(sheet: Sheet, header: Header, guess: _Guess) -> DateOrder:
    """The order that any of the sheet's day columns proves."""
    for field, name in guess.columns.items():
        if FIELDS[guess.kind][field].form in (Form.DAY, Form.TIME):
            index = header.names.index(name)
            rows = sheet.rows[header.first_row : header.first_row + _DATE_ROWS]
            order = guess_order([row[index] for row in rows if index < len(row)])
            if order is not DateOrder.YEAR_FIRST:
                return order
    return DateOrder.YEAR_FIRST
