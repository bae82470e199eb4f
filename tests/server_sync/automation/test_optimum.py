"""The least cost, against every way of sharing out there is; and how close the greedy way comes to it."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server_sync.automation import optimum
from server_sync.automation.assignment import LOAD, Agent, Answer, Assigned, Assigner, Unassigned, Way, Work
from server_sync.automation.optimum import UNDONE, Optimiser

pytestmark = pytest.mark.skipif(not optimum.installed(), reason="the extra 'optimise' is not installed")

Kinds = list[tuple[list[str], int, int, int]]
people = st.lists(
    st.tuples(
        st.lists(st.sampled_from(["zh", "en"]), max_size=2),
        st.integers(0, 3),
        st.integers(0, 3),
        st.integers(1, 5),
    ),
    min_size=1,
    max_size=3,
)
wanted = st.lists(
    st.tuples(st.sampled_from(["zh", "en", None]), st.sampled_from([(), ("experience:3",)])), max_size=5
)


def agents_of(kinds: Kinds) -> list[Agent]:
    return [
        Agent(
            b"%d" % place,
            f"a{place}",
            b"t",
            {"languages": languages, "experience": level},
            load=load,
            room=room,
        )
        for place, (languages, load, room, level) in enumerate(kinds)
    ]


def works_of(wishes: list[tuple[str | None, tuple[str, ...]]]) -> list[Work]:
    return [
        Work(f"K{place}", b"t", None, None, language, None, 50, skills=skills)
        for place, (language, skills) in enumerate(wishes)
    ]


def cost(agents: list[Agent], works: list[Work], chosen: list[bytes | None]) -> int:
    """As the module says it, from the agents as they were."""
    by_id = {agent.id: agent for agent in agents}
    loads = {agent.id: agent.load for agent in agents}
    total = 0
    for work, who in zip(works, chosen, strict=True):
        if who is None:
            total += UNDONE
        else:
            total += LOAD * loads[who] + by_id[who].misfit(work)
            loads[who] += 1
    return total


def least_cost(agents: list[Agent], works: list[Work]) -> int:
    """Of every way there is."""
    choices = [[None, *(agent.id for agent in agents if agent.fits(work))] for work in works]
    within = (
        chosen
        for chosen in product(*choices)
        if all(chosen.count(agent.id) <= agent.room for agent in agents)
    )
    return min(cost(agents, works, list(chosen)) for chosen in within)


def given_to(answers: list[Answer]) -> list[bytes | None]:
    return [answer.person_id if isinstance(answer, Assigned) else None for answer in answers]


@given(people, wanted)
def test_the_flow_costs_as_little_as_the_best_of_all_ways(kinds: Kinds, wishes: Any) -> None:
    works = works_of(wishes)
    optimiser = Optimiser(agents_of(kinds))
    answers: list[Answer] = [Unassigned.NO_TEAM] * len(works)
    optimiser.flow_out(works, optimiser.shares(works, range(len(works))), answers)
    assert cost(agents_of(kinds), works, given_to(answers)) == least_cost(agents_of(kinds), works)


@given(people, wanted)
def test_the_greedy_way_gives_nobody_what_he_cannot_do_and_leaves_nothing_that_somebody_could(
    kinds: Kinds, wishes: Any
) -> None:
    works, agents = works_of(wishes), agents_of(kinds)
    answers = Assigner(agents).assign(works)
    by_id = {agent.id: agent for agent in agents}
    for work, answer in zip(works, answers, strict=True):
        if isinstance(answer, Assigned):
            assert by_id[answer.person_id].fits(work)
        else:
            assert not [agent for agent in agents if agent.fits(work) and agent.room > 0]


def test_a_large_batch_is_shared_out_at_the_least_cost_and_says_so() -> None:
    kinds: Kinds = [(["zh"], 0, 100, 1), (["zh", "en"], 0, 100, 3)]
    spoken = ["zh"] * 90 + ["en"] * 30
    works = works_of([(language, ()) for language in spoken])
    greedy, best = Assigner(agents_of(kinds)), Optimiser(agents_of(kinds))
    first, second = greedy.assign(works), best.assign(works)
    assert (greedy.way, best.way) == (Way.GREEDY, Way.OPTIMUM)
    assert cost(agents_of(kinds), works, given_to(second)) <= cost(agents_of(kinds), works, given_to(first))
    assert Optimiser(agents_of(kinds)).assign(works) == second


def test_a_small_batch_needs_no_flow() -> None:
    best = Optimiser(agents_of([(["zh"], 0, 9, 1)]))
    best.assign(works_of([("zh", ())]))
    assert best.way is Way.GREEDY
