"""The presenter of the figures: whose and of when they are, what opening them leads to, when they are counted anew."""

from itertools import pairwise

import pytest

from agent_app.actions.session import DeskSession
from agent_app.features.team.presenter import FiguresPresenter
from agent_app.features.team.presenter.figures import PATIENCE
from agent_app.features.team.presenter.periods import period_of, trend_days
from agent_app.features.team.state import Entry, Span, TeamState
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.task_list import PlanOf, TaskFilter
from agent_app.store.queries.task_parts import Part, Period, Whose
from server_sync.domain.clock import DAY, HOUR, MINUTE, SECOND
from server_sync.domain.rules.local_time import day_number
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company
from tests.agent_app.team_desk import MIDNIGHT
from tests.server_sync.organisation import NOW

TASKS = StoreChanges(frozenset(("task",)), None, "sync")
TODAY = Period(MIDNIGHT, MIDNIGHT + DAY)


class Watched:
    """A presenter with what it drew and opened."""

    def __init__(self, session: DeskSession) -> None:
        self.drawn: list[TeamState] = []
        self.opened: list[TaskFilter] = []
        self.presenter = FiguresPresenter(session, self.drawn.append, self.opened.append)

    @property
    def state(self) -> TeamState:
        return self.drawn[-1]


@pytest.fixture
def figures(session: DeskSession) -> Watched:
    made = Watched(session)
    made.presenter.on_seen(True)
    return made


def test_nothing_is_counted_before_the_place_is_seen(session: DeskSession, work: ImmediateWork) -> None:
    unseen = Watched(session)
    unseen.presenter.on_changed(TASKS)
    unseen.presenter.on_tick(NOW + HOUR)
    assert work.lanes == []
    unseen.presenter.on_seen(True)
    assert unseen.state.sheet is not None
    assert unseen.state.sheet.team == "北区"


def test_choosing_a_person_shows_his_figures(figures: Watched, company: Company) -> None:
    agent = company.organisation.north_agents[1].person_id
    assert agent is not None
    figures.presenter.on_chosen(agent)
    sheet, member = figures.state.sheet, figures.state.member
    assert sheet is not None
    assert member is not None
    assert sheet.shown == member.figures != sheet.total


def test_a_person_who_is_gone_gives_way_to_the_whole_team(figures: Watched, company: Company) -> None:
    figures.presenter.on_chosen(company.organisation.south_agents[0].person_id or b"")
    assert figures.state.chosen is Entry.ALL
    assert figures.state.sheet is not None
    assert figures.state.sheet.shown == figures.state.sheet.total


def test_cards_cells_and_bars_open_the_tasks_they_count(figures: Watched, company: Company) -> None:
    org = company.organisation
    agent, presenter = org.north_agents[1].person_id or b"", figures.presenter
    day = Period(MIDNIGHT - DAY, MIDNIGHT)
    presenter.on_part_opened(Part.DUE)
    presenter.on_cell_opened(agent, Part.OVERDUE)
    presenter.on_day_opened(day)
    presenter.on_plan_opened(None)
    presenter.on_result_opened("3.13")
    team, one = Whose(org.north), Whose(org.north, agent)
    assert figures.opened == [
        TaskFilter(Part.DUE, team, TODAY),
        TaskFilter(Part.OVERDUE, one, TODAY),
        TaskFilter(Part.DUE, team, day),
        TaskFilter(Part.DUE, team, TODAY, plan=PlanOf(None)),
        TaskFilter(Part.DIALLED, team, TODAY, disposition="3.13"),
    ]
    presenter.on_chosen(agent)
    presenter.on_part_opened(Part.DONE)
    assert figures.opened[-1] == TaskFilter(Part.DONE, one, TODAY)


def test_the_entries_of_overdue_and_of_nobodys_tasks_open_them(figures: Watched, company: Company) -> None:
    org = company.organisation
    figures.presenter.on_chosen(Entry.OVERDUE)
    figures.presenter.on_chosen(Entry.NOBODYS)
    assert figures.opened == [
        TaskFilter(Part.OVERDUE, Whose(org.north), TODAY),
        TaskFilter(Part.WAITING, Whose(org.north, nobodys=True), TODAY),
    ]


def test_an_administrator_sees_all_teams(company: Company, work: ImmediateWork) -> None:
    watched = Watched(company.session(company.organisation.administrator, work))
    watched.presenter.on_seen(True)
    watched.presenter.on_part_opened(Part.WAITING)
    assert watched.opened[0].whose == Whose(None)
    assert watched.state.sheet is not None
    assert watched.state.sheet.team is None


def test_while_pages_arrive_figures_are_counted_only_now_and_then(figures: Watched, company: Company) -> None:
    count = len(figures.drawn)
    figures.presenter.on_changed(TASKS)
    figures.presenter.on_tick(NOW + SECOND)
    assert len(figures.drawn) == count
    figures.presenter.on_tick(NOW + PATIENCE)
    assert len(figures.drawn) == count + 1
    company.clock.at = NOW + PATIENCE
    figures.presenter.on_changed(StoreChanges(frozenset(("task",)), None, "reassign"))
    assert len(figures.drawn) == count + 2


def test_once_a_minute_what_has_fallen_due_is_counted(figures: Watched, company: Company) -> None:
    before = figures.state.sheet
    company.clock.at = NOW + 3 * HOUR
    figures.presenter.on_tick(company.clock.at)
    after = figures.state.sheet
    assert before is not None
    assert after is not None
    assert after.total.overdue > before.total.overdue
    count = len(figures.drawn)
    figures.presenter.on_tick(company.clock.at + MINUTE - 1)
    assert len(figures.drawn) == count


def test_changes_of_other_tables_change_no_figure(figures: Watched) -> None:
    count = len(figures.drawn)
    figures.presenter.on_changed(StoreChanges(frozenset(("customer", "outbox")), None, "note"))
    assert len(figures.drawn) == count


@pytest.mark.parametrize(
    ("span", "first", "after"),
    [
        (Span.TODAY, "2026-10-01", "2026-10-02"),
        (Span.WEEK, "2026-09-28", "2026-10-05"),
        (Span.MONTH, "2026-10-01", "2026-11-01"),
    ],
)
def test_periods_are_whole_days_weeks_and_months_of_the_companys_clock(
    span: Span, first: str, after: str
) -> None:
    begins, ends = (day_number(day) * DAY - 8 * HOUR for day in (first, after))
    assert period_of(span, NOW, "Asia/Shanghai") == Period(begins, ends)


def test_the_trend_ends_today_and_keeps_days_whole_where_clocks_jump() -> None:
    moment = day_number("2026-11-05") * DAY + 15 * HOUR
    days = trend_days(moment, "America/New_York")
    assert len(days) == 14
    assert all(one.ends_at == other.begins_at for one, other in pairwise(days))
    lengths = [day.ends_at - day.begins_at for day in days]
    assert sorted(lengths) == [DAY] * 13 + [25 * HOUR]
    assert days[-1].begins_at <= moment < days[-1].ends_at
