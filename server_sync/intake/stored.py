"""Reading the rows that an import meets in the store, many at a time; nothing is decided or written here."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, bindparam, select

from server_sync.domain.model import customer
from server_sync.intake.draft import Row

Lock = Callable[[Iterable[bytes]], None]


@dataclass(frozen=True)
class StoreView:
    """The store as a run sees it: one snapshot or transaction and its time, ms. `lock` makes others wait who want to
    change these customers' dossiers; in a preview it does nothing."""

    connection: Connection
    now: int
    lock: Lock


_AT_ONCE = 500
"""Values in one IN list: SQLite and PostgreSQL both plan such a list as look-ups in the index."""


def rows_where(connection: Connection, table: Table, column: str, values: Iterable[Any]) -> Iterator[Row]:
    """The rows of a table whose column has one of the values, in no order; the column should be indexed."""
    statement = select(table).where(table.c[column].in_(bindparam("values", expanding=True)))
    names = table.columns.keys()
    wanted = list(dict.fromkeys(values))
    for start in range(0, len(wanted), _AT_ONCE):
        found = connection.execute(statement, {"values": wanted[start : start + _AT_ONCE]})
        yield from (dict(zip(names, row, strict=True)) for row in found)


def customer_names(connection: Connection) -> Iterator[tuple[bytes, str, str | None]]:
    """Every customer's id, name and company: one pass over the table, for files without customer numbers."""
    statement = select(customer.c.id, customer.c.name, customer.c.extra)
    for row_id, name, extra in connection.execute(statement):
        yield row_id, name, extra.get("company")
