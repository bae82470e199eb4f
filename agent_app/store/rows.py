"""Rows of the replicated tables in memory: fetched at once for many commands, what was decided laid over them, written
back at once. By the driver's own statements: SQLAlchemy's cost more than the database itself."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Boolean, Connection

from agent_app.store.driver import execute, fetch
from server_sync.domain.commands import Change, Insert, Need, Row
from server_sync.domain.model import TABLES
from server_sync.domain.model.columns import JsonText, complete, dump_json, load_json

_BATCH = 500
_packer = msgspec.msgpack.Encoder()
_KEEP_BASE = "INSERT OR IGNORE INTO base_row (kind, row_id, customer_id, row) VALUES (?, ?, ?, ?)"
_DROP_BASE = "DELETE FROM base_row WHERE kind = ? AND row_id = ?"


@dataclass(frozen=True)
class _Form:
    """How one table's rows are read and written: its columns in order, and which of them the store holds otherwise."""

    columns: tuple[str, ...]
    json: tuple[str, ...]
    boolean: tuple[str, ...]
    owner: str | None
    select: str
    write: str


@cache
def _form(name: str) -> _Form:
    table = TABLES[name]
    columns = tuple(str(column.name) for column in table.columns)
    names, marks = ", ".join(f'"{one}"' for one in columns), ", ".join("?" * len(columns))
    values = ", ".join(f'"{one}" = excluded."{one}"' for one in columns if one != "id")
    owner = "id" if name == "customer" else "customer_id" if "customer_id" in columns else None
    return _Form(
        columns,
        tuple(one for one in columns if isinstance(table.c[one].type, JsonText)),
        tuple(one for one in columns if isinstance(table.c[one].type, Boolean)),
        owner,
        f'SELECT {names} FROM "{name}"',
        f'INSERT INTO "{name}" ({names}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {values}',
    )


class StoreRows:
    """`Rows` of the domain's commands. What no need named is fetched when it is asked for."""

    def __init__(self, connection: Connection, needs: Iterable[Need] = ()) -> None:
        """Fetch what is needed, with one IN per table and column."""
        self._connection = connection
        self._rows: dict[str, dict[bytes, dict[str, Any] | None]] = defaultdict(dict)
        # as the store holds them, before anything was laid over
        self._stored: dict[tuple[str, bytes], Sequence[Any] | None] = {}
        # table -> column -> value -> ids
        self._groups: dict[str, dict[str, dict[bytes, set[bytes]]]] = defaultdict(lambda: defaultdict(dict))
        self._changed: dict[str, dict[bytes, None]] = defaultdict(dict)
        self.fetch(needs)

    def fetch(self, needs: Iterable[Need]) -> None:
        """Fetch what is needed besides, with one IN per table and column."""
        wanted: dict[tuple[str, str], dict[bytes, None]] = defaultdict(dict)
        for need in needs:
            wanted[need.table, need.column][need.value] = None
        for (table, column), values in wanted.items():
            self._fetch(table, column, list(values))

    def get(self, table: str, row_id: bytes) -> Row | None:
        """One row by id, or None."""
        rows = self._rows[table]
        if row_id not in rows:
            self._fetch(table, "id", [row_id])
        return rows[row_id]

    def where(self, table: str, column: str, value: bytes) -> list[Row]:
        """The rows whose column has the value, ordered by id."""
        groups = self._groups[table][column]
        if value not in groups:
            self._fetch(table, column, [value])
        found = (self._rows[table][row_id] for row_id in sorted(groups[value]))
        return [row for row in found if row is not None and row[column] == value]

    def lay_over(self, changes: Iterable[Change]) -> None:
        """Let later commands see what an earlier one decided."""
        for change in changes:
            row = self.get(change.table, change.row_id)
            if isinstance(change, Insert):
                self._put(change.table, complete(TABLES[change.table], change.row))
            elif row is not None:
                self._put(change.table, {**row, **change.values})
            else:
                continue
            self._changed[change.table][change.row_id] = None

    def write(self) -> None:
        """Write every row that changed, and keep the version it had before, unless an earlier one is kept (SYNC P4)."""
        for name, row_ids in self._changed.items():
            form, rows = _form(name), self._rows[name]
            bases = [self._base(name, row_id) for row_id in row_ids]
            execute(self._connection, _KEEP_BASE, bases)
            execute(self._connection, form.write, [_stored(form, rows[row_id]) for row_id in row_ids])

    def _base(self, table: str, row_id: bytes) -> tuple[Any, ...]:
        form, stored, row = _form(table), self._stored[table, row_id], self._rows[table][row_id]
        packed = None if stored is None else _packer.encode(dict(zip(form.columns, stored, strict=True)))
        return table, row_id, row[form.owner] if row and form.owner else None, packed

    def _fetch(self, table: str, column: str, values: list[bytes]) -> None:
        form, rows, changed = _form(table), self._rows[table], self._changed.get(table, ())
        if column == "id":
            for value in values:
                rows.setdefault(value, None)
                self._stored.setdefault((table, value), None)
        else:
            groups = self._groups[table][column]
            for value in values:
                groups[value] = {one for one, row in rows.items() if row is not None and row[column] == value}
        for some in _batches(values):
            marks = ", ".join("?" * len(some))
            for stored in fetch(self._connection, f'{form.select} WHERE "{column}" IN ({marks})', some):
                row_id = stored[0]
                if rows.get(row_id) is None and row_id not in changed:
                    self._stored[table, row_id] = stored
                    self._put(table, _read(form, stored))

    def _put(self, table: str, row: dict[str, Any]) -> None:
        """Keep a row and let it stand in the groups that were asked for and that it now belongs to."""
        self._rows[table][row["id"]] = row
        for column, groups in self._groups[table].items():
            if row[column] in groups:
                groups[row[column]].add(row["id"])


def restore(connection: Connection, kept: Iterable[tuple[Any, ...]]) -> None:
    """Put rows back to the version that was kept of them, given as (table, id, packed row or None), and forget that
    version."""
    by_table: dict[str, list[tuple[bytes, bytes | None]]] = defaultdict(list)
    for table, row_id, packed in kept:
        by_table[table].append((row_id, packed))
    for table, rows in by_table.items():
        form = _form(table)
        never = [(row_id,) for row_id, packed in rows if packed is None]
        execute(connection, f'DELETE FROM "{table}" WHERE id = ?', never)
        earlier = [msgspec.msgpack.decode(packed) for _, packed in rows if packed is not None]
        execute(
            connection, form.write, [tuple(row.get(column) for column in form.columns) for row in earlier]
        )
        execute(connection, _DROP_BASE, [(table, row_id) for row_id, _ in rows])


def _read(form: _Form, stored: Sequence[Any]) -> dict[str, Any]:
    row = dict(zip(form.columns, stored, strict=True))
    for column in form.json:
        if row[column] is not None:
            row[column] = load_json(row[column])
    for column in form.boolean:
        if row[column] is not None:
            row[column] = bool(row[column])
    return row


def _stored(form: _Form, row: dict[str, Any] | None) -> tuple[Any, ...]:
    values = dict(row or {})
    for column in form.json:
        if values[column] is not None:
            values[column] = dump_json(values[column])
    return tuple(values.values())


def _batches(values: list[bytes]) -> Iterator[list[bytes]]:
    return (values[start : start + _BATCH] for start in range(0, len(values), _BATCH))
