"""Sheets whose rows are about customers that the store has: who each row is about, and what a row becomes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from server_sync.domain.errors import ErrorKind
from server_sync.intake.book import CustomerBook, Who
from server_sync.intake.draft import Draft, Row
from server_sync.intake.findings import Findings, RowRefusal
from server_sync.intake.records import Record, Records
from server_sync.intake.stored import StoreView


@dataclass(frozen=True)
class KnownRow:
    """A row whose customer is known; `customer` as the store has him."""

    records: Records
    record: Record
    who: Who
    customer: Row


def known_rows(
    store: StoreView, draft: Draft, sheets: Iterable[Records], findings: Findings
) -> list[KnownRow]:
    """The rows whose customers the store has, locked; any other is an error.

    A customer is known by his number; without one by his telephone number, else by his name alone or with his company.
    """
    people = [(records, record, _who(record)) for records in sheets for record in records.rows]
    asked = (one for _, _, who in people for one in (who, _by_name(who)))
    book = CustomerBook(store.connection, asked, store.lock)
    found: list[KnownRow] = []
    for records, record, who in people:
        try:
            customer = _customer(book, who)
            draft.keep("customer", customer)
            found.append(KnownRow(records, record, who, customer))
        except RowRefusal as refusal:
            records.refuse(findings, record, refusal)
    return found


def take_each(rows: Iterable[KnownRow], findings: Findings, take: Callable[[KnownRow], None]) -> int:
    """Take the rows in; returns how many were. One that `take` refuses is an error."""
    taken = 0
    for row in rows:
        try:
            take(row)
            taken += 1
        except RowRefusal as refusal:
            row.records.refuse(findings, row.record, refusal)
    return taken


def _who(record: Record) -> Who:
    code = record.get("customer_code")
    phones = (*record.values.get("phone", ()), *record.values.get("phone_2", ()))
    name = record.get("customer_name") or record.get("company") or code or phones[0].text
    company = record.get("company") if record.get("customer_name") else None
    return Who(code, phones, name, company)


def _by_name(who: Who) -> Who:
    """The same with nothing but his name: a number may be a new one."""
    return Who(None, (), who.name, who.company)


def _customer(book: CustomerBook, who: Who) -> Row:
    if who.code is not None:
        stored = book.with_code(who.code)
        if stored is None:
            raise RowRefusal("customer_code", ErrorKind.CUSTOMER_UNKNOWN, value=who.code)
        return stored
    stored = book.with_phone(who)
    if stored is not None:
        return stored
    named = book.with_name(_by_name(who))
    if len(named) > 1:
        raise RowRefusal("customer_name", ErrorKind.DUPLICATE_NAME, value=who.name, code=named[0]["code"])
    if not named:
        field = "customer_name" if who.name != (who.phones[0].text if who.phones else None) else "phone"
        raise RowRefusal(field, ErrorKind.CUSTOMER_UNKNOWN, value=who.name)
    return named[0]
