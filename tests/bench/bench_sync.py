"""The workload of two desks and a server over HTTP, beside a bare bulk insert of the same rows in the same run."""

import statistics
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from server_sync.domain.commands import AddNote, Command
from server_sync.domain.errors import KnownError
from tests.bench.desks import BenchDesk, Server, seconds
from tests.bench.workload import fill

EDITS = 10_000
LATENCY_EDITS = 60
IDLE = 200


def run(rows: int | None) -> dict[str, Any]:
    """Figures in seconds, rows per second, milliseconds, MB; ratios are to the bare insert of the same rows."""
    rows = rows or 20_000
    with tempfile.TemporaryDirectory(prefix="huifang-bench-") as name:
        folder = Path(name)
        made = fill(str(folder / "server.db"), rows)
        server = Server(folder / "server.db")
        try:
            return {"rows": made.customers + made.others, **_measure(folder, server)}
        finally:
            server.stop()


def _measure(folder: Path, server: Server) -> dict[str, Any]:
    one = BenchDesk(folder / "one", server.address)
    received = 0

    def first() -> None:
        nonlocal received
        received = one.sync()

    pull = seconds(first)
    bare, plain_bytes = _bare_insert(one, folder)
    memory = server.memory_mb()
    push_local, push = _push(one)
    two = BenchDesk(folder / "two", server.address)
    two.sync()
    latency = _latency(one, two)
    cpu = server.cpu_seconds()
    idle = [seconds(one.sync) * 1000 for _ in range(IDLE)]
    cpu = (server.cpu_seconds() - cpu) / IDLE * 1000
    one.store.settle()
    store_bytes = one.store.file.stat().st_size
    return {
        "first_pull_seconds": round(pull, 2),
        "first_pull_rows_per_second": round(received / pull),
        "bare_insert_rows_per_second": round(received / bare),
        "first_pull_to_bare_insert": round(bare / pull, 2),
        "push_edits": EDITS,
        "record_10000_edits_seconds": round(push_local, 2),
        "push_10000_edits_seconds": round(push, 2),
        "edit_a_to_b_ms_p50": round(statistics.median(latency), 1),
        "edit_a_to_b_ms_p95": round(sorted(latency)[int(len(latency) * 0.95)], 1),
        "idle_sync_ms_p50": round(statistics.median(idle), 2),
        "idle_sync_server_cpu_ms": round(cpu, 2),
        "server_memory_mb_after_first_pull": round(memory),
        "server_memory_mb_at_rest": round(server.memory_mb()),
        "store_to_plain_file": round(store_bytes / plain_bytes, 2),
    }


def _bare_insert(desk: BenchDesk, folder: Path) -> tuple[float, int]:
    """The same rows into an empty SQLCipher file by the driver alone; and the size of a plain file of them."""
    with desk.store.read() as connection:
        tables = {
            table: [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table}")]
            for table in ("customer", "activity", "held")
        }
        schema = [
            row[0]
            for row in connection.exec_driver_sql(
                "SELECT sql FROM sqlite_master WHERE tbl_name IN ('customer', 'activity', 'held') AND sql NOT NULL"
            )
        ]
    took = 0.0
    for file, key in (("bare.db", "k" * 64), ("plain.db", "")):
        connection = dbapi2.connect(str(folder / file), isolation_level=None)
        if key:
            connection.execute(f"PRAGMA key = \"x'{'ab' * 32}'\"")
        connection.execute("PRAGMA journal_mode = WAL")
        for statement in schema:
            connection.execute(statement)
        begun = time.perf_counter()
        connection.execute("BEGIN")
        for table, rows in tables.items():
            if rows:
                connection.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)
        connection.execute("COMMIT")
        took = took or time.perf_counter() - begun
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
    return took, (folder / "plain.db").stat().st_size


def _push(desk: BenchDesk) -> tuple[float, float]:
    with desk.store.read() as connection:
        customers = [
            row[0]
            for row in connection.exec_driver_sql("SELECT id FROM customer ORDER BY id LIMIT ?", (EDITS,))
        ]
    now = desk.clock.now()
    notes: list[Command] = [
        AddNote(desk.ids.new(), customers[number % len(customers)], f"离线备注 {number}", now)
        for number in range(EDITS)
    ]
    local = seconds(lambda: desk.save(notes))

    took = seconds(desk.push)
    desk.sync()
    return local, took


def _latency(one: BenchDesk, two: BenchDesk) -> list[float]:
    """From saving at one desk to the row in the other's store, which listens to hints."""
    hinted = threading.Event()

    def listen() -> None:
        # The stream ends with the server.
        with suppress(KnownError):
            for line in two.signed_in.net.hints("/sync/live"):
                if line.startswith(b"data:"):
                    hinted.set()

    threading.Thread(target=listen, daemon=True).start()
    time.sleep(0.5)
    two.sync()
    hinted.clear()
    with one.store.read() as connection:
        customer = connection.exec_driver_sql("SELECT id FROM customer LIMIT 1").scalar_one()
    took = []
    for number in range(LATENCY_EDITS):
        time.sleep(0.06)
        hinted.clear()
        note = AddNote(one.ids.new(), customer, f"即时 {number}", one.clock.now())
        begun = time.perf_counter()
        one.save([note])
        one.push()
        while True:
            hinted.wait(5)
            hinted.clear()
            two.sync()
            with two.store.read() as connection:
                found = connection.exec_driver_sql(
                    "SELECT 1 FROM activity WHERE id = ?", (note.activity_id,)
                ).first()
            if found:
                break
        took.append((time.perf_counter() - begun) * 1000)
        one.sync()
    return took
