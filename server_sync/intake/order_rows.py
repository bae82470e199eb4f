"""The rows of order sheets gathered into customers and orders, as the file alone says; the store plays no part."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from server_sync.domain.errors import ErrorKind
from server_sync.intake.book import Who, name_key
from server_sync.intake.findings import Findings, NoticeKind, RowRefusal
from server_sync.intake.records import Record, Records

CustomerKey = tuple[str, ...]
_OF_ORDER = ("ordered_on", "shipped_on", "delivered_on", "region", "province", "city")


@dataclass(slots=True)
class FileLine:
    """An order line: its place in the workbook and its record."""

    records: Records
    record: Record

    @property
    def amount(self) -> Decimal:
        return Decimal(self.record.values["amount"])


@dataclass
class FileOrder:
    """The lines of one order number of one customer, in the file's order; at least one."""

    number: str
    customer: "FileCustomer"
    lines: list[FileLine] = field(default_factory=list)

    @cached_property
    def lead(self) -> FileLine:
        """The line that speaks for the order where its lines differ: the latest day's, of the region that sold most."""
        day = max(line.record.values["ordered_on"] for line in self.lines)
        latest = [line for line in self.lines if line.record.values["ordered_on"] == day]
        sold: defaultdict[str | None, Decimal] = defaultdict(Decimal)
        for line in latest:
            sold[line.record.get("region")] += line.amount
        region = max(sold, key=lambda name: sold[name])
        return next(line for line in latest if line.record.get("region") == region)


@dataclass
class FileCustomer:
    """A customer as the order sheets name him; `lead` is the row that named him first."""

    who: Who
    lead: FileLine
    orders: dict[str, FileOrder] = field(default_factory=dict)


def gather(sheets: Iterable[Records], findings: Findings) -> list[FileCustomer]:
    """The customers of the sheets with their orders. A row that contradicts an earlier one is an error and left out."""
    customers: dict[CustomerKey, FileCustomer] = {}
    numbers_taken: dict[tuple[CustomerKey, str, str], int] = {}
    for records in sheets:
        for record in records.rows:
            try:
                who, key = _who(record)
                _check_quantity(record)
                found = customers.get(key)
                if found is not None:
                    _check_same_name(found, record)
                _check_line_number(record, (key, record.values["number"]), numbers_taken)
            except RowRefusal as refusal:
                records.refuse(findings, record, refusal)
                continue
            line = FileLine(records, record)
            if found is None:
                found = customers[key] = FileCustomer(who, line)
            number = record.values["number"]
            order = found.orders.get(number)
            if order is None:
                order = found.orders[number] = FileOrder(number, found)
            order.lines.append(line)
    for order in all_orders(customers.values()):
        _notice_oddities(order, findings)
    return list(customers.values())


def all_orders(customers: Iterable[FileCustomer]) -> Iterator[FileOrder]:
    """Every order of the customers, in the file's order."""
    return (order for customer in customers for order in customer.orders.values())


def _who(record: Record) -> tuple[Who, CustomerKey]:
    """Who the row is about, and by what: his number, else his telephone number, else his name."""
    code, phones = record.get("customer_code"), record.values.get("phone", ())
    name = record.get("customer_name")
    if code is not None:
        return Who(code, phones, name or code), ("code", code)
    if phones:
        return Who(None, phones, name or phones[0].text), ("phone", phones[0].text)
    assert name is not None  # read_records refuses a row that names nobody
    return Who(None, (), name), ("name", *name_key(name))


def _check_same_name(customer: FileCustomer, record: Record) -> None:
    name = record.get("customer_name")
    first = customer.lead.record
    known = first.get("customer_name")
    if name is not None and known is not None and name_key(name) != name_key(known):
        field, value = ("customer_code", customer.who.code) if customer.who.code else ("phone", None)
        raise RowRefusal(field, ErrorKind.CODE_SHARED, value=value, first_row=first.row, name=known)


def _check_quantity(record: Record) -> None:
    """Less than nothing may be taken back, not sold."""
    quantity = record.get("quantity")
    if quantity is not None and quantity.startswith("-") and Decimal(record.values["amount"]) > 0:
        raise RowRefusal(
            "quantity", ErrorKind.QUANTITY_CONTRADICTS, value=quantity, amount=record.values["amount"]
        )


def _check_line_number(
    record: Record, order: tuple[CustomerKey, str], taken: dict[tuple[CustomerKey, str, str], int]
) -> None:
    source_row = record.get("source_row")
    if source_row is not None:
        first_row = taken.setdefault((*order, source_row), record.row)
        if first_row != record.row:
            raise RowRefusal("source_row", ErrorKind.DUPLICATE_ROW, value=source_row, first_row=first_row)


def _notice_oddities(order: FileOrder, findings: Findings) -> None:
    first = order.lines[0]
    for line in order.lines:
        differing = [name for name in _OF_ORDER if line.record.get(name) != first.record.get(name)]
        if differing:
            columns = [line.records.title(name) for name in differing]
            findings.add(
                line.records.sheet,
                line.record.row,
                columns[0],
                NoticeKind.ORDER_VALUES_DIFFER,
                number=order.number,
                first_row=first.record.row,
                columns=columns,
            )
            break
    seen: dict[tuple[str | None, ...], int] = {}
    for line in order.lines:
        record, quantity = line.record, line.record.get("quantity")
        if quantity is not None and quantity.startswith("-"):
            title = line.records.title("quantity")
            findings.add(line.records.sheet, record.row, title, NoticeKind.REFUND_LINE, number=order.number)
        if "source_row" not in record.values:
            content = tuple(
                record.get(name) for name in ("product_code", "product_name", "amount", "quantity")
            )
            first_row = seen.setdefault(content, record.row)
            if first_row != record.row:
                values = {"number": order.number, "first_row": first_row}
                findings.add(line.records.sheet, record.row, "", NoticeKind.LINE_REPEATED, **values)
