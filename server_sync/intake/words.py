"""What findings say to a person, by gettext; the kinds themselves stand in `domain.errors` and `findings`."""

from collections.abc import Mapping
from typing import Any

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.intake.fields import SheetKind
from server_sync.intake.findings import Finding, NoticeKind
from server_sync.texts import _


def reason(finding: Finding) -> str:
    """One sentence on why a row was refused or deserves a look."""
    known = "code" in finding.values
    sentence = (_stored_sentences() if known else {}).get(finding.kind) or _sentences().get(finding.kind)
    if sentence is None:
        return finding.kind.value
    return sentence.format_map(_Values(finding.values))


def sheet_kind(kind: SheetKind) -> str:
    """What the rows of a sheet are: 客户."""
    return {
        SheetKind.CUSTOMERS: _("customers"),
        SheetKind.ORDERS: _("orders"),
        SheetKind.RETURNS: _("returns"),
        SheetKind.MANAGERS: _("regions' managers"),
        SheetKind.CONTACTS: _("contacts"),
        SheetKind.CONTRACTS: _("contracts"),
        SheetKind.EVENTS: _("events"),
        SheetKind.SKIP: _("left out"),
    }[kind]


def place(finding: Finding) -> str:
    """Where it is: sheet, row and column as far as they are known."""
    parts = [_("sheet {sheet}").format(sheet=finding.sheet)]
    if finding.row:
        parts.append(_("row {row}").format(row=finding.row))
    if finding.column:
        parts.append(_("column {column}").format(column=finding.column))
    return ", ".join(parts)


def trouble(error: KnownError) -> str | None:
    """One sentence on why a file as a whole is refused; None for an error that is not the intake's own."""
    sentence = _file_sentences().get(error.kind)
    return None if sentence is None else f"{sentence.format_map(_Values(error.values))} [{error.kind.value}]"


class _Values(dict[str, Any]):
    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(
            (key, ", ".join(map(str, value)) if isinstance(value, list) else value)
            for key, value in values.items()
        )

    def __missing__(self, key: str) -> str:
        return "?"


def _file_sentences() -> dict[ErrorKind, str]:
    return {
        ErrorKind.FILE_UNREADABLE: _("{file} cannot be read: it is damaged or not there."),
        ErrorKind.FILE_UNWRITABLE: _("{file} cannot be written; nothing was imported."),
        ErrorKind.FILE_TYPE_UNKNOWN: _("{file} is no .xls, .xlsx or .csv (found: {found})."),
        ErrorKind.FILE_TOO_LARGE: _("{file} is too large, or unpacks to more than is sensible."),
        ErrorKind.FILE_ENCRYPTED: _("{file} is protected by a password: save it without one."),
        ErrorKind.ENCODING_UNKNOWN: _("{file} is neither UTF-8 nor GBK, or it is damaged: save it as UTF-8."),
        ErrorKind.TOO_MANY_COLUMNS: _("{file}, sheet {sheet}: {columns} columns; {limit} are the most."),
        ErrorKind.TOO_MANY_ROWS: _("{file}, sheet {sheet}: more than {limit} rows. Divide the file."),
        ErrorKind.HEADER_MISSING: _("{file} has no row of column names."),
        ErrorKind.COLUMNS_MISSING: _(
            "Sheet {sheet} has no column for: {columns}. Save the mapping with --save-mapping, correct it, and import "
            "with --mapping."
        ),
        ErrorKind.SHEET_MISSING: _("The workbook has no sheet {sheet}, which the mapping names."),
        ErrorKind.MAPPING_INVALID: _("The mapping is not valid ({what}): {value}"),
        ErrorKind.BATCH_UNDONE: _("The batch {batch} was undone before."),
    }


def _stored_sentences() -> dict[ErrorKind | NoticeKind, str]:
    """Where it is not a row of the file but a customer of the store who is the same."""
    return {
        ErrorKind.DUPLICATE_PHONE: _("The telephone number belongs to the customer {code}."),
        ErrorKind.DUPLICATE_NAME: _("“{value}” is known already as the customer {code}."),
    }


def _sentences() -> dict[ErrorKind | NoticeKind, str]:
    return {
        ErrorKind.FIELD_MISSING: _("A value is missing."),
        ErrorKind.FIELD_INVALID: _("“{value}” is not known here."),
        ErrorKind.DATE_INVALID: _("“{value}” is no date."),
        ErrorKind.DATE_AMBIGUOUS: _(
            "“{value}” can be two dates: say in the mapping whether day or month comes first."
        ),
        ErrorKind.NUMBER_INVALID: _("“{value}” is no number."),
        ErrorKind.NUMBER_ROUNDED: _(
            "“{value}” has lost digits in the spreadsheet: format the column as text."
        ),
        ErrorKind.QUANTITY_CONTRADICTS: _("The quantity {value} contradicts the amount {amount}."),
        ErrorKind.PHONE_INVALID: _("“{value}” is no telephone number."),
        ErrorKind.EMAIL_INVALID: _("“{value}” is no e-mail address."),
        ErrorKind.TEXT_TOO_LONG: _("The text has {length} characters; {limit} are the most."),
        ErrorKind.DUPLICATE_ROW: _("“{value}” is there already, in row {first_row}."),
        ErrorKind.DUPLICATE_PHONE: _("The telephone number is there already, in row {first_row}."),
        ErrorKind.DUPLICATE_NAME: _(
            "“{value}” is there already, in row {first_row}, or several bear the name."
        ),
        ErrorKind.CODE_SHARED: _("“{value}” has another name in row {first_row}: {name}."),
        ErrorKind.CUSTOMER_UNKNOWN: _("No customer is known as “{value}”."),
        ErrorKind.PERIOD_REVERSED: _("It ends on {value}, before it starts on {first}."),
        ErrorKind.ORDER_UNKNOWN: _("No order has the number “{value}”."),
        NoticeKind.RETURN_AMBIGUOUS: _(
            "{customers} customers share the returned number {number}; each is marked."
        ),
        NoticeKind.ORDER_VALUES_DIFFER: _(
            "The lines of order {number} differ in {columns}; the latest day counts."
        ),
        NoticeKind.CUSTOMER_NAME_DIFFERS: _(
            "The customer is known as “{kept}”, which stays; the file says “{value}”."
        ),
        NoticeKind.LINE_REPEATED: _("The same again as in row {first_row}."),
        NoticeKind.REFUND_LINE: _("A negative quantity: goods taken back in order {number}."),
        NoticeKind.TIER_UNKNOWN: _("“{value}” is none of the tiers; it is kept as a further field."),
        NoticeKind.NO_CONTACT_POINT: _("The customer has neither number nor address."),
        NoticeKind.TOTALS_ROW: _("A row of totals is left out."),
        NoticeKind.HEADER_REPEATED: _("The header again is left out."),
        NoticeKind.SHEET_SKIPPED: _("The sheet is left out."),
        NoticeKind.ROWS_ABOVE_SKIPPED: _("Rows above the column names are left out: {rows}."),
        NoticeKind.COLUMN_SKIPPED: _("The column is left out."),
        NoticeKind.TEAMS_NOT_MADE: _(
            "{regions} new regions are too many to be teams ({limit} at most); none is made."
        ),
    }
