"""The demo company: the same every time, made once, alive in every figure, and nobody real in it."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from server_sync.__main__ import main
from server_sync.accounts.sign_in import SignIn
from server_sync.automation.moments import read_moment
from server_sync.automation.segments import Segmentation
from server_sync.demo import company
from server_sync.demo.build import Demo, make_demo
from server_sync.demo.chance import CountingIds
from server_sync.demo.guides import Guide
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.reading import read_form
from server_sync.domain.forms.scores import score_paths, scores
from server_sync.domain.forms.session import start
from server_sync.domain.model import TABLES
from server_sync.domain.rules import queue_order
from server_sync.domain.rules.permissions import OPEN_STATES
from server_sync.domain.rules.settings import DEFAULTS
from server_sync.jobs import ladders, reminders
from server_sync.jobs.worker import Worker
from server_sync.store.changes import write
from server_sync.store.database import Database, create_schema
from tests.clocks import HandClock
from tests.server_sync.organisation import Organisation

NOW = read_moment("2026-11-20T10:07", company.TIMEZONE)
CALLED_BY = {"complaint_verification", "new_customer_followup"}
Rows = dict[str, list[dict[str, Any]]]


def rows_of(database: Database) -> Rows:
    """All replicated rows by table and id."""
    with database.read() as connection:
        return {
            name: [dict(row) for row in connection.execute(select(table).order_by(table.c.id)).mappings()]
            for name, table in TABLES.items()
        }


def fresh(folder: Path) -> Database:
    file = str(folder / "demo.db")
    create_schema(file)
    return Database(file)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with closing(fresh(tmp_path_factory.mktemp("made"))) as database:
        make_demo(database, 300, NOW)
        yield database


@pytest.fixture(scope="module")
def demo(made: Database) -> Rows:
    return rows_of(made)


def classes(rows: Rows, login: str, now: int) -> Counter[str]:
    """Why the open tasks of a person stand where they do in his queue."""
    (person,) = (row["id"] for row in rows["person"] if row["login"] == login)
    customers = {row["id"]: row for row in rows["customer"]}
    mine = [row for row in rows["task"] if row["assignee_id"] == person and row["state"] in OPEN_STATES]
    return Counter(queue_order.why(row, customers[row["customer_id"]], now, DEFAULTS).kind for row in mine)


def test_the_first_agent_has_all_kinds_of_tasks_to_do(demo: Rows) -> None:
    found = classes(demo, "agent01", NOW)
    kinds = {"appointment_due", "overdue", "vip", "retry", "fresh", "complaint_verification"}
    assert kinds <= set(found)
    assert 20 <= found.total() - found["waiting"] <= 40
    assert found["retry"] >= 2
    assert found["overdue"] >= 2


@pytest.mark.parametrize("now", ["2026-11-20T03:12", "2026-11-20T08:31", "2026-11-22T22:50"])
def test_there_is_something_to_do_whenever_somebody_looks(tmp_path: Path, now: str) -> None:
    at = read_moment(now, company.TIMEZONE)
    with closing(fresh(tmp_path)) as database:
        make_demo(database, 300, at)
        found = classes(rows_of(database), "agent01", at)
    assert found.total() - found["waiting"] >= 15


def test_the_team_has_two_weeks_behind_it(demo: Rows) -> None:
    days = {(row["done_at"] - NOW) // DAY for row in demo["task"] if row["done_at"]}
    assert len(days) >= 14
    by_person: dict[bytes, list[str]] = defaultdict(list)
    for row in demo["attempt"]:
        by_person[row["person_id"]].append(row["disposition"])
        assert row["started_at"] < row["ended_at"] <= NOW
    agents = {row["id"] for row in demo["person"] if row["role"] == "agent"}
    assert set(by_person) == agents
    for dispositions in by_person.values():
        assert 0.4 < dispositions.count("1.1") / len(dispositions) < 0.8
    today = [row for row in demo["task"] if row["done_at"] and row["done_at"] >= NOW - 2 * HOUR]
    assert today
    assert len({(row["csat"], row["nps"]) for row in demo["response"]}) > 5
    assert {row["person_id"] for row in demo["response"]} == agents
    handed_over = [row for row in demo["task"] if row["state"] in OPEN_STATES and row["assignee_id"] is None]
    assert handed_over
    assert all(row["previous_assignees"] for row in handed_over)


def test_its_ladders_remind_of_each_old_task_once(tmp_path: Path) -> None:
    handlers = {ladders.REMIND: reminders.remind, ladders.REPLAN: ladders.replan_some}
    with closing(fresh(tmp_path)) as database:
        make_demo(database, 300, NOW)
        worker = Worker(database, HandClock(NOW), handlers)
        while worker.run_due():
            pass
        rows = rows_of(database)
    assert {row["code"] for row in rows["escalation_policy"]} >= {"complaint", "three_levels", "promises"}
    came = [row for row in rows["reminder"] if row["state"] != "waiting"]
    steps = {(row["task_id"], row["clock_steps"][0]["values"].get("of"), row["step"]) for row in came}
    assert len(steps) == len({(task, of) for task, of, _ in steps})
    assert {"popup", "supervisor"} <= {row["means"] for row in came}


def test_no_rule_stood_against_any_of_its_calls(demo: Rows) -> None:
    assert {row["breach"] for row in demo["attempt"]} == {None}


def test_answers_are_what_the_forms_take(demo: Rows) -> None:
    codes = {row["id"]: row["code"] for row in demo["form"]}
    called_by = {code: row for row in demo["form_version"] if (code := codes[row["form_id"]]) in CALLED_BY}
    assert set(called_by) == CALLED_BY
    assert {row["form_version_id"] for row in demo["response"]} <= {row["id"] for row in called_by.values()}
    for row in called_by.values():
        form = read_form(row["xform"])
        guide = Guide(codes[row["form_id"]], row["id"], score_paths(form))
        for csat in range(1, 6):
            answers = guide.answers({"csat": csat, "nps": 2 * csat})
            known = {"order_summary": "书架", "ticket_summary": "破损"}
            session = start(form, now=NOW, zone=ZoneInfo(company.TIMEZONE), answers=answers, prefill=known)
            assert session.validate() == ()
            assert answers.items() <= session.finalise(NOW).items()
            assert scores(form, answers) == {"csat": csat, "nps": 2 * csat}


def test_everybody_signs_in_as_the_command_says(made: Database) -> None:
    report = Demo(True, 300, NOW).to_json()
    sign_in = SignIn(made, HandClock(NOW))
    ids = CountingIds(NOW)
    roles = {}
    for role in ("agent", "supervisor", "administrator"):
        granted = sign_in(report[role]["login"], report[role]["password"], ids.new(), "demo", "127.0.0.1")
        roles[role] = granted.person["role"]
    assert roles == {role: role for role in roles}


def test_nobody_in_it_is_real(demo: Rows) -> None:
    for row in demo["customer"]:
        assert re.fullmatch(
            r"示例公司 \d{3,}|[甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥]客户 \d{4,}", row["name"]
        ), row["name"]
    for row in demo["person"]:
        assert re.fullmatch(r"坐席 \d\d|主管 \d\d|管理员", row["name"])
    for row in demo["contact_point"]:
        assert re.fullmatch(r"\+86(140\d{8}|210\d{7})", row["value"])


def test_amounts_add_up(demo: Rows) -> None:
    orders: dict[bytes, list[Any]] = defaultdict(list)
    for row in demo["sales_order"]:
        orders[row["customer_id"]].append(row)
    for row in demo["customer"]:
        mine = orders[row["id"]]
        assert row["order_count"] == len(mine)
        assert row["last_order_on"] == max(order["ordered_on"] for order in mine)
        assert row["spent_cents"] == sum(round(float(order["amount"]) * 100) for order in mine)


def test_who_each_customer_is_to_the_company_has_been_worked_out(made: Database, demo: Rows) -> None:
    assert len(demo["segment"]) >= 10
    for row in demo["customer"]:
        for name in ("stage", "rfm", "activity_index", "churn_risk", "lifetime_cents"):
            assert row[name] is not None, name
            assert row["standing_because"][name]["kind"]
    assert sum(bool(row["portrait"].get("preferences")) for row in demo["customer"]) == 300
    assert len({code for row in demo["customer"] for code in row["segment_codes"]}) >= 5
    with made.write(NOW) as tx:
        assert Segmentation(tx, NOW).find() == []


def test_the_same_moment_makes_the_same_company(demo: Rows, tmp_path: Path) -> None:
    with closing(fresh(tmp_path)) as database:
        make_demo(database, 300, NOW)
        again = rows_of(database)
    assert again == demo


def test_a_demo_that_is_there_stays_as_it_is(made: Database, demo: Rows) -> None:
    before = rows_of(made)  # with the computers of who has signed in since
    again = make_demo(made, 1_000, NOW + DAY)
    assert again == Demo(False, 300, NOW)
    assert rows_of(made) == before
    assert before["customer"] == demo["customer"]


def test_made_up_customers_never_mix_with_others(tmp_path: Path) -> None:
    with closing(fresh(tmp_path)) as database:
        organisation = Organisation()
        with database.write(NOW) as tx:
            write(tx, [*organisation.company(), organisation.customer(organisation.north)])
        before = rows_of(database)
        with pytest.raises(KnownError) as refusal:
            make_demo(database, 300, NOW)
        assert refusal.value.kind is ErrorKind.ALREADY_EXISTS
        assert rows_of(database) == before


def test_more_customers_make_no_more_work(tmp_path: Path, demo: Rows) -> None:
    with closing(fresh(tmp_path)) as database:
        make_demo(database, 2_000, NOW)
        rows = rows_of(database)
    assert len(rows["customer"]) == 2_000
    assert abs(classes(rows, "agent01", NOW).total() - classes(demo, "agent01", NOW).total()) < 15


def test_the_command_makes_the_database_too(
    empty_database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["demo", "--database", empty_database_url, "--customers", "100", "--now", "2026-11-20", "--json"]
    assert main(words) == 0
    first = json.loads(capsys.readouterr().out)
    assert main(words) == 0
    second = json.loads(capsys.readouterr().out)
    assert (first["made"], second["made"]) == (True, False)
    assert first["agent"] == second["agent"] == {"login": "agent01", "password": company.PASSWORD}


def test_a_silly_number_of_customers_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "demo.db"
    assert main(["demo", "--database", str(file), "--customers", "3"]) == 2
    assert "customers" in capsys.readouterr().err
    assert not file.exists()
