"""Virtual time: what happens when, in one fixed order, and the trace of it; nothing here knows a desk or a server."""

import hashlib
import heapq
from collections.abc import Callable
from typing import Any

from server_sync.domain.clock import SECOND
from tests.clocks import HandClock
from tests.convergence.ledger import Violated
from tests.server_sync.organisation import NOW, CountedIds


class Timeline:
    """A heap of (moment, order of entry, what to do), the true time, and what has happened so far."""

    def __init__(self, most_events: int, *, traced: bool) -> None:
        """`most_events`: more never happen, unless programs are caught in a loop."""
        self.clock = HandClock(NOW)
        self.events = 0
        self.lines: list[str] | None = [] if traced else None
        self._heap: list[tuple[int, int, Callable[..., object], tuple[Any, ...]]] = []
        self._entered = 0
        self._most_events = most_events
        self._digest = hashlib.blake2b(digest_size=8)

    def at(self, moment: int, do: Callable[..., object], *arguments: Any) -> None:
        """Let something happen at a moment, ms."""
        self._entered += 1
        heapq.heappush(self._heap, (moment, self._entered, do, arguments))

    def after(self, delay: int, do: Callable[..., object], *arguments: Any) -> None:
        """Let something happen in `delay` ms."""
        self.at(self.clock.at + max(delay, 0), do, *arguments)

    def run_until(self, moment: int) -> None:
        """Let all happen that is due by then. Raises Violated when it does not end."""
        while self._heap and self._heap[0][0] <= moment:
            due, _, do, arguments = heapq.heappop(self._heap)
            self.clock.at = max(self.clock.at, due)
            self.events += 1
            if self.events > self._most_events:
                raise Violated("retries, log and memory are bounded", f"more than {self._most_events} events")
            do(*arguments)
        self.clock.at = max(self.clock.at, moment)

    def note(self, text: str) -> None:
        """Write a line of the trace."""
        line = f"{(self.clock.at - NOW) / SECOND:10.3f} s  {text}"
        self._digest.update(line.encode())
        if self.lines is not None:
            self.lines.append(line)

    @property
    def trace_hash(self) -> str:
        """By what two runs are told to be the same."""
        return self._digest.hexdigest()


class SiteIds(CountedIds):
    """Ids that count up, the same in every run, and never go back, whatever happens to the store; `lane` keeps two
    sources apart. Their last byte is spread as that of random ones."""

    def new(self) -> bytes:
        self._last += 1
        head = (NOW << 80) | (0x7 << 76) | (0x2 << 62) | (self._lane << 40)
        return (head | (self._last << 8) | (self._last * 167 % 256)).to_bytes(16)


class SkewedClock:
    """A desk's clock: the true time and what it is wrong by, ms."""

    def __init__(self, true: HandClock) -> None:
        self._true = true
        self.skew = 0

    def now(self) -> int:
        return self._true.at + self.skew

    def monotonic(self) -> float:
        return self._true.monotonic()
