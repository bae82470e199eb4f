"""A program: a worker and a courier on a database, on a clock that starts at a given time, until it is killed."""

import sys
import threading

from server_sync.channels.courier import Courier
from server_sync.jobs import ladders, reminders
from server_sync.jobs.worker import Worker
from server_sync.store.database import Database
from tests.server_sync.jobs.working_process import StartedClock

if __name__ == "__main__":
    database, clock = Database(sys.argv[1]), StartedClock(int(sys.argv[2]))
    loops = (Worker(database, clock, {ladders.REMIND: reminders.remind}), Courier(database, clock))
    for loop in loops:
        loop.start()
    threading.Event().wait()
