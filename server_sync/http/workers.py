"""Several processes that answer at one socket: started, started again when they die, stopped together; each is whole by
itself (`serving`) and knows nothing of the others but by the database."""

import ctypes
import gc
import logging
import multiprocessing
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from server_sync.domain.clock import Clock, SystemClock
from server_sync.domain.ids import SystemIds
from server_sync.http import logs, serving
from server_sync.store.attachment_files import AttachmentFiles, default_folder
from server_sync.store.database import Database

logger = logging.getLogger(__name__)

FIRST_WAIT, LAST_WAIT = 0.5, 30.0
STEADY_SECONDS = 60.0
"""Who worked for so long and then died is started again as soon as one that never died."""


@dataclass(frozen=True)
class Work:
    """What one process does, as plain values that travel to it. `attachments`: their folder, None for the usual one."""

    database: str
    place: serving.Place
    attachments: str | None

    def do(self, listening: socket.socket, announce: Callable[[str], None]) -> None:
        """Serve until told to stop; the process is this work's alone."""
        seek_garbage_rarely()
        give_memory_back()
        clock = SystemClock()
        logs.start(clock)
        ids = SystemIds(clock)
        database = Database(self.database, ids)
        folder = Path(self.attachments) if self.attachments else default_folder(database)
        try:
            serving.serve(database, clock, ids, self.place, listening, AttachmentFiles(folder, ids), announce)
        finally:
            database.close()


def seek_garbage_rarely() -> None:
    """A push makes fifty objects a mutation and hardly a circle among them: looking for circles each 700 objects, now
    and then through all that was ever imported, was a quarter of its time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def give_memory_back() -> None:
    """Let the system have back what a large page or push took. By itself glibc keeps a heap for each of some thirty
    threads, each as large as the largest thing its thread ever did: a quarter of all memory after a few first pulls."""
    if sys.platform == "linux":
        with suppress(AttributeError):  # another C library
            mallopt = ctypes.CDLL(None).mallopt
            mallopt(_M_ARENA_MAX, 2)
            mallopt(_M_MMAP_THRESHOLD, _LARGE)
            mallopt(_M_TRIM_THRESHOLD, _LARGE)


# From malloc.h; the thresholds grow by themselves unless they are set.
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_LARGE = 256 << 10


class Worker:
    """One place for a process; when the process dies another takes it, later and later if they die young."""

    def __init__(self, work: Work, listening: socket.socket) -> None:
        self._work = work
        self._listening = listening
        self._process: SpawnProcess | None = None
        self._line: Connection | None = None
        self._started = 0.0
        self._wait = FIRST_WAIT
        self.due: float | None = 0.0
        """When to start it, None while it runs."""
        self.ready = False
        self.deaths = 0

    def start(self, now: float) -> None:
        """Start a process. It ends by itself when this one is gone: the line breaks."""
        context = multiprocessing.get_context("spawn")
        self._line, other = context.Pipe()
        self._process = context.Process(target=_be_worker, args=(self._work, self._listening, other))
        self._process.start()
        other.close()
        logger.info("a worker started", extra={"pid": self._process.pid})
        self._started = now
        self.due = None

    def handles(self) -> list[Connection | int]:
        """What stirs when the process says that it is ready, or dies."""
        if self._process is None or self._line is None:
            return []
        return [self._process.sentinel] if self.ready else [self._process.sentinel, self._line]

    def look(self, now: float) -> None:
        """Take note of what has happened to it."""
        if self._process is None or self._line is None:
            return
        with suppress(EOFError, OSError):
            self.ready = self.ready or (self._line.poll() and self._line.recv() is None)
        if self._process.is_alive():
            return
        self.deaths += 1
        self._wait = FIRST_WAIT if now - self._started > STEADY_SECONDS else min(self._wait * 2, LAST_WAIT)
        logger.error("a worker died", extra={"pid": self._process.pid, "code": self._process.exitcode})
        self._line.close()
        self._process = None
        self.ready = False
        self.due = now + self._wait

    def stop(self) -> None:
        """Ask it to end."""
        if self._process is not None:
            self._process.terminate()

    def end(self, seconds: float) -> None:
        """Wait for its end, for so long and no longer."""
        if self._process is not None and self._line is not None:
            self._process.join(seconds)
            self._process.kill()
            self._process.join()
            self._line.close()


def supervise(
    work: Work, listening: socket.socket, count: int, clock: Clock, announce: Callable[[str], None]
) -> int:
    """Keep `count` processes at work until SIGTERM or SIGINT; returns the exit code.

    `announce` hears the address once all are ready. If one dies before that, all end and the code is 1: it would die
    again.
    """
    woken, wake = socket.socketpair()
    woken.setblocking(False)
    wake.setblocking(False)
    # From any thread, and also while this one waits.
    signal.set_wakeup_fd(wake.fileno())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    workers = [Worker(work, listening) for _ in range(count)]
    announced = False
    try:
        while True:
            now = clock.monotonic()
            for worker in workers:
                if worker.due is not None and worker.due <= now:
                    worker.start(now)
            waits = [worker.due - now for worker in workers if worker.due is not None]
            handles = [handle for worker in workers for handle in worker.handles()]
            if woken in wait([woken, *handles], min(waits, default=None)):
                return 0
            for worker in workers:
                worker.look(clock.monotonic())
            if not announced and any(worker.deaths for worker in workers):
                return 1
            if not announced and all(worker.ready for worker in workers):
                announce(serving.address_of(work.place, listening))
                announced = True
    finally:
        for worker in workers:
            worker.stop()
        for worker in workers:
            worker.end(serving.STOP_SECONDS + 5)
        signal.set_wakeup_fd(-1)
        woken.close()
        wake.close()


def _be_worker(work: Work, listening: socket.socket, line: Connection) -> None:
    threading.Thread(target=_stop_with, args=(line,), name="supervisor", daemon=True).start()
    work.do(listening, lambda _: line.send(None))


def _stop_with(line: Connection) -> None:
    """Stop when the other end of the line is gone, even if it was killed."""
    with suppress(EOFError, OSError):
        line.recv()
    signal.raise_signal(signal.SIGTERM)
