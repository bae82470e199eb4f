"""Plans and segments over a large company on both databases: a first, a full and an incremental pass; besides them the
clock, the assignment of a batch and the order of a queue.

Beside the seconds by the clock on the wall stand those of the processor (`_cpu_s`), of this process and of
PostgreSQL's: a machine that has other work to do changes these less.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine

from server_sync.automation import looks
from server_sync.automation.plan_files import store_plan
from server_sync.automation.plans import run_plans
from server_sync.automation.segment_jobs import HANDFUL, MOST_CHANGED, SEEN
from server_sync.automation.segments import Segmentation
from server_sync.domain.clock import HOUR, SystemClock
from server_sync.domain.commands import Insert, Update
from server_sync.domain.ids import Ids, SystemIds
from server_sync.domain.rules.plans.definition import checked_definition
from server_sync.domain.rules.segment_definition import checked_segment
from server_sync.domain.rules.settings import DEFAULTS
from server_sync.domain.rules.working_calendar import WorkingCalendar
from server_sync.domain.rules.working_time import Span, Unit, WorkingTime
from server_sync.store import watermarks
from server_sync.store.changes import write
from server_sync.store.database import Database
from tests.bench import assigned, queue_ordered
from tests.bench.crowd import NOW, PATTERN, TODAY, customer_id, fill, repeat_standing, tidy
from tests.bench.figures import cpu_seconds, seconds
from tests.bench.plans_made import twenty_plans
from tests.postgresql_guardian import Ownership
from tests.postgresql_server import PostgresqlServer

SEGMENTS = Path(__file__).resolve().parents[2] / "resources" / "samples" / "segments" / "segments.json"
MOST_SEGMENTS = 10
CHANGES = 1_000
ADDITIONS = 200_000
BACKENDS = ("sqlite", "postgresql")
BUFFERS = "1GB"
"""What PostgreSQL keeps in memory, as on a small server of its own."""
GROWTH = (10_000, 100_000)
"""Smaller companies that are measured too, to show how the cost grows."""
_PASSES = ("full_pass_s", "full_pass_cpu_s", "incremental_pass_s", "incremental_pass_cpu_s")


def run(customers: int | None) -> dict[str, Any]:
    """Seconds by database and number of customers, and the rest of the figures; `customers` a million unless said."""
    most = customers or 1_000_000
    sizes = [*(size for size in GROWTH if size < most), most]
    figures: dict[str, Any] = {"customers": most, "plans": len(twenty_plans()), "segments": MOST_SEGMENTS}
    with _servers() as new_database:
        for backend in BACKENDS:
            passes = []
            for size in sizes:
                url, server = new_database(backend, size)
                passes.append(measure(url, server, size))
            figures[backend] = passes[-1] | {"growth": passes}
        engine = create_engine("sqlite://")
        figures |= _queue(engine)
    return figures | assigned.measure() | {"clock_additions_per_s": _additions()}


def table(figures: dict[str, Any]) -> Iterator[str]:
    """A line a company on each database, then the rest, a line each."""
    columns = ("customers", "tasks_per_s", "settled_per_s", *_PASSES)
    yield f"{'':12}" + "".join(f"{name:>24}" for name in columns)
    for backend in BACKENDS:
        for one in figures[backend]["growth"]:
            yield f"{backend:12}" + "".join(f"{one[name]:>24}" for name in columns)
    for name, value in figures.items():
        if not isinstance(value, dict):
            yield f"{name:28}{value}"


@contextmanager
def _servers() -> Iterator[Any]:
    """What makes a new database of a kind, empty and gone at the end; with it the process that serves it, if any."""
    ownership = Ownership()
    try:
        server = PostgresqlServer(ownership.folder, BUFFERS)
        server.start()
        with tempfile.TemporaryDirectory(prefix="huifang-bench-") as name:

            def made(backend: str, size: int) -> tuple[str, int | None]:
                if backend == "sqlite":
                    return str(Path(name) / f"{size}.db"), None
                process = (ownership.folder / "data" / "postmaster.pid").read_text().split()[0]
                return server.url(server.create_database(f"bench_{size}")), int(process)

            yield made
    finally:
        ownership.end()


def measure(url: str, server: int | None, customers: int) -> dict[str, Any]:
    """Seconds of the passes over a company of so many customers in an empty database, which a process serves."""
    ids = SystemIds(SystemClock())
    database = Database(url)
    figures: dict[str, Any] = {"customers": customers}

    def timed(name: str, work: Callable[[], object]) -> None:
        before = cpu_seconds(server)
        figures[f"{name}_s"] = seconds(work)
        figures[f"{name}_cpu_s"] = cpu_seconds(server) - before
        # the whole takes long: what is known is told at once
        print(f"{customers} {name} {figures[f'{name}_s']:.2f} s", file=sys.stderr, flush=True)

    try:
        timed("fill", lambda: fill(database, ids, customers))
        _define(database, ids)
        made: list[int] = []
        timed("first_plans", lambda: made.append(_plans(database, ids)))
        settled: list[int] = []
        timed("first_segments", lambda: settled.append(_first_segments(database)))
        repeat_standing(database)
        tidy(database)
        timed("full_plans", lambda: _plans(database, ids))
        timed("full_segments", lambda: settled.append(_segments(database)))
        _change(database, ids, customers)
        timed("incremental_plans", lambda: _look(database, ids))
        timed("incremental_segments", lambda: _follow(database))
    finally:
        database.close()
    for name in _PASSES:
        kind, _, rest = name.partition("_pass")
        figures[name] = figures[f"{kind}_plans{rest}"] + figures[f"{kind}_segments{rest}"]
    figures = {name: round(value, 2) for name, value in figures.items()}
    tasks_per_s = round(made[0] / figures["first_plans_s"])
    settled_per_s = round(settled[0] / figures["first_segments_s"])
    of_first = {"tasks": made[0], "tasks_per_s": tasks_per_s, "settled_per_s": settled_per_s}
    return figures | of_first | {"settled": settled[0], "settled_by_full_pass": settled[1]}


def _define(database: Database, ids: Ids) -> None:
    plans = [checked_definition(one) for one in twenty_plans()]
    segments = [checked_segment(one) for one in json.loads(SEGMENTS.read_bytes())[:MOST_SEGMENTS]]
    with database.write(NOW) as tx:
        for plan in plans:
            store_plan(tx, ids, plan)
        write(tx, [Insert("segment", {"id": ids.new(), "active": True, **one}) for one in segments])


def _plans(database: Database, ids: Ids) -> int:
    """A run of all plans over all customers; returns how many tasks it made."""
    with database.write(NOW) as tx:
        looks.note_full_run(tx)
        return sum(one.made for one in run_plans(tx, NOW, ids, most=None).plans)


def _first_segments(database: Database) -> int:
    """Draw the bounds among all customers and work out what is said of those of the pattern; returns how many."""
    with database.write(NOW) as tx:
        run = Segmentation(tx, NOW)
        run.draw_bounds()
        found = run.find()
    return _settle(database, sorted(found)[:PATTERN])


def _segments(database: Database) -> int:
    """A pass of the segmentation over all customers; returns of how many it had to write anything."""
    with database.write(NOW) as tx:
        run = Segmentation(tx, NOW)
        run.draw_bounds()
        found = run.find()
    return _settle(database, found)


def _settle(database: Database, found: list[bytes]) -> int:
    """By handfuls as the jobs do."""
    for start in range(0, len(found), HANDFUL):
        with database.write(NOW) as tx:
            Segmentation(tx, NOW).settle(found[start : start + HANDFUL])
    with database.write(NOW) as tx:
        watermarks.remember(tx, SEEN, watermarks.news(tx.connection, SEEN, MOST_CHANGED).heads)
    return len(found)


def _change(database: Database, ids: Ids, customers: int) -> None:
    """A thousand customers buy something today."""
    today = TODAY.isoformat()
    step = max(customers // CHANGES, 1)
    changes: list[Insert | Update] = []
    for place in range(0, min(customers, CHANGES * step), step):
        buyer = customer_id(place)
        order = {"number": f"N{place}", "ordered_on": today, "amount": "1299", "line_count": 1}
        changes.append(Insert("sales_order", {"id": ids.new(), "customer_id": buyer, **order}))
        changes.append(Update("customer", buyer, {"last_order_on": today}))
    with database.write(NOW) as tx:
        write(tx, changes)


def _look(database: Database, ids: Ids) -> None:
    with database.write(NOW + HOUR) as tx:
        looks.look(tx, ids)


def _follow(database: Database) -> None:
    """The segmentation of those who changed."""
    with database.write(NOW + HOUR) as tx:
        found = watermarks.news(tx.connection, SEEN, MOST_CHANGED)
        Segmentation(tx, NOW + HOUR).settle(found.customers or [])
        watermarks.remember(tx, SEEN, found.heads)


def _queue(engine: Engine) -> dict[str, Any]:
    try:
        return queue_ordered.measure(engine)
    finally:
        engine.dispose()


def _additions() -> int:
    """Additions of working hours within a week's distance, a second."""
    company = {"timezone": DEFAULTS["company"]["timezone"], "week": DEFAULTS["working_week"]}
    time = WorkingTime(WorkingCalendar.from_json(company))
    spans = [Span.from_json({"amount": amount / 4, "unit": Unit.WORKING_HOURS}) for amount in range(1, 121)]
    moments = [
        (NOW + place * 977_777 % (7 * 24 * HOUR), spans[place % len(spans)]) for place in range(ADDITIONS)
    ]

    def add() -> None:
        for at, span in moments:
            time.add(at, span)

    return round(ADDITIONS / min(seconds(add) for _ in range(3)))
