"""Hints that partitions moved, to whoever waits for them in this process (SYNC L3); data always goes through pull."""

import asyncio
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

QUIET_SECONDS = 0.05
"""After one hint, the next comes no sooner."""


class Waiter:
    """One desk's ear, on the event loop that made it."""

    def __init__(self, partitions: frozenset[str]) -> None:
        self.partitions = partitions
        self._loop = asyncio.get_running_loop()
        # What moved before this ear was there is not known, so the first hint says "everything": the desk then reads
        # the heads with its ear already open, and nothing falls in between.
        self._moved = set(partitions)
        self._stirred = asyncio.Event()
        self._stirred.set()
        self._quiet_until = self._loop.time()

    async def hint(self) -> frozenset[str]:
        """Wait for the next hint: the partitions that moved since the last one. At once after quiet, else soon."""
        await self._stirred.wait()
        rest = self._quiet_until - self._loop.time()
        if rest > 0:
            await asyncio.sleep(rest)
        moved, self._moved = frozenset(self._moved), set()
        self._stirred.clear()
        self._quiet_until = self._loop.time() + QUIET_SECONDS
        return moved

    def tell(self, moved: frozenset[str]) -> None:
        """Note what moved; from any thread."""
        self._loop.call_soon_threadsafe(self._note, moved)

    def _note(self, moved: frozenset[str]) -> None:
        self._moved |= moved
        self._stirred.set()


class Hub:
    """All waiters of this process. `Database.listen(hub.notify)` joins it to the commits."""

    def __init__(self) -> None:
        self._waiters: set[Waiter] = set()
        self._lock = threading.Lock()

    @contextmanager
    def subscribe(self, partitions: Iterable[str]) -> Iterator[Waiter]:
        """An ear for these partitions while the block runs; to be called on an event loop."""
        waiter = Waiter(frozenset(partitions))
        with self._lock:
            self._waiters.add(waiter)
        try:
            yield waiter
        finally:
            with self._lock:
                self._waiters.discard(waiter)

    def notify(self, partitions: frozenset[str]) -> None:
        """Partitions moved; from any thread, never waits for a waiter."""
        # Under the lock: a waiter leaves before its loop can be closed.
        with self._lock:
            for waiter in self._waiters:
                moved = waiter.partitions & partitions
                if moved:
                    waiter.tell(moved)
