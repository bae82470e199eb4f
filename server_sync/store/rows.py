"""The rows that commands ask for, fetched at once for many commands, with what was decided so far laid over them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import func, select

from server_sync.domain.commands import Change, Insert, Need, Row
from server_sync.domain.model import TABLES, customer
from server_sync.domain.model.columns import complete
from server_sync.store.bulk import select_rows
from server_sync.store.changes import batches
from server_sync.store.statement import Statement, any_of, numbered, padded
from server_sync.store.transaction import Transaction


def lock_customers(tx: Transaction, customer_ids: Iterable[bytes]) -> None:
    """Make other transactions on these customers' dossiers wait until this one has ended.

    To be called before the rows are read that a decision or a change goes by, once in a transaction. On SQLite,
    where one writes at a time, there is nothing to do.
    """
    if tx.connection.dialect.name == "sqlite":
        return
    for ids in map(padded, batches(sorted(set(customer_ids)))):
        _locking(len(ids)).run(tx.connection, numbered(ids))


@cache
def _locking(count: int) -> Statement:
    locked = select(customer.c.id).where(any_of(customer.c.id, count)).order_by(customer.c.id)
    return Statement(select(func.count()).select_from(locked.with_for_update(key_share=True).subquery()))


class FetchedRows:
    """`Rows` of the domain's commands in memory. To read what no need named raises KeyError."""

    def __init__(self, tx: Transaction, needs: Iterable[Need]) -> None:
        """Fetch with one IN per table and column."""
        self._rows: dict[tuple[str, bytes], Row | None] = {}
        # table -> column -> value -> ids
        self._groups: dict[str, dict[str, dict[bytes, set[bytes]]]] = defaultdict(lambda: defaultdict(dict))
        wanted: dict[tuple[str, str], set[bytes]] = defaultdict(set)
        for need in needs:
            wanted[need.table, need.column].add(need.value)
        for (name, column), values in wanted.items():
            for some in batches(sorted(values)):
                self._fetch(tx, name, column, some)

    def get(self, table: str, row_id: bytes) -> Row | None:
        """One row by id, or None."""
        return self._rows[table, row_id]

    def where(self, table: str, column: str, value: bytes) -> list[Row]:
        """The rows whose column has the value, ordered by id."""
        row_ids = self._groups[table][column][value]
        if not row_ids:
            return []
        found = (self._rows[table, row_id] for row_id in sorted(row_ids))
        return [row for row in found if row is not None and row[column] == value]

    def lay_over(self, changes: Iterable[Change]) -> None:
        """Let later commands see what an earlier one decided."""
        for change in changes:
            if isinstance(change, Insert):
                self._put(change.table, complete(TABLES[change.table], change.row))
            else:
                row = self._rows.get((change.table, change.row_id))
                if row is not None:
                    self._put(change.table, {**row, **change.values})

    def _fetch(self, tx: Transaction, name: str, column: str, values: Sequence[bytes]) -> None:
        if column == "id":
            self._rows |= {(name, value): self._rows.get((name, value)) for value in values}
        else:
            self._groups[name][column] |= {value: set() for value in values}
        for row in select_rows(tx.connection, TABLES[name], column, values):
            self._put(name, row)

    def _put(self, name: str, row: dict[str, Any]) -> None:
        """Keep a row and let it stand in the groups that were asked for and that it now belongs to."""
        row_id = row["id"]
        self._rows[name, row_id] = row
        for column, groups in self._groups[name].items():
            if row[column] in groups:
                groups[row[column]].add(row_id)
