"""What the benchmarks make of single measurements; the standard library alone, for a peer's environment too."""

import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def cpu_seconds(server: int | None) -> float:
    """What this process has used of the processor so far, and a server with those that it has started (Linux)."""
    own = time.process_time()
    if server is None:
        return own
    tick = os.sysconf("SC_CLK_TCK")
    own += sum(_ticks(server)) / tick  # with what has ended
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return own + sum(sum(_ticks(int(child))[:2]) for child in children) / tick


def _ticks(process_id: int) -> list[int]:
    """Of a process and of its ended children, as user and system each; none of one that has ended."""
    try:
        stat = Path(f"/proc/{process_id}/stat").read_text()
    except FileNotFoundError:
        return [0, 0, 0, 0]
    return [int(value) for value in stat.rpartition(")")[2].split()[11:15]]


def median(values: list[float], digits: int = 2) -> float:
    """The middle one, rounded."""
    return round(statistics.median(values), digits)


def percentile(values: list[float], share: int, digits: int = 1) -> float:
    """The value below which `share` percent of the values lie; 100: the largest."""
    place = min(len(values) * share // 100, len(values) - 1)
    return round(sorted(values)[place], digits)


def memory_mb(process_id: int) -> float:
    """Resident memory of a process (Linux)."""
    status = Path(f"/proc/{process_id}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024
