"""Hints that partitions moved, to whoever waits for them in this process (SYNC L3); data always goes through pull."""

import asyncio
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

QUIET_SECONDS = 0.05
"""After one hint, the next comes no sooner."""

AT_ONCE = 20
TURN_SECONDS = 0.1
"""What concerns more than AT_ONCE waiters they hear in turns of so many, so that their pulls do not come all at once: a
thousand desks have heard of a new plan after five seconds, and whoever works meanwhile is not held up."""


class Waiter:
    """One desk's ear, on the event loop that made it."""

    def __init__(self, partitions: frozenset[str]) -> None:
        self.partitions = partitions
        self.loop = asyncio.get_running_loop()
        # What moved before this ear was there is not known, so the first hint says "everything": the desk then reads
        # the heads with its ear already open, and nothing falls in between.
        self._moved = set(partitions)
        self._stirred = asyncio.Event()
        self._stirred.set()
        self._quiet_until = self.loop.time()

    async def hint(self) -> frozenset[str]:
        """Wait for the next hint: the partitions that moved since the last one. At once after quiet, else soon."""
        await self._stirred.wait()
        rest = self._quiet_until - self.loop.time()
        if rest > 0:
            await asyncio.sleep(rest)
        moved, self._moved = frozenset(self._moved), set()
        self._stirred.clear()
        self._quiet_until = self.loop.time() + QUIET_SECONDS
        return moved

    def note(self, moved: Iterable[str]) -> None:
        """Note what moved; on its loop's thread."""
        self._moved.update(moved)
        self._stirred.set()


Notes = Mapping[Waiter, Iterable[str]]


class Hub:
    """All waiters of this process. `Database.listen(hub.notify, hub.notify_all)` joins it to the commits."""

    def __init__(self) -> None:
        self._waiters: set[Waiter] = set()
        self._by_partition: dict[str, set[Waiter]] = {}
        self._lock = threading.Lock()

    @contextmanager
    def subscribe(self, partitions: Iterable[str]) -> Iterator[Waiter]:
        """An ear for these partitions while the block runs; to be called on an event loop."""
        waiter = Waiter(frozenset(partitions))
        with self._lock:
            self._waiters.add(waiter)
            for name in waiter.partitions:
                self._by_partition.setdefault(name, set()).add(waiter)
        try:
            yield waiter
        finally:
            with self._lock:
                self._waiters.discard(waiter)
                for name in waiter.partitions:
                    self._by_partition[name].discard(waiter)
                    if not self._by_partition[name]:
                        del self._by_partition[name]

    def notify(self, partitions: Iterable[str]) -> None:
        """Partitions moved; from any thread, never waits for a waiter. One that nobody waits for costs nothing."""
        with self._lock:
            notes: defaultdict[Waiter, set[str]] = defaultdict(set)
            for name in partitions:
                for waiter in self._by_partition.get(name, ()):
                    notes[waiter].add(name)
            _tell(notes)

    def notify_all(self) -> None:
        """What moved is not known: everybody is told that everything may have."""
        with self._lock:
            _tell({waiter: waiter.partitions for waiter in self._waiters})


def _tell(notes: Notes) -> None:
    """To be called under the hub's lock: a waiter leaves before its loop can be closed."""
    by_loop: defaultdict[asyncio.AbstractEventLoop, dict[Waiter, Iterable[str]]] = defaultdict(dict)
    for waiter, moved in notes.items():
        by_loop[waiter.loop][waiter] = moved
    for loop, its_notes in by_loop.items():
        loop.call_soon_threadsafe(_note, loop, its_notes)


def _note(loop: asyncio.AbstractEventLoop, notes: Notes) -> None:
    for place, (waiter, moved) in enumerate(notes.items()):
        if place < AT_ONCE:
            waiter.note(moved)
        else:
            loop.call_later(place // AT_ONCE * TURN_SECONDS, waiter.note, moved)
