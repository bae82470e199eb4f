"""The worker: does jobs that change the database alone; which kinds there are is told to it."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from server_sync.domain.clock import Clock
from server_sync.jobs import leases
from server_sync.jobs.leases import Taken
from server_sync.jobs.loop import JobLoop
from server_sync.store.database import Database
from server_sync.store.transaction import Transaction

logger = logging.getLogger(__name__)

Handler = Callable[[Transaction, Mapping[str, Any]], int | None]
"""Does a job's work in the transaction that also settles the job, so that it happens once, however often the process
dies. Returns None when it is done, or when to look again (ms). Raises to be tried again."""


class Worker(JobLoop):
    """Runs jobs on a thread of its own between `start` and `stop`; several processes may each have one."""

    def __init__(self, database: Database, clock: Clock, handlers: Mapping[str, Handler]) -> None:
        super().__init__(database, clock, handlers, "jobs")
        self._handlers = handlers

    def do(self, job: Taken) -> None:
        """Do a job and settle it in one transaction."""
        try:
            with self.database.write(self.clock.now()) as tx:
                if not leases.hold(tx, job):
                    return
                again_at = self._handlers[job.kind](tx, job.payload)
                if again_at is None:
                    leases.finish(tx, job)
                else:
                    leases.look_again(tx, job, again_at)
        except Exception as error:  # whatever a handler does wrong, the others' jobs go on
            logger.exception("a job failed", extra={"kind": job.kind, "attempts": job.attempts})
            with self.database.write(self.clock.now()) as tx:
                if leases.hold(tx, job):
                    leases.fail(tx, job, type(error).__name__)
