"""What the benchmarks make of single measurements; the standard library alone, for a peer's environment too."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


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
