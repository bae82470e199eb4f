"""The team's figures against SQL written by hand, and the lists behind them against the figures."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_app.store.queries import task_list, team
from agent_app.store.queries.task_list import Order, PlanOf, TaskFilter
from agent_app.store.queries.task_parts import Part, Period, Whose
from agent_app.store.queries.team import Figures, TeamSheet
from server_sync.domain.clock import DAY, HOUR
from tests.agent_app.desk import Company, open_company
from tests.agent_app.team_desk import MIDNIGHT, a_working_day, answers, call, corrected, hold_team
from tests.server_sync.organisation import NOW

TODAY = Period(MIDNIGHT, MIDNIGHT + DAY)
DAYS = [Period(MIDNIGHT - n * DAY, MIDNIGHT - (n - 1) * DAY) for n in range(13, -1, -1)]

TASKS_BY_HAND = """
SELECT count(CASE WHEN state IN ('open', 'accepted') THEN 1 END),
       count(CASE WHEN state IN ('open', 'accepted') AND due_at < ?2 THEN 1 END),
       count(CASE WHEN state != 'cancelled' AND due_at >= ?3 AND due_at < ?4 THEN 1 END),
       count(CASE WHEN state = 'done' AND disposition IN ('1.1', '1.1o') AND due_at >= ?3 AND due_at < ?4 THEN 1 END),
       count(CASE WHEN state = 'cancelled' AND due_at >= ?3 AND due_at < ?4 THEN 1 END),
       count(CASE WHEN state = 'done' AND done_at >= ?3 AND done_at < ?4 THEN 1 END)
FROM task WHERE team_id = ?1 AND (?5 IS NULL OR assignee_id = ?5)
"""
CALLS_BY_HAND = """
SELECT count(*), count(CASE WHEN answered = 1 THEN 1 END) FROM attempt JOIN person ON person.id = attempt.person_id
WHERE person.team_id = ?1 AND ended_at >= ?3 AND ended_at < ?4 AND (?5 IS NULL OR person.id = ?5) AND ?2 IS NOT NULL
"""
ANSWERS_BY_HAND = """
SELECT count(*), coalesce(sum(csat), 0), count(csat), count(CASE WHEN csat IN (4, 5) THEN 1 END),
       count(CASE WHEN nps IN (9, 10) THEN 1 END), count(CASE WHEN nps BETWEEN 0 AND 6 THEN 1 END), count(nps)
FROM response JOIN person ON person.id = response.person_id
WHERE person.team_id = ?1 AND recorded_at >= ?3 AND recorded_at < ?4 AND (?5 IS NULL OR person.id = ?5)
AND ?2 IS NOT NULL
"""


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    made = open_company(tmp_path)
    a_working_day(made)
    yield made
    made.store.close()


def sheet(company: Company, person_id: bytes | None = None, period: Period = TODAY) -> TeamSheet:
    with company.store.read() as connection:
        whose = Whose(company.organisation.north, person_id)
        return team.load(connection, whose, period, NOW, DAYS)


def by_hand(company: Company, person_id: bytes | None, period: Period = TODAY) -> Figures:
    values: list[object] = []
    for sql in (TASKS_BY_HAND, CALLS_BY_HAND, ANSWERS_BY_HAND):
        north = company.organisation.north
        values += company.rows(sql, north, NOW, period.begins_at, period.ends_at, person_id)[0]
    return Figures(*values)  # type: ignore[arg-type]  # counts, in the order of the fields


def listed(company: Company, wanted: TaskFilter, **order: object) -> tuple[bytes, ...]:
    with company.store.read() as connection:
        return task_list.load(connection, wanted, NOW, **order)  # type: ignore[arg-type]  # order and direction


@pytest.mark.parametrize("days", [1, 4, 21])
def test_every_figure_is_that_of_sql_written_by_hand(company: Company, days: int) -> None:
    period = Period(MIDNIGHT - (days - 1) * DAY, MIDNIGHT + DAY)
    shown = sheet(company, period=period)
    assert shown.total == by_hand(company, None, period)
    assert min(shown.total.due, shown.total.done, shown.total.dialled, shown.total.nps_count) > 0
    agents = company.organisation.north_agents
    assert [member.person_id for member in shown.members] == [agent.person_id for agent in agents]
    for member in shown.members:
        assert member.figures == by_hand(company, member.person_id, period)
        assert sheet(company, member.person_id, period).shown == member.figures


def test_the_rows_of_the_table_and_what_nobody_has_add_up_to_the_whole(company: Company) -> None:
    shown = sheet(company)
    parts = [member.figures for member in shown.members] + [shown.nobodys]
    assert shown.total.waiting == sum(part.waiting for part in parts)
    assert shown.total.overdue == sum(part.overdue for part in parts)
    assert shown.total.due == sum(part.due for part in parts)
    assert shown.nobodys.waiting == 2


def test_each_day_of_the_trend_is_a_day_counted_alone(company: Company) -> None:
    for person_id in (None, company.organisation.north_agents[1].person_id):
        shown = sheet(company, person_id)
        assert [day.period for day in shown.days] == DAYS
        for day in shown.days:
            alone = by_hand(company, person_id, day.period)
            figures = day.figures
            assert (figures.due, figures.completed) == (alone.due, alone.completed)
            assert (figures.dialled, figures.answered) == (alone.dialled, alone.answered)
        assert sum(day.figures.dialled for day in shown.days) > 8


def test_a_corrected_score_counts_once_where_the_first_did(company: Company) -> None:
    org = company.organisation
    whole = Period(MIDNIGHT, MIDNIGHT + 2 * DAY)
    before = sheet(company, period=whole).total
    customer = org.customer(org.north)
    task = org.task(customer, org.north_agents[0])
    attempt = call(company, task, org.north_agents[0], NOW, "1.1")
    first = answers(company, attempt, csat=1)
    company.put(customer, task, attempt, first)
    corrected(company, corrected(company, first, csat=2, nps=3), csat=5, nps=10)
    after = sheet(company, period=whole).total
    assert sheet(company).total.csat_sum == after.csat_sum == before.csat_sum + 5
    assert (after.responses, after.csat_count) == (before.responses + 1, before.csat_count + 1)
    assert (after.satisfied, after.promoters) == (before.satisfied + 1, before.promoters + 1)
    assert (after.detractors, after.nps_count) == (before.detractors, before.nps_count + 1)
    assert sheet(company, org.north_agents[0].person_id, whole).shown.promoters == after.promoters - sum(
        sheet(company, agent.person_id, whole).shown.promoters for agent in org.north_agents[1:]
    )
    for part, count in ((Part.RATED, after.csat_count), (Part.RECOMMENDED, after.nps_count)):
        wanted = TaskFilter(part, whose=Whose(org.north), period=whole)
        assert len(listed(company, wanted)) == count


def test_a_rate_without_a_denominator_is_none() -> None:
    nothing = Figures()
    rates = (
        nothing.completion,
        nothing.connect,
        nothing.csat,
        nothing.satisfaction,
        nothing.nps,
        nothing.nps_interval,
    )
    assert rates == (None,) * 6


def test_nps_and_its_interval_follow_the_dictionary() -> None:
    figures = Figures(promoters=60, detractors=19, nps_count=100)
    assert figures.nps == 41
    low, high = figures.nps_interval or (0, 0)
    # 196 · √((0.60 + 0.19 − 0.41²) / 100) = 15.46
    assert (round(low, 2), round(high, 2)) == (25.54, 56.46)
    assert Figures(promoters=1, nps_count=1).nps_interval == (100, 100)
    assert Figures(promoters=1, detractors=1, nps_count=2).nps_interval == (-100, 100)


def test_a_task_of_another_team_is_not_counted_though_its_customer_is_known_here(company: Company) -> None:
    org = company.organisation
    assert all(member.team == "北区" for member in sheet(company).members)
    with company.store.read() as connection:
        everybody = team.load(connection, Whose(None), TODAY, NOW, DAYS)
    assert everybody.team is None
    south = {agent.person_id for agent in org.south_agents}
    assert [member.figures.waiting for member in everybody.members if member.person_id in south] == [1]
    hold_team(company, org.north, org.south)
    with company.store.read() as connection:
        members = team.load(connection, Whose(None), TODAY, NOW, DAYS).members
    assert len(members) == 5


def test_presence_is_as_last_heard(company: Company) -> None:
    heard = [(member.state, member.pause_reason) for member in sheet(company).members]
    assert heard == [("on_call", None), ("break", "meal"), (None, None)]


@pytest.mark.parametrize("part", Part)
def test_behind_every_figure_stand_exactly_its_tasks(company: Company, part: Part) -> None:
    period = Period(MIDNIGHT - 9 * DAY, MIDNIGHT + DAY)
    for person_id in (None, *(agent.person_id for agent in company.organisation.north_agents)):
        figures = sheet(company, person_id, period).shown
        ids = listed(company, TaskFilter(part, Whose(company.organisation.north, person_id), period))
        counted = {
            Part.WAITING: figures.waiting,
            Part.OVERDUE: figures.overdue,
            Part.DUE: figures.due,
            Part.COMPLETED: figures.completed,
            Part.CANCELLED: figures.cancelled,
            Part.DONE: figures.done,
            Part.DIALLED: figures.dialled,
            Part.ANSWERED: figures.answered,
            Part.RATED: figures.csat_count,
            Part.RECOMMENDED: figures.nps_count,
        }[part]
        assert len(ids) == len(set(ids)) == counted


def test_a_task_called_twice_is_listed_once(company: Company) -> None:
    org = company.organisation
    agent = org.north_agents[0]
    customer = org.customer(org.north)
    task = org.task(customer, agent, attempt_count=2)
    first, second = (call(company, task, agent, NOW - n * HOUR, "3.12") for n in (2, 1))
    company.put(customer, task, first, second, answers(company, second, csat=5))
    counted = next(result for result in sheet(company).results if result.disposition == "3.12")
    assert counted.calls == 2
    busy = TaskFilter(Part.DIALLED, Whose(org.north), TODAY, disposition="3.12")
    assert listed(company, busy) == (task.row_id,)


def test_plans_and_results_are_counted_and_lead_to_their_tasks(company: Company) -> None:
    org, shown = company.organisation, sheet(company)
    assert {plan.plan_id for plan in shown.plans} == {org.plan, None}
    assert sum(plan.due for plan in shown.plans) == shown.total.due
    for plan in shown.plans:
        wanted = TaskFilter(Part.DUE, Whose(org.north), TODAY, PlanOf(plan.plan_id))
        assert len(listed(company, wanted)) == plan.due
    assert sum(result.calls for result in shown.results) == shown.total.dialled


def test_nobodys_tasks_can_be_listed(company: Company) -> None:
    org = company.organisation
    ids = listed(company, TaskFilter(Part.WAITING, Whose(org.north, nobodys=True), TODAY))
    assert len(ids) == 2
    with company.store.read() as connection:
        rows = task_list.rows(connection, ids)
    assert [rows[one].in_pool for one in ids] == [False, True]
    assert {row.assignee for row in rows.values()} == {None}
    assert {row.name for row in rows.values()} == {"王*"}


@pytest.mark.parametrize("order", Order)
def test_the_list_is_sorted_by_each_column_both_ways(company: Company, order: Order) -> None:
    wanted = TaskFilter(Part.WAITING, Whose(company.organisation.north), TODAY)
    up, down = listed(company, wanted, order=order), listed(company, wanted, order=order, descending=True)
    assert set(up) == set(down)
    if order is Order.DUE:
        with company.store.read() as connection:
            rows = task_list.rows(connection, up)
        due = [rows[one].due_at for one in up]
        assert due == sorted(due)
        assert [rows[one].due_at for one in down] == sorted(due, reverse=True)


def test_only_open_tasks_can_be_moved(company: Company) -> None:
    org = company.organisation
    wanted = TaskFilter(Part.DUE, Whose(org.north), TODAY)
    ids = listed(company, wanted)
    with company.store.read() as connection:
        movable = task_list.movable(connection, ids)
        rows = task_list.rows(connection, ids)
    assert [one.task_id for one in movable] == [one for one in ids if rows[one].state == "open"]
    assert 0 < len(movable) < len(ids)


def test_those_who_can_be_given_tasks_come_with_the_least_loaded_first(company: Company) -> None:
    with company.store.read() as connection:
        members = team.loads(connection, company.organisation.north, NOW)
    loads = [member.figures.waiting for member in members]
    assert len(loads) == 3
    assert loads == sorted(loads)
