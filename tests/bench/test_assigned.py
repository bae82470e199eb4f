"""The bench of assignment: the greedy way comes close to the optimum, measured in the same run."""

import pytest

from server_sync.automation import optimum
from tests.bench.assigned import measure


@pytest.mark.skipif(not optimum.installed(), reason="the extra 'optimise' is not installed")
def test_the_greedy_way_comes_within_a_twentieth_of_the_least_cost() -> None:
    found = measure(tasks=600, agents=40)
    assert found["assignment_of_optimum"] >= 0.95
    assert found["assignment_greedy_assigned"] >= 0.95 * found["assignment_optimum_assigned"]
