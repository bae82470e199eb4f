"""Many schedules on all cores of the machine, each process with its share of them; also those with planted bugs."""

import gc
import logging
import multiprocessing
import os
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.pool import Pool
from pathlib import Path

from tests.convergence import disk
from tests.convergence.planted import PLANTS
from tests.convergence.running import Outcome, run
from tests.convergence.schedule import draw
from tests.convergence.shrinking import shrink

MOST_FOR_A_PLANT = 400
"""So many schedules a planted bug may stay unseen in."""
_SHARE = 10
"""Seeds that a process takes at once."""
_SHARES_OF_A_PROCESS = 40
"""After so many another process takes its place: what caches and fragments of memory hold goes with it."""


@dataclass
class Result:
    """What came of many schedules; `failed`: those in which an invariant was violated; `fewest`: the events of the
    shortest of the others. `interrupted`: by a person, before the last of them."""

    schedules: int = 0
    events: int = 0
    fewest: int = sys.maxsize
    interrupted: bool = False
    failed: list[Outcome] = field(default_factory=list)
    moments: Counter[str] = field(default_factory=Counter)

    @property
    def by_invariant(self) -> Counter[str]:
        """How often each was violated."""
        return Counter(one.invariant for one in self.failed)

    def add(self, outcome: Outcome) -> None:
        """Count one more."""
        self.schedules += 1
        self.events += outcome.events
        self.moments.update(outcome.moments)
        if outcome.invariant:
            self.failed.append(outcome)
        else:
            self.fewest = min(self.fewest, outcome.events)


@dataclass(frozen=True)
class Hunt:
    """How a planted bug was found: after how many schedules, and by which invariant ("" if it was not)."""

    plant: str
    schedules: int
    events: int
    invariant: str


def run_many(
    first: int, last: int, steps: int, enough: int, tell: Callable[[Result], object] = lambda _: None
) -> Result:
    """Run the schedules of these seeds, until `enough` of them have failed or somebody presses Ctrl+C; `tell` hears
    every few schedules how far it is."""
    shares = [(start, min(start + _SHARE, last), steps) for start in range(first, last, _SHARE)]
    result = Result()
    with _pool(len(shares)) as pool:
        try:
            for outcomes in pool.imap(_run_share, shares):
                for outcome in outcomes:
                    result.add(outcome)
                tell(result)
                if len(result.failed) >= enough:
                    break
        except KeyboardInterrupt:
            result.interrupted = True
    return result


def hunt_many(plants: list[str], first: int, steps: int) -> Iterator[Hunt]:
    """Look for each planted bug in schedules from a seed on, until it is found."""
    with _pool(len(plants)) as pool:
        yield from pool.imap(_hunt, [(name, first, steps) for name in plants])


def shorten_many(failed: list[Outcome], steps: int) -> Iterator[tuple[Outcome, list[str]]]:
    """Each failure as it is in the shortest schedule that still has it, traced, with that schedule's events."""
    with _pool(len(failed)) as pool:
        yield from pool.imap(_shorten, [(one.seed, steps, one.invariant) for one in failed])


def outcomes(seeds: range, steps: int) -> Iterator[Outcome]:
    """The schedules of some seeds, one after the other, in this process."""
    with _in_peace():
        for seed in seeds:
            yield run(draw(seed, steps))


@contextmanager
def _pool(most: int) -> Iterator[Pool]:
    count = max(1, min(os.cpu_count() or 1, most))
    root = disk.new_root()
    try:
        with multiprocessing.get_context("spawn").Pool(count, _begin, (root,), _SHARES_OF_A_PROCESS) as pool:
            yield pool
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _begin(root: Path) -> None:
    """In a process of its own: Ctrl+C reaches every process of a terminal, and the first one alone heeds it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    disk.use(root)


def _run_share(share: tuple[int, int, int]) -> list[Outcome]:
    first, last, steps = share
    return list(outcomes(range(first, last), steps))


def _hunt(what: tuple[str, int, int]) -> Hunt:
    name, first, steps = what
    events = 0
    with _in_peace():
        for count in range(MOST_FOR_A_PLANT):
            outcome = run(draw(first + count, steps), plant=PLANTS[name])
            events += outcome.events
            if outcome.invariant:
                return Hunt(name, count + 1, events, outcome.invariant)
    return Hunt(name, MOST_FOR_A_PLANT, events, "")


def _shorten(what: tuple[int, int, str]) -> tuple[Outcome, list[str]]:
    seed, steps, invariant = what
    with _in_peace():
        short = shrink(draw(seed, steps), invariant)
        return run(short, traced=True), [str(event) for event in short.events]


class _in_peace:
    """What goes wrong is wished for here: nothing is logged. Rubbish is collected between schedules, not in them."""

    def __enter__(self) -> None:
        self._level = logging.root.manager.disable
        logging.disable(logging.CRITICAL)
        gc.collect()
        gc.freeze()

    def __exit__(self, *_: object) -> None:
        logging.disable(self._level)
        gc.unfreeze()
