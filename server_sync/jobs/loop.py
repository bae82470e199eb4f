"""Taking jobs of some kinds one after the other, on a thread of its own; what is done with one is its heirs' part."""

import logging
import threading
from abc import ABC, abstractmethod
from collections.abc import Collection

from server_sync.domain.clock import Clock
from server_sync.jobs import leases
from server_sync.jobs.leases import Taken
from server_sync.store.database import Database

logger = logging.getLogger(__name__)

POLL_SECONDS = 1.0
PAUSE_SECONDS = 10.0


class JobLoop(ABC):
    """Does jobs of its kinds between `start` and `stop`; several threads and processes may each have one."""

    def __init__(self, database: Database, clock: Clock, kinds: Collection[str], name: str) -> None:
        self.database = database
        self.clock = clock
        self._kinds = kinds
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._loop, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the job at hand and end."""
        self._stop.set()
        self._thread.join()

    def run_due(self) -> int:
        """Do everything that is due now; returns how many jobs were tried."""
        tried = 0
        while not self._stop.is_set() and (job := self._take()) is not None:
            self.do(job)
            tried += 1
        return tried

    @abstractmethod
    def do(self, job: Taken) -> None:
        """Do a job that was taken, and settle it."""

    def _take(self) -> Taken | None:
        now = self.clock.now()
        with self.database.read() as connection:  # mostly nothing is due: leave the writer alone
            if not leases.is_due(connection, self._kinds, now):
                return None
        with self.database.write(now) as tx:
            return leases.take(tx, self._kinds)

    def _loop(self) -> None:
        while not self._stop.is_set():
            wait = POLL_SECONDS
            try:
                self.run_due()
            except Exception:  # the database is away for a moment, say: so are we, and then go on
                logger.exception("no jobs can be taken")
                wait = PAUSE_SECONDS
            self._stop.wait(wait)
