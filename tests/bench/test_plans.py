"""The bench of plans on a small company: its plans make tasks, and the passes go through on both databases."""

from server_sync.domain.rules.plans.definition import checked_definition
from tests.bench.bench_plans import measure
from tests.bench.crowd import PATTERN
from tests.bench.plans_made import twenty_plans


def test_the_twenty_plans_are_twenty_different_ones_that_hold() -> None:
    assert len({checked_definition(one).code for one in twenty_plans()}) == 20


def test_a_small_company_goes_through_all_passes(empty_database_url: str) -> None:
    figures = measure(empty_database_url, None, 2_000)
    assert figures["tasks"] > 0
    assert min(figures[name] for name in ("first_plans_s", "full_pass_s", "incremental_pass_s")) > 0


def test_customers_of_one_pattern_are_said_the_same_of(empty_database_url: str) -> None:
    figures = measure(empty_database_url, None, PATTERN + 700)
    assert (figures["settled"], figures["settled_by_full_pass"]) == (PATTERN, 0)
