"""Plans the sheets of contracts: new ones, changed ones, and which contract another one renews (M1.8)."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import contract
from server_sync.domain.rules.local_time import day_number
from server_sync.intake.draft import Draft, Row
from server_sync.intake.findings import Findings, RowRefusal
from server_sync.intake.known import KnownRow, known_rows, take_each
from server_sync.intake.records import Records
from server_sync.intake.stored import StoreView, rows_where

_COLUMNS = ("signed_on", "starts_on", "expires_on", "renewed_on", "amount", "product_line")
LATEST_RENEWAL_DAYS = 90
"""How many days after the end of a contract another one still renews it."""


def plan_contracts(store: StoreView, draft: Draft, sheets: Iterable[Records], findings: Findings) -> int:
    """Put the sheets' contracts into the draft; returns how many were taken. A contract is its number and customer."""
    rows = known_rows(store, draft, sheets, findings)
    customers = {row.customer["id"] for row in rows}
    stored: dict[tuple[bytes, str], Row] = {
        (row["customer_id"], row["number"]): row
        for row in rows_where(store.connection, contract, "customer_id", customers)
    }
    seen: dict[tuple[bytes, str], int] = {}

    def take(row: KnownRow) -> None:
        values = row.record.values
        key = row.customer["id"], values["number"]
        first_row = seen.setdefault(key, row.record.row)
        if first_row != row.record.row:
            raise RowRefusal("number", ErrorKind.DUPLICATE_ROW, value=values["number"], first_row=first_row)
        _check(values)
        wanted = {name: values[name] for name in _COLUMNS if name in values}
        if key in stored:
            draft.amend("contract", draft.keep("contract", stored[key]), wanted)
        else:
            draft.insert("contract", {"customer_id": key[0], "number": key[1], **wanted})

    taken = take_each(rows, findings, take)
    _renew(draft, stored.values(), customers)
    return taken


def _check(values: dict[str, Any]) -> None:
    starts_on = values.get("starts_on") or values.get("signed_on")
    expires_on = values.get("expires_on")
    if starts_on and expires_on and expires_on < starts_on:
        raise RowRefusal("expires_on", ErrorKind.PERIOD_REVERSED, value=expires_on, first=starts_on)


def _renew(draft: Draft, stored: Iterable[Row], customer_ids: set[bytes]) -> None:
    """A contract of the same customer and product line that begins later and ends later renews one, if it comes before
    LATEST_RENEWAL_DAYS after its end: nobody has to be reminded of that one any more."""
    for row in stored:
        draft.keep("contract", row)
    part = draft.table("contract")
    by_line: dict[tuple[bytes, str | None], list[Row]] = defaultdict(list)
    for row_id in (*part.stored, *part.inserts):
        row = draft.current("contract", row_id)
        if row["customer_id"] in customer_ids and row.get("expires_on") and _begins(row):
            by_line[row["customer_id"], row.get("product_line")].append(row)
    for rows in by_line.values():
        rows.sort(key=lambda row: (_begins(row), row["expires_on"]))
        for earlier, later in pairwise(rows):
            late = day_number(_begins(later)) - day_number(earlier["expires_on"]) > LATEST_RENEWAL_DAYS
            follows = _begins(later) > _begins(earlier) and later["expires_on"] > earlier["expires_on"]
            if follows and not late and not earlier.get("renewed_on"):
                draft.amend("contract", earlier["id"], {"renewed_on": _begins(later)})


def _begins(row: Row) -> str:
    return row.get("signed_on") or row.get("starts_on") or ""
