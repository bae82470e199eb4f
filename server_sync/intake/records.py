"""The rows of a mapped sheet as records of typed values; what they mean to each other is the planners' business."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from server_sync.domain.errors import ErrorKind
from server_sync.domain.rules.local_time import Zone
from server_sync.domain.rules.phone import normalise
from server_sync.intake.cells import Refusal, as_code, as_flag, as_number, as_tags, as_text, narrow
from server_sync.intake.days import DateOrder, as_day, as_time
from server_sync.intake.fields import FIELDS, ONE_OF, Form, SheetKind
from server_sync.intake.findings import Findings, NoticeKind, RowRefusal
from server_sync.intake.headers import header_key
from server_sync.intake.mapping import MappedSheet
from server_sync.intake.sheet import Cell

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_NUMBER_ENDS = re.compile(r"[/、;；,，\n|]+")
_TOTALS = re.compile(
    r"(?:合\s*计|总\s*计|小\s*计|累\s*计|汇\s*总|(?:grand\s*|sub\s*-?)?totals?|sum)[\s\d:：.,，共行条人户单笔元¥]*",
    re.IGNORECASE,
)
_SUMS = {"amount", "quantity", "discount", "profit"}
Reader = Callable[[Cell], Any]


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A number in its one form, and the kind of contact point it makes."""

    text: str
    kind: str


@dataclass(slots=True)
class Record:
    """One row: its number in the spreadsheet and its values by field; fields of empty cells are left out.

    Texts, codes, days ("YYYY-MM-DD"), times ("YYYY-MM-DD" or "YYYY-MM-DDTHH:MM") and numbers (exact decimals) are str,
    flags bool, tags a list of str, phones a tuple of PhoneNumber.
    """

    row: int
    values: dict[str, Any]

    def get(self, field: str) -> str | None:
        """A text value."""
        value: str | None = self.values.get(field)
        return value


@dataclass(frozen=True)
class Records:
    """The good rows of one sheet, and how its columns are called."""

    mapped: MappedSheet
    rows: list[Record]

    @property
    def sheet(self) -> str:
        return self.mapped.sheet.name

    def title(self, field: str) -> str:
        """What the column of a field is called in the workbook; the field's own name if it has none."""
        index = self.mapped.columns.get(field)
        return field if index is None else self.mapped.header.title(index)

    def refuse(self, findings: Findings, record: Record, refusal: RowRefusal) -> None:
        """Note why one of the rows is not taken."""
        findings.add(self.sheet, record.row, self.title(refusal.field), refusal.kind, **refusal.values)


def read_records(mapped: MappedSheet, findings: Findings, local: Zone) -> Records:
    """The rows below the header that can be read; every cell that cannot is an error and refuses its row.
    `local` is the company's time zone, in which a moment has its day.

    Empty rows are passed over; what stands above the header, rows of totals, a repeated header and columns nobody
    mapped are noticed.
    """
    kind, sheet, header = mapped.mapping.kind, mapped.sheet, mapped.header
    records = Records(mapped, [])
    columns = [
        (field, index, _reader(FIELDS[kind][field].form, mapped.mapping.date_order, local))
        for field, index in mapped.columns.items()
    ]
    required = {field for field, spec in FIELDS[kind].items() if spec.required}
    groups = ONE_OF.get(kind, ())
    header_keys = {header_key(name) for name in header.names}
    for offset, cells in enumerate(sheet.rows[header.first_row :]):
        row = header.first_row + offset + 1
        if not any(cell is not None and cell != "" for cell in cells):
            continue
        values: dict[str, Any] = {}
        refusals: list[tuple[str, Refusal]] = []
        for field, index, read in columns:
            cell = cells[index] if index < len(cells) else None
            if cell is None or cell == "":
                continue
            try:
                value = read(cell)
            except Refusal as refusal:
                refusals.append((field, refusal))
            else:
                if value is not None and value != () and value != []:
                    values[field] = value
        doubtful = kind is not SheetKind.ORDERS or bool(refusals) or not required <= values.keys()
        if doubtful and (notice := _no_data(cells, values, header_keys, some_sums=kind is SheetKind.ORDERS)):
            findings.add(sheet.name, row, "", notice)
            continue
        refused = {field for field, _ in refusals}
        missing = [[field] for field in required if field not in values and field not in refused]
        missing += [
            [field for field in group if field in mapped.columns]
            for group in groups
            if not (values.keys() | refused).intersection(group)
        ]
        for field, why in refusals:
            findings.add(sheet.name, row, records.title(field), why.kind, **why.values)
        for fields in sorted(missing):
            findings.add(
                sheet.name, row, records.title(fields[0]), ErrorKind.FIELD_MISSING, field="|".join(fields)
            )
        if not missing and not refusals:
            records.rows.append(Record(row, values))
    _notice_what_is_skipped(mapped, findings)
    return records


def _reader(form: Form, order: DateOrder, local: Zone) -> Reader:
    readers: dict[Form, Reader] = {
        Form.TEXT: as_text,
        Form.CODE: as_code,
        Form.DAY: lambda cell: as_day(cell, order, local),
        Form.TIME: lambda cell: as_time(cell, order),
        Form.NUMBER: as_number,
        Form.PHONE: _as_phones,
        Form.EMAIL: _as_email,
        Form.FLAG: as_flag,
        Form.TAGS: as_tags,
    }
    return readers[form]


def _as_phones(cell: Cell) -> tuple[PhoneNumber, ...]:
    """The numbers of a cell, each once. Raises Refusal PHONE_INVALID if one of them is none, NUMBER_ROUNDED."""
    text = as_code(cell)
    numbers: dict[str, PhoneNumber] = {}
    for part in _NUMBER_ENDS.split(text or ""):
        if part.strip():
            number = normalise(part)
            if number.refusal:
                raise Refusal(ErrorKind.PHONE_INVALID, value=part.strip(), reason=number.refusal)
            numbers.setdefault(
                number.text, PhoneNumber(number.text, "mobile" if number.kind == "mobile" else "landline")
            )
    return tuple(numbers.values())


def _as_email(cell: Cell) -> str | None:
    text = as_text(cell)
    if text is None:
        return None
    address = narrow(text).lower()
    if not _EMAIL.fullmatch(address):
        raise Refusal(ErrorKind.EMAIL_INVALID, value=text)
    return address


def _no_data(
    cells: Iterable[Cell], values: dict[str, Any], header_keys: set[str], *, some_sums: bool
) -> NoticeKind | None:
    """Why a row is no row of data, if so: the header again, or totals with or without a word for them."""
    texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
    if not texts:
        return NoticeKind.TOTALS_ROW if some_sums and values.keys() <= _SUMS else None
    if len(texts) > 1 and all(header_key(text) in header_keys for text in texts):
        return NoticeKind.HEADER_REPEATED
    named = False
    for text in texts:
        word = narrow(text).strip()
        if word[0] in "合总小累汇tgsTGS" and _TOTALS.fullmatch(word):
            named = True
        elif not _is_number(text):
            return None
    return NoticeKind.TOTALS_ROW if named or (some_sums and values.keys() <= _SUMS) else None


def _is_number(text: str) -> bool:
    try:
        return as_number(text) is not None
    except Refusal:
        return False


def _notice_what_is_skipped(mapped: MappedSheet, findings: Findings) -> None:
    header = mapped.header
    above = [
        number
        for number, row in enumerate(mapped.sheet.rows[: header.first_row - header.height], 1)
        if any(cell not in (None, "") for cell in row)
    ]
    if above:
        findings.add(mapped.sheet.name, above[0], "", NoticeKind.ROWS_ABOVE_SKIPPED, rows=len(above))
    taken = set(mapped.columns.values())
    rows = mapped.sheet.rows[header.first_row :]
    width = max((len(row) for row in rows), default=0)
    for index in range(width):
        if index not in taken and any(index < len(row) and row[index] not in (None, "") for row in rows):
            title = header.title(index)
            findings.add(mapped.sheet.name, header.row, title, NoticeKind.COLUMN_SKIPPED)
