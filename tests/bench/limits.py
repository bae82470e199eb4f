"""What the machine itself can do with the rows of a store: a bare bulk insert into SQLCipher, and a plain file."""

import sqlite3
from pathlib import Path
from typing import Any

from agent_app.store.database import KEY_BYTES, Store, open_store
from agent_app.store.tables import ALL
from server_sync.domain.model import TABLES
from tests.bench.figures import seconds

Rows = dict[str, list[tuple[Any, ...]]]


def rows_of(store: Store) -> Rows:
    """Every row that a pull brought, by table and in the order of ids, and which partition holds it."""
    with store.read() as connection:
        orders = {**dict.fromkeys(TABLES, "id"), "held": "customer_id"}
        found = {
            table: [
                tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{table}" ORDER BY {order}')
            ]
            for table, order in orders.items()
        }
    return {table: rows for table, rows in found.items() if rows}


def bulk_insert_seconds(rows: Rows, folder: Path) -> float:
    """The same rows into a new store, its key and pragmas, by the driver alone: one transaction, no server, no parsing,
    secondary indexes after the rows."""
    store = open_store(folder, b"k" * KEY_BYTES, ALL)
    raw = store.engine.raw_connection()
    cursor = raw.cursor()
    indexes = cursor.execute(
        "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL"
    ).fetchall()

    def insert() -> None:
        cursor.execute("BEGIN IMMEDIATE")
        for table, name, _ in indexes:
            if table in rows:
                cursor.execute(f'DROP INDEX "{name}"')
        for table, of_table in rows.items():
            places = ",".join("?" * len(of_table[0]))
            cursor.executemany(f'INSERT INTO "{table}" VALUES ({places})', of_table)
        for table, _, statement in indexes:
            if table in rows:
                cursor.execute(statement)
        cursor.execute("COMMIT")

    took = seconds(insert)
    cursor.close()
    raw.close()
    store.close()
    return took


def plain_file_bytes(store: Store, rows: Rows, file: Path) -> int:
    """The same rows in a plain SQLite file with their primary keys and nothing else."""
    with store.read() as connection:
        columns = {
            table: [
                (str(column[1]), bool(column[5]))
                for column in connection.exec_driver_sql(f'PRAGMA table_info("{table}")')
            ]
            for table in rows
        }
    plain = sqlite3.connect(file)
    for table, of_table in rows.items():
        names = ",".join(f'"{name}"' for name, _ in columns[table])
        key = ",".join(f'"{name}"' for name, of_key in columns[table] if of_key)
        plain.execute(f'CREATE TABLE "{table}" ({names}, PRIMARY KEY ({key}))')
        plain.executemany(f'INSERT INTO "{table}" VALUES ({",".join("?" * len(columns[table]))})', of_table)
    plain.commit()
    plain.close()
    return file.stat().st_size
