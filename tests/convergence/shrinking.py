"""A failing schedule made short: events are left out as long as the same invariant is violated (delta debugging)."""

from collections.abc import Sequence

from tests.convergence.planted import Plant
from tests.convergence.running import run
from tests.convergence.schedule import Event, Schedule

MOST_RUNS = 400


def shrink(
    schedule: Schedule, invariant: str, most_runs: int = MOST_RUNS, plant: Plant | None = None
) -> Schedule:
    """The shortest schedule found that violates the same invariant; the schedule itself if nothing can go."""
    runs = 0

    def fails(events: Sequence[Event]) -> bool:
        nonlocal runs
        runs += 1
        return run(schedule.with_events(events), plant=plant).invariant == invariant

    events = list(schedule.events)
    size = len(events) // 2
    while size and runs < most_runs:
        start, shorter = 0, False
        while start < len(events) and runs < most_runs:
            fewer = events[:start] + events[start + size :]
            if fails(fewer):
                events, shorter = fewer, True
            else:
                start += size
        if not shorter or size > 1:
            size = size // 2 if size > 1 or not shorter else 1
    return schedule.with_events(events)
