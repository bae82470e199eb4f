"""Takes an import batch back: what it created goes, what it changed is as before; work done since is never touched."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, Table, select, update

from server_sync.domain.commands import Change, Update
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import (
    TABLES,
    Scope,
    TaskState,
    customer,
    occasion,
    person,
    reminder,
    sales_order,
    task,
)
from server_sync.intake.amounts import cents, exact_sum
from server_sync.intake.stored import rows_where
from server_sync.store import changes
from server_sync.store.changes import Delete
from server_sync.store.rows import lock_customers
from server_sync.store.tables import account, import_batch, import_change
from server_sync.store.transaction import Transaction


@dataclass
class Undone:
    """What an undo did: rows by table that were deleted, restored, and kept because of what happened since."""

    deleted: Counter[str] = field(default_factory=Counter)
    restored: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {"deleted": dict(self.deleted), "restored": dict(self.restored), "kept": dict(self.kept)}


def undo_batch(tx: Transaction, batch_id: bytes) -> Undone:
    """Take a batch back, in the caller's transaction.

    A customer whom it created goes with his dossier, tasks that nobody has touched included; he stays, with all that
    the batch gave him, when anything else was written about him since. A row that it changed is restored unless
    somebody changed it again. Raises KnownError NOT_FOUND, BATCH_UNDONE {undone_at}.
    """
    batch = (
        tx.connection.execute(select(import_batch).where(import_batch.c.id == batch_id)).mappings().first()
    )
    if batch is None:
        raise KnownError(ErrorKind.NOT_FOUND, table="import_batch", name=batch_id.hex())
    if batch["undone_at"] is not None:
        raise KnownError(ErrorKind.BATCH_UNDONE, batch=batch_id.hex(), undone_at=batch["undone_at"])
    run = _Run(tx, batch_id)
    run.take_back()
    tx.connection.execute(update(import_batch).where(import_batch.c.id == batch_id).values(undone_at=tx.now))
    return run.result


class _Run:
    def __init__(self, tx: Transaction, batch_id: bytes) -> None:
        self._tx = tx
        self.result = Undone()
        self._created: dict[str, dict[bytes, int]] = defaultdict(dict)
        self._changed: dict[str, dict[bytes, tuple[int, dict[str, Any]]]] = defaultdict(dict)
        notes = select(import_change).where(import_change.c.batch_id == batch_id)
        for note in tx.connection.execute(notes).mappings():
            if note["created"]:
                self._created[note["table_name"]][note["row_id"]] = note["rev"]
            else:
                before = msgspec.msgpack.decode(note["before"])
                self._changed[note["table_name"]][note["row_id"]] = note["rev"], before
        self._writes: list[Change | Delete] = []
        self._settled_orders: set[bytes] = set()

    def take_back(self) -> None:
        """Decide row by row, write once."""
        lock_customers(self._tx, self._customers())
        current = self._current_rows()
        staying = self._customers_who_stay()
        gone = self._created["customer"].keys() - staying
        for row_id in gone:
            self._delete("customer", row_id)
        for table in (task, occasion, reminder):  # what plans made of them
            for row in _rows_of(self._tx.connection, table, gone):
                self._delete(table.name, row["id"])
        for name in ("contact_point", "sales_order", "order_line", "activity", "contract", "event"):
            for row_id, rev in self._created[name].items():
                row = current[name].get(row_id)
                if row is None:
                    continue
                unchanged = (
                    row["customer_id"] not in staying and row["rev"] == rev and self._may_go(name, row)
                )
                if row["customer_id"] in gone or unchanged:
                    self._delete(name, row_id)
                else:
                    self.result.kept[name] += 1
            self._restore(name, current[name])
        self._restore("customer", current["customer"])
        self.result.kept["customer"] += len(staying)
        resold = {current["sales_order"][row_id]["customer_id"] for row_id in self._settled_orders}
        changes.write(self._tx, self._writes)
        self._writes = []
        self._sum_up(resold - gone)
        self._delete_teams_and_people()
        changes.write(self._tx, self._writes)

    def _customers(self) -> set[bytes]:
        """Those whom the batch made or changed, and those of whose dossiers it did."""
        found = {*self._created["customer"], *self._changed["customer"]}
        for name, rows in self._current_rows().items():
            if TABLES[name].info["scope"] is Scope.DOSSIER and name != "customer":
                found.update(row["customer_id"] for row in rows.values())
        return found

    def _current_rows(self) -> dict[str, dict[bytes, Any]]:
        tables = {*self._created, *self._changed}
        ids = {name: [*self._created[name], *self._changed[name]] for name in tables}
        connection = self._tx.connection
        return defaultdict(
            dict,
            {
                name: {row["id"]: row for row in rows_where(connection, TABLES[name], "id", ids[name])}
                for name in tables
            },
        )

    def _customers_who_stay(self) -> set[bytes]:
        """Created customers about whom others wrote something; an untouched task is no such thing."""
        created = self._created["customer"]
        staying: set[bytes] = set()
        for name, table in TABLES.items():
            if table.info["scope"] is not Scope.DOSSIER or name == "customer":
                continue
            for row in _rows_of(self._tx.connection, table, created):
                of_batch = self._created[name].get(row["id"]) == row["rev"]
                untouched = name == "task" and row["state"] == TaskState.OPEN and row["attempt_count"] == 0
                untouched = untouched or name in (occasion.name, reminder.name)
                if not of_batch and not untouched:
                    staying.add(row["customer_id"])
        corrected = (
            row for row in rows_where(self._tx.connection, customer, "id", created) if row["field_stamps"]
        )
        return staying.union(row["id"] for row in corrected)

    def _may_go(self, name: str, row: Any) -> bool:
        """A line comes and goes with what its order says of it: only where the order goes or is as before."""
        return name != "order_line" or row["order_id"] in self._settled_orders

    def _restore(self, name: str, current: dict[bytes, Any]) -> None:
        for row_id, (rev, before) in self._changed[name].items():
            row = current.get(row_id)
            if row is not None and row["rev"] == rev and self._may_go(name, row):
                self._writes.append(Update(name, row_id, before))
                self.result.restored[name] += 1
                if name == "sales_order":
                    self._settled_orders.add(row_id)
            else:
                self.result.kept[name] += 1

    def _sum_up(self, customer_ids: Iterable[bytes]) -> None:
        """Sums of customers who lost orders, worked out anew: they may have changed since for other reasons."""
        orders: dict[bytes, list[Any]] = {customer_id: [] for customer_id in customer_ids}
        for row in rows_where(self._tx.connection, sales_order, "customer_id", orders):
            orders[row["customer_id"]].append(row)
        for customer_id, rows in orders.items():
            values = {
                "spent_cents": cents(exact_sum(Decimal(row["amount"]) for row in rows)),
                "order_count": len(rows),
                "last_order_on": max((row["ordered_on"] for row in rows), default=None),
            }
            self._writes.append(Update("customer", customer_id, values))

    def _delete_teams_and_people(self) -> None:
        """People who cannot sign in yet, and then teams that nobody is in."""
        connection = self._tx.connection
        accounts = set(connection.scalars(select(account.c.person_id)))
        for row in rows_where(connection, person, "id", self._created["person"]):
            if row["id"] not in accounts and row["rev"] == self._created["person"][row["id"]]:
                self._delete("person", row["id"])
            else:
                self.result.kept["person"] += 1
        leaving = {write.row_id for write in self._writes if isinstance(write, Delete)}
        used = {
            team_id
            for table in (customer, task, person)
            for row_id, team_id in connection.execute(_teams_in(table))
            if row_id not in leaving
        }
        for row_id in self._created["team"]:
            if row_id in used:
                self.result.kept["team"] += 1
            else:
                self._delete("team", row_id)

    def _delete(self, name: str, row_id: bytes) -> None:
        if name == "sales_order":
            self._settled_orders.add(row_id)
        self._writes.append(Delete(name, row_id))
        self.result.deleted[name] += 1


def _rows_of(connection: Connection, table: Table, customer_ids: Iterable[bytes]) -> Iterable[Any]:
    return rows_where(connection, table, "customer_id", customer_ids)


def _teams_in(table: Table) -> Select[Any]:
    return select(table.c.id, table.c.team_id).where(table.c.team_id.is_not(None))
