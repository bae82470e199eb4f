"""Many rows into and out of one table by the driver's own calls; SQLAlchemy's cost more than the database itself."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Connection, Table, select

from server_sync.domain.model.columns import JsonText, dump_json, load_json
from server_sync.store.statement import Statement, any_of, numbered, padded, run_many


def insert_rows(
    connection: Connection,
    table: Table,
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    conflict: str = "",
) -> None:
    """Insert rows given as values in the order of `names`; `conflict` is an ON CONFLICT clause.

    Defaults are the caller's business; JSON columns are given as values and written as text.
    """
    text, json = _insertion(table, tuple(names), conflict, connection.dialect.name)
    values = [_stored(row, json) for row in rows]
    if values:
        run_many(connection, text, values)


def select_rows(
    connection: Connection, table: Table, column: str, values: Sequence[bytes], only: tuple[str, ...] = ()
) -> Iterator[dict[str, Any]]:
    """The rows whose column has one of the values (a few hundred at most), by column and as Python has them; all
    columns or `only` some."""
    names, json, boolean = _columns(table, only)
    wanted = padded(values)
    for stored in _selection(table, column, len(wanted), only).rows(connection, numbered(wanted)):
        row = dict(zip(names, stored, strict=True))
        for name in json:
            if row[name] is not None:
                row[name] = load_json(row[name])
        for name in boolean:
            if row[name] is not None:
                row[name] = bool(row[name])
        yield row


@cache
def _insertion(table: Table, names: tuple[str, ...], conflict: str, dialect: str) -> tuple[str, list[int]]:
    """The statement, and the places of JSON among its values."""
    columns = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join(["?" if dialect == "sqlite" else "%s"] * len(names))
    json = [place for place, name in enumerate(names) if isinstance(table.c[name].type, JsonText)]
    return f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks}) {conflict}', json


@cache
def _selection(table: Table, column: str, count: int, only: tuple[str, ...]) -> Statement:
    columns = [table.c[name] for name in only] or table.columns
    return Statement(select(*columns).where(any_of(table.c[column], count)))


@cache
def _columns(table: Table, only: tuple[str, ...]) -> tuple[list[str], list[str], list[str]]:
    """The names of all columns or of some, of those with JSON, and of those that are true or false."""
    names = list(only) or [str(column.name) for column in table.columns]
    json = [name for name in names if isinstance(table.c[name].type, JsonText)]
    return names, json, [name for name in names if isinstance(table.c[name].type, Boolean)]


def _stored(row: Sequence[Any], json: Sequence[int]) -> tuple[Any, ...]:
    if not json:
        return tuple(row)
    values = list(row)
    for place in json:
        if values[place] is not None:
            values[place] = dump_json(values[place])
    return tuple(values)
