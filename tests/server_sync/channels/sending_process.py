"""A process with a worker and a courier on a database, on a clock that starts at a given time, until it is killed."""

import threading

from server_sync.channels.courier import Courier
from server_sync.jobs import ladders, reminders
from server_sync.jobs.worker import Worker
from server_sync.store.database import Database
from tests.server_sync.jobs.working_process import StartedClock


def send(url: str, at: int) -> None:
    """Does not return."""
    database, clock = Database(url), StartedClock(at)
    loops = (Worker(database, clock, {ladders.REMIND: reminders.remind}), Courier(database, clock))
    for loop in loops:
        loop.start()
    threading.Event().wait()
