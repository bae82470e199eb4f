"""The simulator proves itself: it finds bugs that are put into the code, and makes what it found short."""

import pytest

from tests.convergence.planted import PLANTS
from tests.convergence.running import run
from tests.convergence.schedule import draw
from tests.convergence.shrinking import shrink

# All of them: ./run simtest --planted all
QUICK = ("removal-forgotten", "not-decided-again", "dedupe-dropped", "page-past-its-window")
MOST = 20


@pytest.mark.parametrize("name", QUICK)
def test_a_planted_bug_is_found(name: str) -> None:
    found = (run(draw(seed), plant=PLANTS[name]).invariant for seed in range(MOST))
    assert next((invariant for invariant in found if invariant), "")


def test_a_planted_bug_is_gone_afterwards() -> None:
    before = run(draw(3)).trace_hash
    run(draw(3), plant=PLANTS["removal-forgotten"])
    assert run(draw(3)).trace_hash == before


def test_a_failing_schedule_is_shortened_to_the_events_that_it_needs() -> None:
    plant = PLANTS["removal-forgotten"]
    seed = next(seed for seed in range(MOST) if run(draw(seed), plant=plant).invariant)
    whole = draw(seed)
    invariant = run(whole, plant=plant).invariant
    short = shrink(whole, invariant, most_runs=60, plant=plant)
    assert len(short.events) <= len(whole.events) // 2
    assert run(short, plant=plant).invariant == invariant
