"""All rows of a database copied: out of either kind into a SQLite file, and out of such a file into PostgreSQL."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select, text

from server_sync.domain.ids import Ids
from server_sync.store import database, upgrade
from server_sync.store.tables import ALL, partition, server_state

OnProgress = Callable[[int, int], object]
"""Hears how much is done and of how much, in rows or pages; what it raises ends the copying."""

_PAGES = 1_000
_BATCH = 5_000


def all_tables() -> list[Table]:
    """Every table of the schema."""
    return [table for metadata in ALL for table in metadata.sorted_tables]


def count(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {
        str(table.name): connection.scalar(select(func.count()).select_from(table)) or 0
        for table in all_tables()
    }


def into_file(connection: Connection, file: Path, on_progress: OnProgress) -> None:
    """Copy what a connection's snapshot sees into a new SQLite file, while others go on writing."""
    if connection.dialect.name == "sqlite":
        raw: Any = connection.connection.driver_connection
        with closing(sqlite3.connect(file)) as copy:
            raw.backup(copy, pages=_PAGES, progress=lambda _, left, total: on_progress(total - left, total))
        return
    database.create_schema(str(file))
    total = sum(count(connection).values())
    with closing(sqlite3.connect(file, isolation_level=None)) as copy:
        # Whoever made it waits for the disk once, at the end.
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        copy.execute("BEGIN")
        done = 0
        for table in all_tables():
            copy.execute(f'DELETE FROM "{table.name}"')  # what `create_schema` puts into a new one
            marks = ", ".join("?" * len(table.columns))
            for rows in _read(connection, table):
                copy.executemany(f'INSERT INTO "{table.name}" ({_columns(table)}) VALUES ({marks})', rows)
                done += len(rows)
                on_progress(done, total)
        copy.execute("COMMIT")


def into_postgresql(file: Path, connection: Connection, ids: Ids, on_progress: OnProgress) -> None:
    """Make the schema and fill it with the rows of a SQLite file of the newest schema, in the open transaction."""
    upgrade.to_newest(connection, ids)
    for made in (partition, server_state):  # what it puts into a new one
        connection.execute(delete(made))
    raw: Any = connection.connection.driver_connection
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as source:
        tables = all_tables()
        total = sum(source.execute(f'SELECT count(*) FROM "{one.name}"').fetchone()[0] for one in tables)
        done = 0
        for table in tables:
            rows = source.execute(f'SELECT {_columns(table)} FROM "{table.name}"')
            with raw.cursor().copy(f'COPY "{table.name}" ({_columns(table)}) FROM STDIN') as copy:
                while some := rows.fetchmany(_BATCH):
                    for row in some:
                        copy.write_row(row)
                    done += len(some)
                    on_progress(done, total)
            _count_on(connection, table)


def _read(connection: Connection, table: Table) -> Iterator[list[tuple[Any, ...]]]:
    """The rows as the driver has them, JSON as text, some thousands at a time."""
    streamed = {"stream_results": True, "max_row_buffer": _BATCH}
    statement = f'SELECT {_columns(table)} FROM "{table.name}"'
    with connection.exec_driver_sql(statement, execution_options=streamed) as found:
        for rows in found.partitions(_BATCH):
            yield [tuple(row) for row in rows]


def _columns(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)


def _count_on(connection: Connection, table: Table) -> None:
    """Let the next number that PostgreSQL gives out come after those that were copied."""
    column = table.autoincrement_column
    if column is not None:
        named = {"table": table.name, "column": column.name}
        statement = f'SELECT setval(pg_get_serial_sequence(:table, :column), max("{column.name}")) FROM "{table.name}"'
        connection.execute(text(statement), named)
