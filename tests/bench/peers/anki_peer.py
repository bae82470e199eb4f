"""Anki collections and Anki's own sync server doing the workload of `bench_sync`, in an environment of their own.

Every row is a note without a card, its fields the columns of ours as text; an edit is one changed field. The server and
both collections are as they come, on loopback; A → B is edit, sync of A, sync of B, with no hint between them.
"""

import base64
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.bench.figures import median, memory_mb, percentile, seconds
from tests.bench.relay import Relay

REPEATS = 3
EDITS = 10_000
LATENCY_EDITS = 100
IDLE = 200
COUNTED = 20
FIRST_ID = 1_700_000_000_000
USER, PASSWORD = "bench", "bench"
TABLES = ("customer", "activity")
Rows = list[tuple[str, str]]


class Peer:
    """One collection and the account it syncs with."""

    def __init__(self, file: Path, address: str) -> None:
        self.file = file
        self.collection: Any = import_module("anki.collection").Collection(str(file))
        self.auth = self.collection.sync_login(USER, PASSWORD, address)

    def sync(self) -> None:
        """One round, both ways."""
        self.collection.sync_collection(self.auth, False)

    def whole_file(self, *, upload: bool) -> None:
        """The whole collection at once."""
        self.collection.close_for_full_sync()
        self.collection.full_upload_or_download(auth=self.auth, server_usn=None, upload=upload)
        self.collection.reopen(after_full_sync=True)

    def edit(self, note_ids: list[int], text: str) -> None:
        """Change a field of each note."""
        notes = [self.collection.get_note(note_id) for note_id in note_ids]
        for note in notes:
            note.fields[1] += text
        self.collection.update_notes(notes)

    def close(self) -> None:
        """Leave one file."""
        self.collection.close()


def main() -> None:
    """Measure, print one line of JSON."""
    rows = _rows(Path(sys.argv[1]))
    with tempfile.TemporaryDirectory(prefix="huifang-bench-anki-") as name:
        folder = Path(name)
        with _server(folder / "server") as (address, process_id):
            figures = _measure(folder, address, process_id, rows)
    print(json.dumps(figures))


def _rows(workload: Path) -> Rows:
    """Each row as (its id, its other columns), both as text."""
    found: Rows = []
    with closing(sqlite3.connect(workload)) as connection:
        for table in TABLES:
            for row_id, *columns in connection.execute(f"SELECT * FROM {table} ORDER BY id"):
                texts = (column.hex() if isinstance(column, bytes) else str(column) for column in columns)
                name = base64.b64encode(row_id).decode().rstrip("=")
                found.append((name, " ".join(text for text in texts if text != "None")))
    return found


@contextmanager
def _server(folder: Path) -> Iterator[tuple[str, int]]:
    """Anki's sync server: its address and process."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "SYNC_USER1": f"{USER}:{PASSWORD}",
        "SYNC_BASE": str(folder),
        "SYNC_HOST": "127.0.0.1",
        "SYNC_PORT": str(port),
        "MAX_SYNC_PAYLOAD_MEGS": "2000",
        "RUST_LOG": "anki=error",
    }
    command = [sys.executable, "-m", "anki.syncserver"]
    process = subprocess.Popen(command, env=environment, stdout=sys.stderr)
    try:
        for _ in range(200):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/", process.pid
    finally:
        process.kill()
        process.wait()


def _measure(folder: Path, address: str, server: int, rows: Rows) -> dict[str, Any]:
    first, empty = Peer(folder / "a.anki2", address), Peer(folder / "b.anki2", address)
    first.sync()
    first.whole_file(upload=True)
    empty.sync()
    empty.whole_file(upload=False)
    empty.close()
    _add(first, rows)
    writer = Peer(first.file, address)
    everything = seconds(writer.sync)
    writer.close()

    pulls, others = [], []
    for number in range(REPEATS):
        other = Peer(Path(shutil.copy(empty.file, folder / f"pulled{number}.anki2")), address)
        pulls.append(len(rows) / seconds(other.sync))
        others.append(other)
    files = []
    for number in range(REPEATS):
        fresh = Peer(folder / f"file{number}.anki2", address)
        fresh.sync()
        files.append(len(rows) / seconds(partial(fresh.whole_file, upload=False)))
        fresh.close()
    memory = memory_mb(server)

    one, two, third = others
    ids: list[int] = one.collection.db.list("SELECT id FROM notes ORDER BY id")
    pushes = []
    for number in range(REPEATS):
        start = number * EDITS % len(ids)
        one.edit(ids[start : start + EDITS], f" 离线修改 {number}")
        pushes.append(seconds(one.sync))
    two.sync()
    latency = [seconds(partial(_edit_a_to_b, one, two, ids[at])) * 1000 for at in range(LATENCY_EDITS)]
    idle = [seconds(two.sync) * 1000 for _ in range(IDLE)]
    figures = {
        "rows": len(rows),
        "bytes_per_row": round(sum(len((a + b).encode()) for a, b in rows) / len(rows)),
        "push_everything_rows_per_s": round(len(rows) / everything),
        "pull_rows_per_s": round(median(pulls)),
        "pull_ratio_bulk_insert": None,
        "file_rows_per_s": round(median(files)),
        "push_s": median(pushes),
        "ab_p50_ms": percentile(latency, 50),
        "ab_p95_ms": percentile(latency, 95),
        "idle_ms": median(idle),
        "idle_bytes": _idle_bytes(two, address),
        "server_rss_mb": round(memory_mb(server)),
        "server_rss_mb_after_first_pull": round(memory),
    }
    third.close()
    plain = _plain_file(folder / "plain.db", rows)
    ratios = (round(file.stat().st_size / plain, 2) for file in (third.file, writer.file))
    return {**figures, **dict(zip(("store_ratio", "store_ratio_where_written"), ratios, strict=True))}


def _add(peer: Peer, rows: Rows) -> None:
    """All rows as notes that were never synced, past the client, which would give each a card; closes it."""
    kind = peer.collection.models.by_name("Basic")["id"]
    peer.close()
    with closing(sqlite3.connect(peer.file)) as connection, connection:
        connection.executemany(
            "INSERT INTO notes VALUES (?, ?, ?, ?, -1, '', ?, ?, 0, 0, '')",
            (
                (FIRST_ID + number, f"{number:010}", kind, FIRST_ID // 1000, f"{name}\x1f{text}", name)
                for number, (name, text) in enumerate(rows)
            ),
        )
        connection.execute("UPDATE col SET mod = mod + 1")


def _edit_a_to_b(first: Peer, second: Peer, note_id: int) -> None:
    first.edit([note_id], " 即时")
    first.sync()
    second.sync()
    if not second.collection.get_note(note_id).fields[1].endswith("即时"):
        raise RuntimeError("the edit did not arrive")


def _idle_bytes(peer: Peer, address: str) -> int:
    relay = Relay(address)
    peer.auth.endpoint = f"{relay.address}/"
    peer.sync()
    before = relay.passed
    for _ in range(COUNTED):
        peer.sync()
    relay.close()
    return round((relay.passed - before) / COUNTED)


def _plain_file(file: Path, rows: Rows) -> int:
    """The same rows in a plain SQLite file with its primary key and nothing else, in bytes."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, name TEXT, content TEXT)")
        numbered = ((FIRST_ID + number, *row) for number, row in enumerate(rows))
        connection.executemany("INSERT INTO row VALUES (?, ?, ?)", numbered)
    return file.stat().st_size


if __name__ == "__main__":
    main()
