"""One domain command in an open transaction: its rows, its decision, its changes and the server's version of what it
touched; used by actions and by rebase alike. No outbox here."""

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from agent_app.store.changes import StoreChanges
from agent_app.store.tables import base_row
from server_sync.domain.commands import Accepted, Actor, Change, Command, Decision, Insert, Row
from server_sync.domain.model import TABLES


class StoreRows:
    """The rows a command asks for, read from the store as they stand now."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, table: str, row_id: bytes) -> Row | None:
        place = TABLES[table]
        row = self._connection.execute(select(place).where(place.c.id == row_id)).one_or_none()
        return None if row is None else row._asdict()

    def where(self, table: str, column: str, value: bytes) -> list[Row]:
        place = TABLES[table]
        statement = select(place).where(place.c[column] == value).order_by(place.c.id)
        return [row._asdict() for row in self._connection.execute(statement)]


def run(connection: Connection, command: Command, actor: Actor, now: int) -> Decision:
    """Decide a command and write its row changes; a rejection writes nothing."""
    decision = command.decide(StoreRows(connection), actor, now)
    if isinstance(decision, Accepted):
        for change in decision.changes:
            _keep_base(connection, change)
            _write(connection, change)
    return decision


def touched(changes: Iterable[Change], customer_id: bytes | None, origin: str) -> StoreChanges:
    """What a command's changes mean for the screens."""
    ids = None if customer_id is None else frozenset({customer_id})
    return StoreChanges(frozenset(change.table for change in changes), ids, origin)


def restore_base(connection: Connection) -> set[str]:
    """Put every row that a mutation touched back to the server's version (SYNC P4); returns the tables."""
    tables: set[str] = set()
    for kind, row_id, row in connection.execute(
        select(base_row.c.kind, base_row.c.row_id, base_row.c.row)
    ).all():
        table = TABLES[kind]
        tables.add(kind)
        connection.execute(delete(table).where(table.c.id == row_id))
        if row is not None:
            connection.execute(insert(table), [_unpacked(table, row)])
    connection.execute(delete(base_row))
    return tables


def _write(connection: Connection, change: Change) -> None:
    table = TABLES[change.table]
    if isinstance(change, Insert):
        connection.execute(insert(table).values(dict(change.row)))
    else:
        connection.execute(update(table).where(table.c.id == change.row_id).values(dict(change.values)))


def _keep_base(connection: Connection, change: Change) -> None:
    """Keep the server's version of a row, the first time that a mutation touches it."""
    table = TABLES[change.table]
    row = connection.execute(select(table).where(table.c.id == change.row_id)).mappings().one_or_none()
    source: Any = change.row if isinstance(change, Insert) else row
    customer_id = change.row_id if change.table == "customer" else (source or {}).get("customer_id")
    packed = None if row is None else msgspec.msgpack.encode(dict(row))
    statement = upsert(base_row).values(
        kind=change.table, row_id=change.row_id, customer_id=customer_id, row=packed
    )
    connection.execute(statement.on_conflict_do_nothing())


def _unpacked(table: Table, row: bytes) -> dict[str, Any]:
    values: dict[str, Any] = msgspec.msgpack.decode(row)
    return {column.name: values.get(column.name) for column in table.columns}
