"""Plans the sheet of returns: each order of a returned number is marked and its customer's timeline says so."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from server_sync.domain.clock import DAY
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import ActivityKind, activity, customer, sales_order, setting
from server_sync.domain.rules.local_time import day_number, zone
from server_sync.domain.rules.settings import setting_id, setting_value
from server_sync.intake.draft import Draft, Row
from server_sync.intake.findings import Findings, NoticeKind
from server_sync.intake.records import Record, Records
from server_sync.intake.stored import rows_where


def plan_returns(connection: Connection, draft: Draft, sheets: Iterable[Records], findings: Findings) -> int:
    """Mark returned orders, planned and stored; returns how many. A number that no order has is an error.

    A number that several customers' orders share goes to each of them, flagged ambiguous and noticed, unless the row
    names the customer. The day is the row's, else the order's shipping day, else its own.
    """
    rows = [(records, record) for records in sheets for record in records.rows if record.values["returned"]]
    orders = _orders(connection, draft, {record.values["number"] for _, record in rows})
    codes = _codes(connection, draft, {order["customer_id"] for found in orders.values() for order in found})
    told = _told(connection, (order["customer_id"] for found in orders.values() for order in found))
    company = next(rows_where(connection, setting, "id", [setting_id("company")]), None)
    local = zone(setting_value("company", company)["timezone"])
    seen: dict[tuple[str, str | None], int] = {}
    marked: set[bytes] = set()
    for records, record in rows:
        number, code = record.values["number"], record.get("customer_code")
        title = records.title("number")
        first_row = seen.setdefault((number, code), record.row)
        if first_row != record.row:
            values = {"number": number, "first_row": first_row}
            findings.add(records.sheet, record.row, title, NoticeKind.LINE_REPEATED, **values)
            continue
        found = [order for order in orders[number] if code is None or codes[order["customer_id"]] == code]
        if not found:
            findings.add(records.sheet, record.row, title, ErrorKind.ORDER_UNKNOWN, value=number)
            continue
        if len(found) > 1:
            values = {"number": number, "customers": len(found)}
            findings.add(records.sheet, record.row, title, NoticeKind.RETURN_AMBIGUOUS, **values)
        for order in found:
            day = record.get("returned_on") or order.get("shipped_on") or order["ordered_on"]
            returned_at = local.moment(day_number(day) * DAY)
            _mark(draft, order, record, returned_at, len(found), told)
            marked.add(order["id"])
    return len(marked)


def _mark(
    draft: Draft, order: Row, record: Record, returned_at: int, sharing: int, told: dict[bytes, set[str]]
) -> None:
    order_id: bytes = order["id"]
    if order_id not in draft.table("sales_order").inserts:
        draft.keep("sales_order", order)
    draft.amend("sales_order", order_id, {"returned_at": returned_at, "return_ambiguous": sharing > 1})
    if order_id.hex() in told[order["customer_id"]]:
        return
    details: dict[str, Any] = {"order": order_id.hex(), "number": order["number"], "ambiguous": sharing > 1}
    if sharing > 1:
        details["sharing"] = sharing
    if "reason" in record.values:
        details["reason"] = record.values["reason"]
    values = {"customer_id": order["customer_id"], "kind": ActivityKind.RETURN.value, "details": details}
    draft.insert("activity", {**values, "happened_at": returned_at})
    told[order["customer_id"]].add(order_id.hex())


def _orders(connection: Connection, draft: Draft, numbers: set[str]) -> dict[str, list[Row]]:
    """The orders of each number as they will stand, stored or planned, in the order of their ids."""
    table = draft.table("sales_order")
    rows = {row["id"]: row for row in rows_where(connection, sales_order, "number", numbers)}
    rows.update((row_id, draft.current("sales_order", row_id)) for row_id in (*table.stored, *table.inserts))
    orders: dict[str, list[Row]] = defaultdict(list)
    for row_id in sorted(rows):
        if rows[row_id]["number"] in numbers:
            orders[rows[row_id]["number"]].append(rows[row_id])
    return orders


def _codes(connection: Connection, draft: Draft, customer_ids: set[bytes]) -> dict[bytes, str]:
    planned = draft.table("customer").inserts
    codes: dict[bytes, str] = {
        row["id"]: row["code"] for row in rows_where(connection, customer, "id", customer_ids)
    }
    return codes | {row_id: row["code"] for row_id, row in planned.items()}


def _told(connection: Connection, customer_ids: Iterable[bytes]) -> dict[bytes, set[str]]:
    """The orders of whose return the customers' timelines tell already, as hex."""
    told: dict[bytes, set[str]] = defaultdict(set)
    for row in rows_where(connection, activity, "customer_id", customer_ids):
        if row["kind"] == ActivityKind.RETURN.value:
            told[row["customer_id"]].add(row["details"].get("order", ""))
    return told
