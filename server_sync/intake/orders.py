"""Plans the sheets of orders against the store: customers, orders, lines, and what the orders say of a customer."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import order_line, sales_order
from server_sync.intake.amounts import cents, exact_sum
from server_sync.intake.book import CustomerBook
from server_sync.intake.cells import decimal_text
from server_sync.intake.contact_points import ContactPoints, ways_to_reach
from server_sync.intake.customers import made_code, new_customer
from server_sync.intake.draft import Draft, Row
from server_sync.intake.findings import Findings, NoticeKind
from server_sync.intake.order_lines import put_lines
from server_sync.intake.order_rows import FileCustomer, FileOrder, all_orders
from server_sync.intake.stored import StoreView, rows_where
from server_sync.intake.teams import Teams

_PLACE = ("region", "province", "city")


@dataclass(frozen=True)
class OrderTotals:
    """What the file holds, refused rows left out."""

    customers: int
    orders: int
    lines: int
    sales: Decimal


class OrdersPlan:
    """One run over the gathered customers of a file."""

    def __init__(self, store: StoreView, draft: Draft, teams: Teams, findings: Findings) -> None:
        self._store = store
        self._draft = draft
        self._teams = teams
        self._findings = findings
        self._drafted_codes = {row["code"]: row_id for row_id, row in draft.table("customer").inserts.items()}
        self._drafted_points = {
            row["value"]: row["customer_id"] for row in draft.table("contact_point").inserts.values()
        }

    def take(self, customers: list[FileCustomer]) -> OrderTotals:
        """Put everything into the draft; a customer whose name fits several stored ones is an error."""
        connection = self._store.connection
        book = CustomerBook(connection, (customer.who for customer in customers), self._store.lock)
        known = [
            (customer, row_id) for customer in customers if (row_id := self._customer_id(book, customer))
        ]
        stored_ids = [row_id for _, row_id in known if row_id in self._draft.table("customer").stored]
        points = ContactPoints(connection, self._draft, (row_id for _, row_id in known))
        orders: dict[bytes, dict[str, Row]] = defaultdict(dict)
        for row in rows_where(connection, sales_order, "customer_id", stored_ids):
            orders[row["customer_id"]][row["number"]] = row
        met = [
            orders[row_id][number]["id"]
            for customer, row_id in known
            for number in customer.orders
            if number in orders[row_id]
        ]
        lines: dict[bytes, list[Row]] = defaultdict(list)
        for row in sorted(
            rows_where(connection, order_line, "order_id", met), key=lambda row: bytes(row["id"])
        ):
            lines[row["order_id"]].append(row)
        for customer, row_id in known:
            points.add(row_id, ways_to_reach(customer.who.phones, {}))
            before = orders[row_id]
            after = dict(before)
            for order in customer.orders.values():
                after[order.number] = self._put_order(row_id, order, before.get(order.number), lines)
            self._put_customer(row_id, customer, list(before.values()), list(after.values()))
        taken = [customer for customer, _ in known]
        file_lines = [line for order in all_orders(taken) for line in order.lines]
        number_of_orders = sum(len(customer.orders) for customer in taken)
        sales = exact_sum(line.amount for line in file_lines)
        return OrderTotals(len(taken), number_of_orders, len(file_lines), sales)

    def _customer_id(self, book: CustomerBook, customer: FileCustomer) -> bytes | None:
        """The customer's row, stored, planned by another sheet or new; None if he was refused."""
        who = customer.who
        named = book.with_name(who)
        if len(named) > 1:
            for line in (line for order in customer.orders.values() for line in order.lines):
                title = line.records.title("customer_name")
                values = {"value": who.name, "code": named[0]["code"], "customers": len(named)}
                self._findings.add(
                    line.records.sheet, line.record.row, title, ErrorKind.DUPLICATE_NAME, **values
                )
            return None
        if who.code is not None:
            stored = book.with_code(who.code)
            planned = self._drafted_codes.get(who.code)
        else:
            stored = book.with_phone(who) or (named[0] if named else None)
            planned = next(
                (row_id for phone in who.phones if (row_id := self._drafted_points.get(phone.text))), None
            )
        if stored is not None:
            if customer.lead.record.get("customer_name") not in (None, stored["name"]):
                place = customer.lead.records.title("customer_name")
                kind = NoticeKind.CUSTOMER_NAME_DIFFERS
                record = customer.lead.record
                values = {"value": record.get("customer_name"), "kept": stored["name"]}
                self._findings.add(customer.lead.records.sheet, record.row, place, kind, **values)
            return self._draft.keep("customer", stored)
        if planned is not None:
            return planned
        code = who.code or made_code(self._draft.new_id())
        return self._draft.insert("customer", new_customer(code, who.name, self._store.now))

    def _put_order(
        self, customer_id: bytes, order: FileOrder, stored: Row | None, stored_lines: dict[bytes, list[Row]]
    ) -> Row:
        """The order with its lines; returns it as it will stand."""
        lead = order.lead.record.values
        values: dict[str, Any] = {name: lead[name] for name in ("ordered_on", *_PLACE) if name in lead}
        latest = [
            line.record for line in order.lines if line.record.values["ordered_on"] == lead["ordered_on"]
        ]
        for name in ("shipped_on", "delivered_on"):
            days = [record.values[name] for record in latest if name in record.values]
            if days:
                values[name] = max(days)
        if stored is None:
            blank = {"customer_id": customer_id, "number": order.number, "return_ambiguous": False}
            order_id = self._draft.insert("sales_order", blank)
        else:
            order_id = self._draft.keep("sales_order", stored)
        lines = put_lines(self._draft, customer_id, order_id, order.lines, stored_lines.get(order_id, []))
        values["amount"] = decimal_text(exact_sum(Decimal(line["amount"]) for line in lines))
        values["line_count"] = len(lines)
        largest = max(lines, key=lambda line: Decimal(line["amount"]))
        if largest.get("category") is not None:
            values["product_line"] = largest["category"]
        self._draft.amend("sales_order", order_id, values)
        return self._draft.current("sales_order", order_id)

    def _put_customer(
        self, customer_id: bytes, customer: FileCustomer, before: list[Row], after: list[Row]
    ) -> None:
        """What his orders say of him: sums, and the place and team of the latest one (ties: the larger sum).

        Place and team follow only when the orders now say something else than before, or nothing was known: what a
        person corrected since stays.
        """
        row = self._draft.current("customer", customer_id)
        latest, latest_before = _latest(after), _latest(before) if before else {}
        spent = exact_sum(Decimal(order["amount"]) for order in after)
        values: dict[str, Any] = {
            "spent_cents": cents(spent),
            "order_count": len(after),
            "last_order_on": latest["ordered_on"],
        }
        for name in _PLACE:
            said = latest.get(name)
            moved = said != latest_before.get(name) and name not in row["field_stamps"]
            if said is not None and (row.get(name) is None or moved):
                values[name] = said
        team_id = self._teams.find(latest.get("region"))
        moved = latest.get("region") != latest_before.get("region")
        if team_id is not None and (row.get("team_id") is None or moved):
            values["team_id"] = team_id
        if row.get("segment") is None and "segment" in customer.lead.record.values:
            values["segment"] = customer.lead.record.values["segment"]
        file_order = customer.orders.get(latest["number"])
        if row.get("address") is None and file_order and "address" in file_order.lead.record.values:
            values["address"] = file_order.lead.record.values["address"]
        self._draft.amend("customer", customer_id, values)


def _latest(orders: Iterable[Row]) -> Row:
    return max(orders, key=lambda order: (order["ordered_on"], Decimal(order["amount"]), order["number"]))
