"""The presenter of the list of tasks: giving the chosen ones to somebody, and the way back."""

from collections.abc import Mapping

import pytest

from agent_app.actions.session import DeskSession
from agent_app.features.team.presenter import DrillPresenter
from agent_app.features.team.presenter.drill import MOST_AT_ONCE
from agent_app.features.team.state import DrillState, Given
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.task_list import Order, TaskFilter, TaskRow
from agent_app.store.queries.task_parts import Part, Period, Whose
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.errors import ErrorKind
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company
from tests.agent_app.team_desk import MIDNIGHT, hold_team
from tests.server_sync.organisation import NOW

TODAY = Period(MIDNIGHT, MIDNIGHT + DAY)


class Watched:
    """A presenter with what it drew and offered."""

    def __init__(self, session: DeskSession) -> None:
        self.drawn: list[DrillState] = []
        self.rows: dict[bytes, TaskRow] = {}
        self.offered: list[Given] = []
        self.presenter = DrillPresenter(session, self.drawn.append, self._keep, self.offered.append)

    def _keep(self, rows: Mapping[bytes, TaskRow]) -> None:
        self.rows.update(rows)

    @property
    def state(self) -> DrillState:
        return self.drawn[-1]


@pytest.fixture
def drill(session: DeskSession, company: Company) -> Watched:
    made = Watched(session)
    made.presenter.open(TaskFilter(Part.WAITING, Whose(company.organisation.north), TODAY))
    return made


def owners(company: Company, ids: tuple[bytes, ...]) -> list[tuple[object, object]]:
    found = {row[0]: (row[1], row[2]) for row in company.rows("SELECT id, assignee_id, in_pool FROM task")}
    return [found[task_id] for task_id in ids]


def owned(drill: Watched, company: Company, count: int) -> tuple[bytes, ...]:
    """The first tasks of the list that are somebody's."""
    some = tuple(
        task_id
        for task_id, owner in zip(drill.state.ids, owners(company, drill.state.ids), strict=True)
        if owner[0] is not None
    )
    return some[:count]


def test_the_list_has_its_ids_at_once_and_its_rows_when_looked_at(drill: Watched) -> None:
    assert len(drill.state.ids) > 10
    drill.presenter.on_rows_wanted(drill.state.ids[:3])
    assert list(drill.rows) == list(drill.state.ids[:3])


def test_the_takers_come_with_their_load_and_closed_tasks_stay(drill: Watched, company: Company) -> None:
    done = company.rows("SELECT id FROM task WHERE state = 'done' LIMIT 2")
    ids = [row[0] for row in done if isinstance(row[0], bytes)]
    assert len(ids) == len(done)
    chosen = (*drill.state.ids[:3], *ids)
    drill.presenter.on_give_asked(chosen)
    giving = drill.state.giving
    assert giving is not None
    assert (len(giving.tasks), giving.closed) == (3, 2)
    assert len(giving.candidates) == 3
    assert all(candidate.figures.waiting for candidate in giving.candidates)


def test_given_tasks_are_recorded_in_the_outbox_and_can_go_back(drill: Watched, company: Company) -> None:
    taker = company.organisation.north_agents[2].person_id
    chosen = tuple(
        task_id for task_id in owned(drill, company, 9) if owners(company, (task_id,))[0][0] != taker
    )
    before = owners(company, chosen)
    drill.presenter.on_give_asked(chosen)
    drill.presenter.on_given(taker)
    assert owners(company, chosen) == [(taker, 0)] * len(chosen)
    sent = company.rows("SELECT count(*) FROM outbox WHERE command = 'reassign_task@1'")
    assert sent == [(len(chosen),)]
    assert company.told[-1].origin == "reassign"
    (given,) = drill.offered
    assert (given.count, given.name) == (len(chosen), "坐席 05")
    drill.presenter.on_taken_back(given)
    assert owners(company, chosen) == before
    assert not drill.state.busy


def test_tasks_can_be_given_to_the_pool(drill: Watched, company: Company) -> None:
    chosen = owned(drill, company, 2)
    drill.presenter.on_give_asked(chosen)
    drill.presenter.on_given(None)
    assert owners(company, chosen) == [(None, 1)] * 2
    assert drill.offered[0].name is None


def test_what_was_nobodys_has_no_way_back(drill: Watched, company: Company) -> None:
    nobodys = tuple(task_id for task_id in drill.state.ids if owners(company, (task_id,)) == [(None, 0)])
    drill.presenter.on_give_asked(nobodys)
    drill.presenter.on_given(company.organisation.north_agents[0].person_id)
    assert len(nobodys) == drill.offered[0].count == 1
    assert drill.offered[0].back == ()


def test_what_has_left_its_teams_pool_has_no_way_back(company: Company, work: ImmediateWork) -> None:
    org = company.organisation
    hold_team(company, org.north, org.south)
    drill = Watched(company.session(org.administrator, work))
    drill.presenter.open(TaskFilter(Part.WAITING, Whose(None, nobodys=True), TODAY))
    pooled = tuple(i for i in drill.state.ids if owners(company, (i,)) == [(None, 1)])
    for taker, back in ((org.south_agents[0], 0), (org.south_agents[1], 1)):
        drill.presenter.on_give_asked(pooled)
        drill.presenter.on_given(taker.person_id)
        assert len(drill.offered[-1].back) == back


def test_what_somebody_has_already_is_not_given_to_him_again(drill: Watched, company: Company) -> None:
    chosen = owned(drill, company, 5)
    taker = owners(company, chosen)[0][0]
    others = [owner for owner in owners(company, chosen) if owner[0] != taker]
    drill.presenter.on_give_asked(chosen)
    assert isinstance(taker, bytes)
    drill.presenter.on_given(taker)
    assert drill.offered[0].count == len(others) < 5


def test_a_refusal_is_a_banner_and_changes_nothing(drill: Watched, company: Company) -> None:
    chosen = owned(drill, company, 2)
    before = owners(company, chosen)
    drill.presenter.on_give_asked(chosen)
    drill.presenter.on_given(company.organisation.south_agents[0].person_id)
    assert drill.state.error is ErrorKind.NOT_PERMITTED
    assert not drill.state.busy
    assert owners(company, chosen) == before
    assert drill.offered == []


def test_more_than_can_be_given_at_once_is_said_not_done(drill: Watched) -> None:
    chosen = tuple(number.to_bytes(16, "big") for number in range(MOST_AT_ONCE + 1))
    drill.presenter.on_give_asked(chosen)
    assert drill.state.too_many == MOST_AT_ONCE + 1
    assert drill.state.giving is None
    drill.presenter.on_give_asked(drill.state.ids[:1])
    assert drill.state.too_many == 0


def test_closed_tasks_alone_cannot_be_given(drill: Watched, company: Company) -> None:
    ((done,),) = company.rows("SELECT id FROM task WHERE state = 'done' LIMIT 1")
    assert isinstance(done, bytes)
    drill.presenter.on_give_asked((done,))
    assert drill.state.all_closed
    assert drill.state.giving is None


def test_back_leads_out_of_the_choice_of_a_person_first(drill: Watched) -> None:
    drill.presenter.on_give_asked(drill.state.ids[:1])
    drill.presenter.on_closed()
    assert drill.state.giving is None
    assert drill.state.wanted is not None
    drill.presenter.on_closed()
    assert drill.state.wanted is None


def test_the_list_follows_the_store_while_it_is_open(drill: Watched, company: Company) -> None:
    org, count = company.organisation, len(drill.state.ids)
    customer = org.customer(org.north)
    company.put(customer, org.task(customer, org.north_agents[0]))
    changes = StoreChanges(frozenset(("task",)), None, "sync")
    drill.presenter.on_changed(changes)
    assert len(drill.state.ids) == count + 1
    drill.presenter.on_closed()
    drawn = len(drill.drawn)
    drill.presenter.on_changed(changes)
    assert len(drill.drawn) == drawn


def test_the_overdue_grow_with_time(drill: Watched, company: Company) -> None:
    drill.presenter.on_part_chosen(Part.OVERDUE)
    count = len(drill.state.ids)
    company.clock.at = NOW + 3 * HOUR
    drill.presenter.on_tick(company.clock.at)
    assert len(drill.state.ids) > count


def test_another_order_keeps_the_same_tasks(drill: Watched) -> None:
    before = drill.state.ids
    drill.presenter.on_sorted(Order.DUE, True)
    assert drill.state.ids != before
    assert set(drill.state.ids) == set(before)
