"""Desks and a server in virtual time, as many schedules as a check has time for: `./run simtest` runs any number."""

import time
from itertools import count

import pytest

from tests.convergence.many import outcomes
from tests.convergence.running import run
from tests.convergence.schedule import STEPS, draw

WORLDS = 4
LEAST = 25
SECONDS = 15.0


@pytest.mark.parametrize("world", range(WORLDS))
def test_every_invariant_holds_in_every_schedule(world: int) -> None:
    began = time.monotonic()
    first = world * 1_000_000
    for number in count():
        if number >= LEAST and time.monotonic() - began > SECONDS:
            break
        [outcome] = outcomes(range(first + number, first + number + 1), STEPS)
        assert not outcome.invariant, (
            f"./run simtest --seeds {outcome.seed}:{outcome.seed + 1}: {outcome.what}"
        )
        assert outcome.events >= STEPS


def test_the_same_seed_does_the_same_again_to_the_last_step() -> None:
    first, again = (run(draw(11), traced=True) for _ in range(2))
    run(draw(12))
    later = run(draw(11))
    assert first.lines == again.lines
    assert first.trace_hash == again.trace_hash == later.trace_hash
    assert run(draw(12)).trace_hash != first.trace_hash


def test_a_schedule_passes_the_moments_at_which_a_program_may_end() -> None:
    passed = frozenset[str]().union(*(outcome.moments for outcome in outcomes(range(40, 44), STEPS)))
    assert {
        "desk.page_applied",
        "desk.push_settled",
        "server.push_decided",
        "server.push_committed",
    } <= passed
