"""Moving work between people, and saying what one is doing."""

import pytest

from agent_app.actions.desk import Desk
from agent_app.actions.tasks import accept_task, reassign_some, set_presence
from server_sync.domain.commands import Actor, Insert
from server_sync.domain.errors import ErrorKind, KnownError
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW


@pytest.fixture
def tasks(company: Company) -> list[Insert]:
    """Three tasks of the first agent of the north."""
    organisation = company.organisation
    made = []
    for _ in range(3):
        customer = organisation.customer(organisation.north)
        made.append(organisation.task(customer, organisation.north_agents[0]))
        company.put(customer, made[-1])
    return made


@pytest.fixture
def lead(company: Company) -> Desk:
    return company.desk(company.organisation.north_lead)


def pairs(tasks: list[Insert]) -> list[tuple[bytes, bytes]]:
    return [(task.row_id, task.row["customer_id"]) for task in tasks]


def assignees(company: Company) -> list[object]:
    return [who for (who,) in company.rows("SELECT assignee_id FROM task ORDER BY id")]


def test_a_task_of_the_pool_is_taken_once(company: Company) -> None:
    organisation = company.organisation
    customer = organisation.customer(organisation.north)
    pool = organisation.task(customer, None)
    company.put(customer, pool)
    first, second = (company.desk(agent) for agent in organisation.north_agents[:2])
    accept_task(first, pool.row_id, customer.row_id)
    assert company.rows("SELECT assignee_id, in_pool, state, accepted_at FROM task") == [
        (first.person_id, 0, "accepted", NOW)
    ]
    with pytest.raises(KnownError) as caught:
        accept_task(second, pool.row_id, customer.row_id)
    assert caught.value.kind in (ErrorKind.ALREADY_TAKEN, ErrorKind.NOT_FOUND)
    assert len(company.rows("SELECT 1 FROM outbox")) == 1


def test_a_lead_gives_many_tasks_at_once(company: Company, lead: Desk, tasks: list[Insert]) -> None:
    taker = company.organisation.north_agents[1].person_id
    changes, refused = reassign_some(lead, [(*pair, taker) for pair in pairs(tasks)])
    assert refused == []
    assert assignees(company) == [taker] * 3
    assert changes.customer_ids == frozenset(customer for _, customer in pairs(tasks))
    assert len(company.rows("SELECT 1 FROM activity WHERE kind = 'reassigned'")) == 3


def test_each_to_his_own_or_to_the_pool(company: Company, lead: Desk, tasks: list[Insert]) -> None:
    takers = [
        company.organisation.north_agents[1].person_id,
        None,
        company.organisation.north_agents[2].person_id,
    ]
    reassign_some(lead, [(*pair, who) for pair, who in zip(pairs(tasks), takers, strict=True)])
    assert assignees(company) == takers
    assert company.rows("SELECT in_pool FROM task ORDER BY id") == [(0,), (1,), (0,)]


def test_what_cannot_be_given_stays_and_is_named(company: Company, lead: Desk, tasks: list[Insert]) -> None:
    taker = company.organisation.north_agents[1].person_id
    strange = (bytes(16), bytes(16), taker)
    _, refused = reassign_some(lead, [*((*pair, taker) for pair in pairs(tasks)), strange])
    assert assignees(company) == [taker] * 3
    assert [(move, error.kind) for move, error in refused] == [(strange, ErrorKind.NOT_FOUND)]
    assert len(company.rows("SELECT 1 FROM outbox")) == 3


def test_an_agent_gives_nothing_away(company: Company, tasks: list[Insert]) -> None:
    agent = company.desk(company.organisation.north_agents[0])
    before = assignees(company)
    taker = company.organisation.north_agents[1].person_id
    _, refused = reassign_some(agent, [(*pair, taker) for pair in pairs(tasks)])
    assert {error.kind for _, error in refused} == {ErrorKind.NOT_PERMITTED}
    assert assignees(company) == before
    assert company.rows("SELECT 1 FROM outbox") == []


def test_presence_is_recorded_with_its_reason_and_its_time(company: Company) -> None:
    desk = company.desk(company.organisation.north_agents[0])
    set_presence(desk, "ready")
    company.clock.at += 60_000
    set_presence(desk, "break", "meal")
    assert company.rows("SELECT id, team_id, state, pause_reason, since_at FROM presence") == [
        (desk.person_id, company.organisation.north, "break", "meal", NOW + 60_000)
    ]
    assert len(company.rows("SELECT 1 FROM outbox")) == 2


@pytest.mark.parametrize(("state", "reason"), [("break", None), ("ready", "meal"), ("asleep", None)])
def test_a_presence_that_makes_no_sense_is_refused(company: Company, state: str, reason: str | None) -> None:
    desk = company.desk(company.organisation.north_agents[0])
    with pytest.raises(KnownError) as caught:
        set_presence(desk, state, reason)
    assert caught.value.kind is ErrorKind.FIELD_INVALID
    assert company.rows("SELECT 1 FROM presence") == []


def test_who_has_no_team_is_seen_by_nobody(company: Company) -> None:
    administrator: Actor = company.organisation.administrator
    set_presence(company.desk(administrator), "ready")
    assert company.rows("SELECT 1 FROM presence") == []
