"""Why the next task is the next: its place and its clock, what follows it, what keeps the others back until when."""

from typing import Any

import pytest

from agent_app.store.queries import queue, queue_why
from agent_app.store.queries.queue_why import QueueWhy
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Actor
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW


def put(company: Company, assignee: Actor | None, *, tier: str = "normal", **values: Any) -> bytes:
    """A task of a customer of his own."""
    customer = company.organisation.customer(company.organisation.north, name="客户甲", tier=tier)
    task = company.organisation.task(customer, assignee, **values)
    company.put(customer, task)
    return task.row_id


def why(company: Company, task_id: bytes | None = None) -> QueueWhy | None:
    me = company.organisation.north_agents[0]
    assert me.person_id is not None
    with company.store.read() as connection:
        return queue_why.load(connection, me.person_id, me.team_id, company.clock.at, task_id)


@pytest.fixture
def me(company: Company) -> Actor:
    return company.organisation.north_agents[0]


def test_without_a_task_nothing_is_explained(company: Company) -> None:
    assert why(company) is None


def test_the_next_one_is_explained_with_what_follows_and_what_waits(company: Company, me: Actor) -> None:
    later = put(company, me, not_before_at=NOW + HOUR, disposition="3.13", attempt_count=1)
    used_up = put(company, me, attempt_count=6, tier="vip")
    fresh = [put(company, me) for _ in range(5)]
    vip = put(company, me, tier="vip")
    found = why(company)
    assert found is not None
    assert (found.row.id, found.row.why, found.place, found.blocks) == (vip, "vip", 2, ())
    assert [row.id for row in found.following] == fresh[:3]
    assert [(one.row.id, [block.kind for block in one.blocks], one.until_at) for one in found.held_back] == [
        (used_up, ["attempts_used_up"], None),
        (later, ["delay"], NOW + HOUR),
    ]


def test_the_next_one_is_the_one_that_next_opens(company: Company, me: Actor) -> None:
    put(company, me, attempt_count=6, tier="vip")
    put(company, me)
    found = why(company)
    with company.store.read() as connection:
        assert me.person_id is not None
        following = queue.next_task(connection, me.person_id, me.team_id, NOW)
    assert found is not None
    assert found.row.id == following


def test_a_task_that_was_named_says_what_stands_against_it(company: Company, me: Actor) -> None:
    put(company, me, tier="vip")
    asked = put(company, me, appointment_at=NOW + DAY)
    found = why(company, asked)
    assert found is not None
    assert ([one.kind for one in found.blocks], found.until_at) == (["appointment_later"], NOW + DAY)


def test_the_sum_of_the_clock_is_shown_while_it_still_holds(company: Company, me: Actor) -> None:
    # Thursday 10:00, the first of the holidays by the week alone: four hours with lunch in between end at 15:30.
    term = {"days": 3, "label": "首访", "due_within": {"amount": 4, "unit": "working_hours"}}
    due_at = NOW + 5 * HOUR + HOUR // 2
    right = put(company, me, reason_values=term, available_at=NOW, due_at=due_at)
    moved = put(company, me, reason_values=term, available_at=NOW, due_at=due_at + 1)
    found = why(company, right)
    assert found is not None
    assert [(step.kind, step.values["ms"]) for step in found.clock] == [
        ("worked", 2 * HOUR),
        ("worked", 2 * HOUR),
    ]
    other = why(company, moved)
    assert other is not None
    assert other.clock == ()
