"""Desks and a server in virtual time, as many schedules as a check has time for: `./run simtest` runs any number."""

import pytest

from tests.convergence.many import outcomes
from tests.convergence.running import run
from tests.convergence.schedule import STEPS, draw

WORLDS = 4
SCHEDULES = 25
MOMENTS = {"desk.page_applied", "desk.push_settled", "server.push_decided", "server.push_committed"}
"""At which a program may end."""


@pytest.mark.parametrize("world", range(WORLDS))
def test_every_invariant_holds_in_every_schedule(world: int) -> None:
    first = world * 1_000_000
    passed = set[str]()
    for outcome in outcomes(range(first, first + SCHEDULES), STEPS):
        assert not outcome.invariant, (
            f"./run simtest --seeds {outcome.seed}:{outcome.seed + 1}: {outcome.what}"
        )
        assert outcome.events >= STEPS
        passed |= outcome.moments
    assert passed >= MOMENTS


def test_the_same_seed_does_the_same_again_to_the_last_step() -> None:
    first, again = (run(draw(11), traced=True) for _ in range(2))
    other = run(draw(12))
    later = run(draw(11))
    assert first.lines == again.lines
    assert first.trace_hash == again.trace_hash == later.trace_hash
    assert other.trace_hash != first.trace_hash
