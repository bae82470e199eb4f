"""Plans over the sample workbook of the shared data give the tasks that plain SQL, written by hand, finds as well."""

from typing import Any

import pytest
from sqlalchemy import text

from server_sync.automation.run_report import PlanRunReport
from server_sync.domain.commands import Insert
from server_sync.domain.model import Role
from server_sync.intake.workbook import Workbook, read_workbook_file
from server_sync.store.database import Database
from tests.clocks import HandClock
from tests.server_sync.automation.planning import AFTER_ORDER, BATCH, SILENCE, Centre
from tests.server_sync.intake.conftest import SUPERSTORE
from tests.server_sync.intake.importing import take_in
from tests.server_sync.organisation import NOW, CountedIds, Organisation

END_OF_2017 = 1_514_735_999_999  # 2017-12-31 23:59:59.999 in Shanghai
MONDAY_NINE = 1_514_768_400_000  # 2018-01-01 09:00: the company has no calendar of holidays here
HOME = {"combinator": "and", "rules": [{"field": "segment", "operator": "=", "value": "公司"}]}


@pytest.fixture
def superstore() -> Workbook:
    if not SUPERSTORE.exists():
        pytest.skip("the shared sample workbook is not beside this clone")
    return read_workbook_file(SUPERSTORE)


@pytest.fixture
def company(database: Database, superstore: Workbook) -> Centre:
    """The workbook imported, with three agents in each regional team."""
    take_in(database, superstore)
    centre = Centre(database, Organisation(), HandClock(NOW), CountedIds(lane=5))
    teams = [row["id"] for row in centre.rows("team")]
    centre.put(
        *(
            Insert(
                "person",
                {
                    "id": centre.ids.new(),
                    "login": f"agent{place}-{number}",
                    "name": f"坐席 {place}{number}",
                    "role": Role.AGENT,
                    "team_id": team,
                    "active": True,
                    "daily_capacity": 1_000,
                },
            )
            for place, team in enumerate(teams)
            for number in range(3)
        )
    )
    return centre


def found(centre: Centre, query: str) -> list[tuple[Any, ...]]:
    with centre.database.read() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def made(centre: Centre, reason: str) -> list[dict[str, Any]]:
    return [task for task in centre.tasks() if task["reason"] == reason]


def by_code(report: PlanRunReport, code: str) -> int:
    return next(one.made for one in report.plans if one.code == code)


def test_the_tasks_of_the_end_of_2017_are_those_that_plain_sql_finds(company: Centre) -> None:
    company.plan(AFTER_ORDER, priority=60)
    company.plan(SILENCE, audience=HOME, priority=50)
    company.plan(BATCH, audience=HOME, priority=40)
    report = company.run(as_of=END_OF_2017)

    # the last order of each customer whose third day was on 2017-12-31 or in the seven days before
    orders = found(
        company,
        """
        SELECT c.code, max(o.ordered_on || ' ' || o.number)
        FROM sales_order o JOIN customer c ON c.id = o.customer_id
        WHERE o.ordered_on BETWEEN '2017-12-21' AND '2017-12-28'
        GROUP BY c.code ORDER BY c.code
        """,
    )
    tasks = made(company, "days_after_order")
    assert len(orders) == by_code(report, "first") > 20
    assert [
        (task["code"], f"{task['reason_values']['ordered_on']} {task['reason_values']['order']}")
        for task in tasks
    ] == orders

    # companies that have ordered nothing since 2017-12-16 (nobody was ever called)
    silent = found(
        company,
        """
        SELECT c.code, max(o.ordered_on)
        FROM customer c JOIN sales_order o ON o.customer_id = c.id
        WHERE c.segment = '公司' AND o.ordered_on <= '2017-12-31'
        GROUP BY c.code HAVING max(o.ordered_on) <= '2017-12-16' ORDER BY c.code
        """,
    )
    tasks = made(company, "silence")
    assert len(silent) == by_code(report, "silent") > 100
    assert [(task["code"], task["reason_values"]["since_on"]) for task in tasks] == silent

    # the batch goes to all companies
    everyone = found(company, "SELECT code FROM customer WHERE segment = '公司' ORDER BY code")
    assert [(task["code"],) for task in made(company, "batch")] == everyone

    everything = company.tasks()
    assert {task["available_at"] for task in everything} == {MONDAY_NINE}
    team_of_task_and_customer = found(
        company,
        """
        SELECT DISTINCT t.team_id = c.team_id, t.team_id = p.team_id
        FROM task t JOIN customer c ON c.id = t.customer_id JOIN person p ON p.id = t.assignee_id
        """,
    )
    assert team_of_task_and_customer == [(True, True)]
    loads = found(company, "SELECT team_id, count(*) FROM task GROUP BY team_id, assignee_id")
    for team in {team for team, _ in loads}:
        of_team = [count for other, count in loads if other == team]
        assert max(of_team) - min(of_team) <= 1

    again = company.run(as_of=END_OF_2017)
    assert again.made == 0
    assert company.tasks() == everything
