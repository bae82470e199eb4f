"""The worker: takes jobs that are due and does them, one after the other; which kinds there are is told to it."""

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

from server_sync.domain.clock import Clock
from server_sync.jobs import leases
from server_sync.jobs.leases import Taken
from server_sync.store.database import Database
from server_sync.store.transaction import Transaction

logger = logging.getLogger(__name__)

Handler = Callable[[Transaction, Mapping[str, Any]], int | None]
"""Does a job's work in the transaction that also settles the job, so that it happens once, however often the process
dies. Returns None when it is done, or when to look again (ms). Raises to be tried again."""

POLL_SECONDS = 1.0
PAUSE_SECONDS = 10.0


class Worker:
    """Runs jobs on a thread of its own between `start` and `stop`; several processes may each have one."""

    def __init__(self, database: Database, clock: Clock, handlers: Mapping[str, Handler]) -> None:
        self._database = database
        self._clock = clock
        self._handlers = handlers
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="jobs", daemon=True)

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
            self._do(job)
            tried += 1
        return tried

    def _take(self) -> Taken | None:
        now = self._clock.now()
        with self._database.read() as connection:  # mostly nothing is due: leave the writer alone
            if not leases.is_due(connection, self._handlers, now):
                return None
        with self._database.write(now) as tx:
            return leases.take(tx, self._handlers)

    def _do(self, job: Taken) -> None:
        try:
            with self._database.write(self._clock.now()) as tx:
                if not leases.hold(tx, job):
                    return
                again_at = self._handlers[job.kind](tx, job.payload)
                if again_at is None:
                    leases.finish(tx, job)
                else:
                    leases.look_again(tx, job, again_at)
        except Exception as error:  # whatever a handler does wrong, the others' jobs go on
            logger.exception("a job failed", extra={"kind": job.kind, "attempts": job.attempts})
            with self._database.write(self._clock.now()) as tx:
                if leases.hold(tx, job):
                    leases.fail(tx, job, type(error).__name__)

    def _loop(self) -> None:
        while not self._stop.is_set():
            wait = POLL_SECONDS
            try:
                self.run_due()
            except Exception:  # the database is away for a moment, say: so are we, and then go on
                logger.exception("no jobs can be taken")
                wait = PAUSE_SECONDS
            self._stop.wait(wait)
