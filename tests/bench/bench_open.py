"""From a row of the queue to a complete picture of the customer, painted; with and without a guide's first page."""

import time
from typing import Any

from agent_app.ports import Route
from tests.bench.figures import percentile
from tests.bench.prepared import Prepared, prepared
from tests.bench.window import BenchWindow
from tests.bench.workload import WHOLE

ROUNDS = 120


def run(customers: int | None) -> dict[str, Any]:
    """Milliseconds from choosing a task until everything on the screen belongs to it and is painted."""
    with prepared(customers) as at:
        window = BenchWindow(at)
        try:
            return _measure(at, window)
        finally:
            window.close()


def _measure(at: Prepared, window: BenchWindow) -> dict[str, Any]:
    plain = _open_all(window, "form_version_id IS NULL")
    guided = _open_all(window, "form_version_id IS NOT NULL")
    return {
        "customers": at.customers,
        "opened": len(plain) + len(guided),
        "open_first_ms": round(plain[0], 1),
        "open_ms_p50": percentile(plain[1:], 50),
        "open_ms_p95": percentile(plain[1:], 95),
        "open_with_first_guide_ms": round(guided[0], 1),
        "open_with_guide_ms_p50": percentile(guided[1:], 50),
        "open_with_guide_ms_p95": percentile(guided[1:], 95),
    }


def _open_all(window: BenchWindow, which: str) -> list[float]:
    """Open tasks of customers with a long history, one after the other."""
    with window.desk.desk.store.read() as connection:
        found = connection.exec_driver_sql(
            f"SELECT id FROM task WHERE {which} AND customer_id IN (SELECT customer_id FROM sales_order)"
            " ORDER BY id LIMIT ?",
            (min(ROUNDS, WHOLE // 2),),
        )
        tasks: list[bytes] = [row[0] for row in found]
    took = []
    for task in tasks:
        window.until(window.assembly.work.is_idle)
        begun = time.perf_counter()
        window.desk.go(Route("task", task))
        window.until(window.assembly.work.is_idle)
        took.append((time.perf_counter() - begun) * 1000)
    return took
