"""Many rows into one table by the driver's own executemany; SQLAlchemy's costs more than the database itself."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table

from server_sync.domain.model.columns import JsonText, dump_json


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
    quote = connection.dialect.identifier_preparer.quote
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    columns, marks = ", ".join(quote(name) for name in names), ", ".join([mark] * len(names))
    json = [place for place, name in enumerate(names) if isinstance(table.c[name].type, JsonText)]
    values = [_stored(row, json) for row in rows]
    if values:
        connection.exec_driver_sql(
            f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({marks}) {conflict}", values
        )


def _stored(row: Sequence[Any], json: Sequence[int]) -> tuple[Any, ...]:
    if not json:
        return tuple(row)
    values = list(row)
    for place in json:
        if values[place] is not None:
            values[place] = dump_json(values[place])
    return tuple(values)
