"""Many tasks on their way: in pieces, to be stopped, what stands against single ones named; evening out, with a way
back."""

from collections.abc import Callable

import pytest

from agent_app.actions.session import DeskSession
from agent_app.features.team.presenter import DrillPresenter, moving
from agent_app.features.team.state import DrillState, Given
from agent_app.store.queries.task_list import TaskFilter
from agent_app.store.queries.task_parts import Part, Period, Whose
from server_sync.domain.clock import DAY
from server_sync.domain.commands import Insert
from server_sync.domain.errors import ErrorKind
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company, open_company
from tests.agent_app.team_desk import MIDNIGHT, hold_team
from tests.server_sync.organisation import NOW

MANY = 2 * moving.AT_ONCE + 50


class Team:
    """A lead's list of tasks, of which the first agent has very many and the others none."""

    def __init__(self, company: Company, session: DeskSession) -> None:
        self.company = company
        org = company.organisation
        hold_team(company, org.north)
        customers = [org.customer(org.north, name=f"客户{place}") for place in range(MANY)]
        self.tasks = [org.task(customer, org.north_agents[0]) for customer in customers]
        company.put(*customers, *self.tasks)
        self.ids = tuple(task.row_id for task in self.tasks)
        self.drawn: list[DrillState] = []
        self.offered: list[Given] = []
        self.on_draw: Callable[[DrillState], None] = lambda _: None
        self.presenter = DrillPresenter(session, self._draw, lambda _: None, self.offered.append)
        self.presenter.open(TaskFilter(Part.WAITING, Whose(org.north), Period(MIDNIGHT, MIDNIGHT + DAY)))

    def _draw(self, state: DrillState) -> None:
        self.drawn.append(state)
        self.on_draw(state)

    @property
    def state(self) -> DrillState:
        return self.drawn[-1]

    def with_whom(self) -> dict[object, int]:
        sql = "SELECT assignee_id, count(*) FROM task GROUP BY assignee_id"
        return {row[0]: int(str(row[1])) for row in self.company.rows(sql)}


@pytest.fixture
def team(tmp_path_factory: pytest.TempPathFactory) -> Team:
    company = open_company(tmp_path_factory.mktemp("desk"))
    return Team(company, company.session(company.organisation.north_lead, ImmediateWork()))


def test_thousands_go_in_pieces_and_come_back_with_one_undo(team: Team) -> None:
    first, second, _ = (one.person_id for one in team.company.organisation.north_agents)
    assert second is not None
    team.presenter.on_dropped(team.ids, second)
    assert team.with_whom() == {second: MANY}
    steps = [state.progress for state in team.drawn if state.progress is not None]
    assert [done for done, _ in steps] == [0, moving.AT_ONCE, 2 * moving.AT_ONCE, MANY]
    assert (team.state.progress, team.state.busy) == (None, False)
    (given,) = team.offered
    assert (given.count, given.name, len(given.back)) == (MANY, "坐席 04", MANY)
    team.presenter.on_taken_back(given)
    assert team.with_whom() == {first: MANY}


def test_one_can_stop_and_what_went_can_come_back(team: Team) -> None:
    first, second, _ = (one.person_id for one in team.company.organisation.north_agents)
    assert second is not None

    def stop(state: DrillState) -> None:
        if state.progress == (moving.AT_ONCE, MANY):
            team.presenter.on_stopped()

    team.on_draw = stop
    team.presenter.on_dropped(team.ids, second)
    assert team.with_whom() == {first: MANY - moving.AT_ONCE, second: moving.AT_ONCE}
    assert (team.state.stopped, team.offered[0].count) == (MANY - moving.AT_ONCE, moving.AT_ONCE)


def test_what_cannot_go_stays_and_is_named_with_its_reason(team: Team) -> None:
    company, org = team.company, team.company.organisation
    first, second, _ = (one.person_id for one in org.north_agents)
    refusing = [team.tasks[place].row["customer_id"] for place in (3, 300)]
    for customer in refusing:
        entry = {"id": org.ids.new(), "customer_id": customer, "scope": "all", "source": "call"}
        company.put(Insert("do_not_call", {**entry, "set_at": NOW - DAY}))
    assert second is not None
    team.presenter.on_dropped(team.ids, second)
    assert team.with_whom() == {first: 2, second: MANY - 2}
    assert [(one.kind, one.name) for one in team.state.refused] == [
        (ErrorKind.DO_NOT_CALL, "客*"),
        (ErrorKind.DO_NOT_CALL, "客*"),
    ]
    assert team.offered[0].count == MANY - 2


def test_the_load_is_evened_out_after_a_look_at_it_and_comes_back(team: Team) -> None:
    first, second, third = (one.person_id for one in team.company.organisation.north_agents)
    team.presenter.on_balance_asked()
    balance = team.state.balance
    assert balance is not None
    assert {count for _, _, count in balance.counts} == {MANY // 3}
    assert team.with_whom() == {first: MANY}
    team.presenter.on_balance_agreed()
    assert sorted(team.with_whom().values()) == [MANY // 3] * 3
    (given,) = team.offered
    assert (given.evened, given.count) == (True, 2 * MANY // 3)
    team.presenter.on_taken_back(given)
    assert team.with_whom() == {first: MANY}
    assert {second, third}.isdisjoint(team.with_whom())


def test_an_even_load_has_nothing_to_move_and_back_leads_out_of_the_look(team: Team) -> None:
    team.presenter.on_balance_asked()
    team.presenter.on_balance_agreed()
    team.presenter.on_balance_asked()
    assert team.state.balance is not None
    assert team.state.balance.moves == ()
    team.presenter.on_balance_agreed()
    assert len(team.offered) == 1
    team.presenter.on_closed()
    assert (team.state.balance is None, team.state.wanted is None) == (True, False)


def test_somebody_who_leads_no_team_evens_nothing_out(team: Team) -> None:
    session = team.company.session(team.company.organisation.administrator, ImmediateWork())
    drawn: list[DrillState] = []
    DrillPresenter(session, drawn.append, lambda _: None, lambda _: None).on_balance_asked()
    assert drawn == []
