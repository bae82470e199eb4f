"""A process that works at the jobs of a database, on a clock that starts at a given time, until it is killed."""

import time

from server_sync.jobs import callbacks
from server_sync.jobs.worker import Worker
from server_sync.store.database import Database


class StartedClock:
    """The time given at the start, and what has passed since."""

    def __init__(self, at: int) -> None:
        self._at = at
        self._start = time.monotonic()

    def now(self) -> int:
        return self._at + int((self.monotonic() - self._start) * 1000)

    def monotonic(self) -> float:
        return time.monotonic()


def work(url: str, at: int) -> None:
    """Does not return."""
    worker = Worker(Database(url), StartedClock(at), {callbacks.RELEASE: callbacks.release})
    while True:
        worker.run_due()
