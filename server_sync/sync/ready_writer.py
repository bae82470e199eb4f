"""Writes one partition into an encrypted file: a program of its own that reads its order, as JSON, from standard input.

Apart from the server's process for two reasons: whole tables move without holding up its threads, and SQLCipher brings
a second copy of SQLite, which in one process would let go of the first one's locks on the same file.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

_BATCH = 5_000
_LIVE = 0
_HELD = "CREATE TABLE held_customer (customer_id BLOB NOT NULL PRIMARY KEY)"
_PLACE = "SELECT id, head FROM {0}partition WHERE name = {1}"
_TOKEN = "SELECT seq, token FROM {0}feed_commit WHERE partition = {1} AND seq >= {1} ORDER BY seq LIMIT 1"


def main() -> None:
    """Write what is ordered; what has become of it goes to standard output as JSON."""
    os.umask(0o077)
    json.dump(write(json.load(sys.stdin)), sys.stdout)


def write(order: dict[str, Any]) -> dict[str, Any]:
    """Write a file to `target` under `key` (hex) with the partition `name`, all in one snapshot of the source.

    `tables` are [kind, name, statement that makes it]. Returns seq, token (hex), rows, size and SHA-256.
    """
    for kind, same in ((bytes, bytes), (bool, int), (type(None), {}.get)):
        dbapi2.register_adapter(kind, same)  # looking for one that is missing takes longer than the rest
    target = dbapi2.connect(order["target"], isolation_level=None, uri=True)
    target.execute(f"PRAGMA key = \"x'{order['key']}'\"")
    # The sum of the whole file is compared before it is opened: those of its pages would be a third of the work.
    target.execute("PRAGMA cipher_use_hmac = OFF")
    # Nobody else opens it before it is whole, and after a crash it is made anew.
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "temp_store = MEMORY", "cache_size = -32768"):
        target.execute(f"PRAGMA {pragma}")
    try:
        made = _from_sqlite(target, order) if "sqlite" in order else _from_postgresql(target, order)
    finally:
        target.close()
    total = hashlib.sha256()
    with Path(order["target"]).open("rb") as file:
        while piece := file.read(1 << 20):
            total.update(piece)
        return {**made, "size": file.tell(), "sha256": total.hexdigest()}


def _from_sqlite(target: Any, order: dict[str, Any]) -> dict[str, Any]:
    target.execute("ATTACH ? AS source KEY ''", (order["sqlite"],))
    target.execute("BEGIN")
    place, head = target.execute(_PLACE.format("source.", "?"), (order["name"],)).fetchone()
    token = target.execute(_TOKEN.format("source.", "?"), (place, head)).fetchone()
    rows = 0
    # By ids first: sorting whole rows would take more memory than they have.
    target.execute("CREATE TEMP TABLE wanted (id BLOB NOT NULL)")
    for kind, name, statement in order["tables"]:
        target.execute(statement)
        target.execute("DELETE FROM temp.wanted")
        target.execute(
            "INSERT INTO temp.wanted SELECT row_id FROM source.feed"
            " WHERE partition = ? AND +kind = ? AND op = ? ORDER BY row_id",
            (place, kind, _LIVE),
        )
        columns = ", ".join(f't."{row[1]}"' for row in target.execute(f'PRAGMA main.table_info("{name}")'))
        rows += target.execute(
            f'INSERT INTO main."{name}" SELECT {columns} FROM temp.wanted AS w'
            f' CROSS JOIN source."{name}" AS t ON t.id = w.id'
        ).rowcount
    target.execute(_HELD)
    target.execute(
        "INSERT INTO main.held_customer SELECT DISTINCT customer_id FROM source.feed"
        " WHERE partition = ? AND op = ? AND customer_id IS NOT NULL ORDER BY customer_id",
        (place, _LIVE),
    )
    target.execute("COMMIT")
    return {"seq": head, "token": token[1].hex() if token else None, "rows": rows}


def _from_postgresql(target: Any, order: dict[str, Any]) -> dict[str, Any]:
    import psycopg

    with psycopg.connect(**order["postgresql"]) as source:
        source.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        source.read_only = True
        found = source.execute(_PLACE.format("", "%s"), (order["name"],)).fetchone()
        assert found is not None
        place, head = found
        token = source.execute(_TOKEN.format("", "%s"), (place, head)).fetchone()
        target.execute("BEGIN")
        rows = 0
        for kind, name, statement in order["tables"]:
            target.execute(statement)
            columns = [row[1] for row in target.execute(f'PRAGMA main.table_info("{name}")')]
            names = ", ".join(f't."{column}"' for column in columns)
            asked = (
                f'SELECT {names} FROM feed AS f JOIN "{name}" AS t ON t.id = f.row_id'
                " WHERE f.partition = %s AND f.kind = %s AND f.op = %s ORDER BY t.id"
            )
            marks = ", ".join("?" * len(columns))
            for some in _portions(source, asked, (place, kind, _LIVE)):
                target.executemany(f'INSERT INTO main."{name}" VALUES ({marks})', some)
                rows += len(some)
        target.execute(_HELD)
        held = (
            "SELECT DISTINCT customer_id FROM feed"
            " WHERE partition = %s AND op = %s AND customer_id IS NOT NULL ORDER BY customer_id"
        )
        for some in _portions(source, held, (place, _LIVE)):
            target.executemany("INSERT INTO main.held_customer VALUES (?)", some)
        target.execute("COMMIT")
    return {"seq": head, "token": token[1].hex() if token else None, "rows": rows}


def _portions(source: Any, asked: str, values: tuple[Any, ...]) -> Iterator[list[tuple[Any, ...]]]:
    with source.cursor(name="ready", binary=True) as cursor:
        cursor.execute(asked, values)
        while some := cursor.fetchmany(_BATCH):
            yield some


if __name__ == "__main__":
    main()
