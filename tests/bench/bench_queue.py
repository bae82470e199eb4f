"""Frames of the real queue while it is scrolled by the wheel, by pages and by leaps, and how long a blank row lasts."""

import itertools
import time
from typing import Any

from agent_app.ui.row_views import RowList
from agent_app.ui.tables import ListModel
from tests.bench.figures import percentile
from tests.bench.prepared import prepared
from tests.bench.sight import is_filled, queue_list
from tests.bench.window import BenchWindow

FRAMES = 400
LEAPS = 120


def run(customers: int | None) -> dict[str, Any]:
    """Milliseconds a frame, from the wish to the painted list; `filled`: until no row in sight is a placeholder."""
    with prepared(customers) as at:
        window = BenchWindow(at)
        try:
            return {"tasks": at.customers, **_measure(window, queue_list(window.desk))}
        finally:
            window.close()


def _measure(window: BenchWindow, rows: RowList) -> dict[str, Any]:
    bar = rows.verticalScrollBar()
    scrolled = [_frame(window, rows, step * 3 * bar.singleStep()) for step in range(FRAMES)]
    paged = [_frame(window, rows, step * bar.pageStep()) for step in range(FRAMES)]
    leapt, filled = [], []
    # Every place is new, near and far in turn: a fixed stride that shares no divisor with the length.
    for step in range(1, LEAPS + 1):
        begun = time.perf_counter()
        leapt.append(_frame(window, rows, step * bar.maximum() * 89 // 144 % bar.maximum()))
        window.until(lambda: is_filled(rows))
        filled.append((time.perf_counter() - begun) * 1000)
    window.until(window.assembly.work.is_idle)
    reloads = [_reload(window, rows) for _ in range(5)]
    return {
        "scroll_frame_ms_p50": percentile(scrolled, 50),
        "scroll_frame_ms_p95": percentile(scrolled, 95),
        "page_frame_ms_p95": percentile(paged, 95),
        "leap_frame_ms_p50": percentile(leapt, 50),
        "leap_frame_ms_p95": percentile(leapt, 95),
        "leap_filled_ms_p50": percentile(filled, 50),
        "leap_filled_ms_p95": percentile(filled, 95),
        "frame_ms_p95": percentile(scrolled + paged + leapt, 95),
        "frame_ms_worst": percentile(scrolled + paged + leapt, 100),
        "reload_ms_p50": percentile([whole for whole, _ in reloads], 50),
        "reload_longest_freeze_ms_p50": percentile([freeze for _, freeze in reloads], 50),
    }


def _frame(window: BenchWindow, rows: RowList, value: int) -> float:
    """One frame: the list is somewhere else, and painted."""
    begun = time.perf_counter()
    rows.verticalScrollBar().setValue(value)
    window.app.processEvents()
    return (time.perf_counter() - begun) * 1000


def _reload(window: BenchWindow, rows: RowList) -> tuple[float, float]:
    """The whole queue asked for again, as once a minute: how long, and the longest time without an event in between."""
    model = rows.model()
    assert isinstance(model, ListModel)
    model.set_ids(list(itertools.islice(model.ids(), 1, None)))
    window.app.processEvents()
    wanted, begun, longest = model.rowCount() + 1, time.perf_counter(), 0.0
    window.desk.queue.start()
    while model.rowCount() != wanted or not window.assembly.work.is_idle():
        before = time.perf_counter()
        window.app.processEvents()
        longest = max(longest, time.perf_counter() - before)
    return (time.perf_counter() - begun) * 1000, longest * 1000
