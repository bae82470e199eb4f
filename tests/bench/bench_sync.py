"""Desks and a server over HTTP: first pull, push, desk to desk, idle; beside the machine's limits and the peers."""

import shutil
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from agent_app.store import search_terms
from server_sync.domain.commands import AddNote, Command, CorrectCustomer
from server_sync.domain.errors import KnownError
from tests.bench.desks import BenchDesk, Server
from tests.bench.figures import median, percentile, seconds
from tests.bench.limits import bulk_insert_seconds, plain_file_bytes, rows_of
from tests.bench.peers.environment import figures_of_anki
from tests.bench.relay import Relay
from tests.bench.workload import fill

REPEATS = 3
EDITS = 10_000
LATENCY_EDITS = 100
IDLE = 200
COUNTED = 20
CORRECTED = (("city", "杭州"), ("title", None), ("province", "浙江"))
"""Fields of the workload's customers with their values."""
HIGHER_IS_BETTER = ("pull_rows_per_s", "file_rows_per_s")
COMPARED = {
    "pull": "pull_rows_per_s",
    "file": "file_rows_per_s",
    "push": "push_s",
    "ab": "ab_p50_ms",
    "ab_p95": "ab_p95_ms",
    "idle": "idle_ms",
    "idle_bytes": "idle_bytes",
    "memory": "server_rss_mb",
    "store": "store_ratio",
}


def run(rows: int | None, *, peers: bool = False) -> dict[str, Any]:
    """The figures by the names of `_measure`; with `peers` theirs by the same names, and in "ratios" how many times
    better ours are. Medians of REPEATS where nothing else is said; one customer to four activities."""
    with tempfile.TemporaryDirectory(prefix="huifang-bench-") as name:
        folder = Path(name)
        made = fill(str(folder / "server.db"), rows or 20_000)
        shutil.copy(folder / "server.db", folder / "workload.db")
        server = Server(folder / "server.db")
        try:
            ours = _measure(folder, server)
        finally:
            server.stop()
        figures: dict[str, Any] = {"rows": made.customers + made.others, **ours}
        if peers:
            anki = figures_of_anki(folder / "workload.db")
            figures["peers"] = {"anki": anki}
            figures["ratios"] = {
                f"{name}_vs_anki": _times_better(key, figures[key], anki[key])
                for name, key in COMPARED.items()
            }
        return figures


def _times_better(key: str, ours: float | None, theirs: float | None) -> float | None:
    if not ours or not theirs:
        return None
    return round(ours / theirs if key in HIGHER_IS_BETTER else theirs / ours, 2)


def _measure(folder: Path, server: Server) -> dict[str, Any]:
    """`pull_…` first pull by row pages into the encrypted store; `file_…` by a ready file (the first, for which it
    is made, aside); `push_s` of EDITS notes
    written offline and `push_corrections_s` of EDITS corrected fields (each a changed row and an entry of history);
    `ab_…` edit, push, pull of the other desk; `ab_hint_…` the same, the other desk pulling when it is told to."""
    desks, pulls = [], []
    for number in range(REPEATS):
        desk = BenchDesk(folder / f"desk{number}", server.address)
        begun = time.perf_counter()
        received = desk.sync()
        pulls.append(received / (time.perf_counter() - begun))
        desks.append(desk)
    one, two, _ = desks
    files = [_by_file(folder / f"file{number}", server, received) for number in range(REPEATS + 1)]
    memory = server.memory_mb()
    rows = rows_of(one.store)
    bulk = [received / bulk_insert_seconds(rows, folder / f"bulk{number}") for number in range(REPEATS)]
    one.store.settle()
    plain = plain_file_bytes(one.store, rows, folder / "plain.db")
    store = one.store.file.stat().st_size
    pushes = [_push(one, _notes(one, number)) for number in range(REPEATS)]
    corrections = [_push(one, _corrections(one, number)) for number in range(REPEATS)]
    two.sync()
    latency, hinted = _latency(one, two)
    cpu = server.cpu_seconds()
    idle = [seconds(one.sync) * 1000 for _ in range(IDLE)]
    cpu = (server.cpu_seconds() - cpu) / IDLE * 1000
    idle_bytes = _idle_bytes(folder, server.address)
    return {
        "pull_rows_per_s": round(median(pulls)),
        "pull_ratio_bulk_insert": round(median(pulls) / median(bulk), 2),
        "bulk_insert_rows_per_s": round(median(bulk)),
        "file_rows_per_s": round(median(files[1:])),
        "file_rows_per_s_when_made": round(files[0]),
        "push_s": median(pushes),
        "push_corrections_s": median(corrections),
        "ab_p50_ms": percentile(latency, 50),
        "ab_p95_ms": percentile(latency, 95),
        "ab_hint_p50_ms": percentile(hinted, 50),
        "ab_hint_p95_ms": percentile(hinted, 95),
        "idle_ms": median(idle),
        "idle_bytes": idle_bytes,
        "idle_server_cpu_ms": round(cpu, 2),
        "server_rss_mb": round(server.memory_mb()),
        "server_rss_mb_after_first_pull": round(memory),
        "store_ratio": round(store / plain, 2),
        "store_ratio_with_search_terms": round(_with_search_terms(two) / plain, 2),
        "runs": {
            "pull_rows_per_s": [round(run) for run in pulls],
            "bulk_insert_rows_per_s": [round(run) for run in bulk],
            "file_rows_per_s": [round(run) for run in files],
            "push_s": [round(run, 2) for run in pushes],
            "push_corrections_s": [round(run, 2) for run in corrections],
        },
    }


def _by_file(home: Path, server: Server, rows: int) -> float:
    """Rows per second of a first pull for which the server has a file ready, or makes it."""
    desk = BenchDesk(home, server.address, ready_from=1)
    took = seconds(desk.sync)
    with desk.store.read() as connection:
        there = connection.exec_driver_sql(
            "SELECT (SELECT count(*) FROM customer) + (SELECT count(*) FROM activity)"
        ).scalar_one()
    desk.signed_in.close()
    if not 0 <= rows - there < 1_000:
        raise RuntimeError(f"{there} rows of {rows}")
    return rows / took


def _push(desk: BenchDesk, commands: list[Command]) -> float:
    """Record as one does offline, send; how long sending takes until the last one is durable on the server."""
    desk.save(commands)
    took = seconds(desk.push)
    desk.sync()
    return took


def _customers(desk: BenchDesk) -> list[bytes]:
    with desk.store.read() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT id FROM customer ORDER BY id")]


def _notes(desk: BenchDesk, turn: int) -> list[Command]:
    customers, now = _customers(desk), desk.clock.now()
    edits = range(turn * EDITS, (turn + 1) * EDITS)
    return [
        AddNote(desk.ids.new(), customers[edit % len(customers)], f"离线备注 {edit}", now) for edit in edits
    ]


def _corrections(desk: BenchDesk, turn: int) -> list[Command]:
    """Each of another field of another customer than those before, as long as there are any."""
    customers, now = _customers(desk), desk.clock.now()
    commands: list[Command] = []
    for edit in range(turn * EDITS, (turn + 1) * EDITS):
        field, base = CORRECTED[edit // len(customers) % len(CORRECTED)]
        earlier = edit - len(customers) * len(CORRECTED)
        base = base if earlier < 0 else f"更正 {earlier}"
        customer = customers[edit % len(customers)]
        commands.append(CorrectCustomer(desk.ids.new(), customer, field, base, f"更正 {edit}", now))
    return commands


def _latency(one: BenchDesk, two: BenchDesk) -> tuple[list[float], list[float]]:
    """From saving at one desk to the row in the other's store, which pulls at once, or else when it is told to."""
    hint = threading.Event()
    customer = _customers(one)[0]

    def listen() -> None:
        # The stream ends with the server.
        with suppress(KnownError):
            for line in two.signed_in.net.hints("/sync/live"):
                if line.startswith(b"data:"):
                    hint.set()

    def edit_a_to_b(turn: int, *, wait: bool) -> float:
        note = AddNote(one.ids.new(), customer, f"即时 {turn}", one.clock.now())
        hint.clear()
        begun = time.perf_counter()
        one.save([note])
        one.push()
        if wait:
            hint.wait(5)
        two.sync()
        took = time.perf_counter() - begun
        with two.store.read() as connection:
            found = connection.exec_driver_sql(
                "SELECT 1 FROM activity WHERE id = ?", (note.activity_id,)
            ).first()
        if not found:
            raise RuntimeError("the edit did not arrive")
        one.sync()
        return took * 1000

    direct = [edit_a_to_b(turn, wait=False) for turn in range(LATENCY_EDITS)]
    threading.Thread(target=listen, daemon=True).start()
    hint.wait(5)
    hinted = []
    for turn in range(LATENCY_EDITS):
        # Hints of a stream lie at least 50 ms apart: each edit is one that comes after a pause.
        time.sleep(0.06)
        hinted.append(edit_a_to_b(turn, wait=True))
    return direct, hinted


def _idle_bytes(folder: Path, address: str) -> int:
    """Of a desk in step, requests and replies with their headers."""
    relay = Relay(address)
    desk = BenchDesk(folder / "counted", relay.address)
    desk.sync()
    before = relay.passed
    for _ in range(COUNTED):
        desk.sync()
    passed = relay.passed - before
    desk.signed_in.close()
    relay.close()
    return round(passed / COUNTED)


def _with_search_terms(desk: BenchDesk) -> int:
    done = search_terms.PORTION
    while done == search_terms.PORTION:
        with desk.store.write() as connection:
            done = search_terms.index_portion(connection)
    desk.store.settle()
    return desk.store.file.stat().st_size
