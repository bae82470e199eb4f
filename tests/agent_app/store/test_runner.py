"""A command at a desk: its decision, its rows, and the server's version of what it touched (SYNC P4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from sqlalchemy import Connection

from agent_app.store import runner
from agent_app.store.rows import StoreRows
from server_sync.domain.commands import (
    Accepted,
    Actor,
    AddNote,
    Change,
    CorrectCustomer,
    Decision,
    FinishAttempt,
    Insert,
    Need,
    Rejected,
    Rows,
    StartAttempt,
    Update,
)
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import TABLES
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW


@dataclass(frozen=True)
class Make:
    """A command that just makes the changes that it is given."""

    name: ClassVar[str] = "make@1"
    changes: tuple[Change, ...]
    needs: tuple[Need, ...] = ()

    def reads(self) -> Iterable[Need]:
        return self.needs

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        return Accepted(self.changes)


@pytest.fixture
def customer(company: Company) -> Insert:
    """A customer of the first agent, as the server has him."""
    agent = company.organisation.north_agents[0]
    made = company.organisation.customer(
        company.organisation.north, owner=agent, name="客户 A", tags=["老客"]
    )
    company.put(made)
    return made


def run(company: Company, *commands: Any) -> list[Decision]:
    with company.store.write() as connection:
        return runner.run(connection, commands, company.organisation.north_agents[0], NOW)


def restore(company: Company, customers: set[bytes | None] | None = None) -> set[str]:
    with company.store.write() as connection:
        return runner.restore_base(connection, customers)


def note(company: Company, customer: Insert, text: str = "一") -> AddNote:
    return AddNote(company.ids.new(), customer.row_id, text, NOW)


def whole(company: Company, table: str) -> list[tuple[object, ...]]:
    return company.rows(f'SELECT * FROM "{table}" ORDER BY id')


def test_an_accepted_command_is_in_the_store_and_its_base_beside_it(
    company: Company, customer: Insert
) -> None:
    (decision,) = run(company, CorrectCustomer(company.ids.new(), customer.row_id, "city", None, "杭州", NOW))
    assert isinstance(decision, Accepted)
    assert company.rows("SELECT city FROM customer") == [("杭州",)]
    kept = company.rows("SELECT kind, customer_id, row IS NULL FROM base_row ORDER BY kind")
    assert kept == [("activity", customer.row_id, 1), ("customer", customer.row_id, 0)]


def test_a_rejected_command_writes_nothing(company: Company, customer: Insert) -> None:
    before = whole(company, "customer")
    (decision,) = run(company, CorrectCustomer(company.ids.new(), customer.row_id, "name", "甲", "", NOW))
    assert isinstance(decision, Rejected)
    assert whole(company, "customer") == before
    assert company.rows("SELECT 1 FROM base_row") == []


def test_restoring_brings_back_every_column_as_it_was(company: Company, customer: Insert) -> None:
    before = whole(company, "customer")
    run(
        company,
        CorrectCustomer(company.ids.new(), customer.row_id, "city", None, "杭州", NOW),
        CorrectCustomer(company.ids.new(), customer.row_id, "name", "客户 A", "客户 B", NOW),
        note(company, customer),
    )
    assert restore(company) == {"customer", "activity"}
    assert whole(company, "customer") == before
    assert whole(company, "activity") == []
    assert company.rows("SELECT 1 FROM base_row") == []


def test_the_base_is_the_servers_version_however_often_a_row_is_touched(
    company: Company, customer: Insert
) -> None:
    before = whole(company, "customer")
    for seen, city in ((None, "杭州"), ("杭州", "宁波"), ("宁波", "温州")):
        run(company, CorrectCustomer(company.ids.new(), customer.row_id, "city", seen, city, NOW))
    restore(company)
    assert whole(company, "customer") == before


def test_one_dossier_is_restored_and_the_others_stay(company: Company, customer: Insert) -> None:
    other = company.organisation.customer(None, owner=company.organisation.north_agents[0], name="客户 B")
    company.put(other)
    run(company, note(company, customer, "甲"), note(company, other, "乙"))
    restore(company, {customer.row_id})
    assert company.rows("SELECT text FROM activity") == [("乙",)]
    assert company.rows("SELECT customer_id FROM base_row") == [(other.row_id,)]


def test_rows_of_no_dossier_are_restored_by_name_alone(company: Company) -> None:
    agent = company.organisation.north_agents[0].person_id
    presence = {"id": agent, "team_id": company.organisation.north, "state": "ready", "since_at": NOW}
    run(company, Make((Insert("presence", presence),)))
    restore(company, {company.ids.new()})
    assert len(whole(company, "presence")) == 1
    restore(company, {None})
    assert whole(company, "presence") == []


def test_commands_of_one_run_see_what_those_before_them_decided(company: Company, customer: Insert) -> None:
    agent = company.organisation.north_agents[0]
    task = company.organisation.task(customer, agent)
    company.put(task)
    attempt = company.ids.new()
    decisions = run(
        company,
        StartAttempt(attempt, task.row_id, customer.row_id, None, "phone", NOW),
        FinishAttempt(attempt, task.row_id, customer.row_id, "1.1", "好", NOW, 61_000),
        FinishAttempt(attempt, task.row_id, customer.row_id, "1.1", "好", NOW, 61_000),
    )
    assert [type(one) for one in decisions] == [Accepted, Accepted, Rejected]
    assert company.rows("SELECT state, disposition, attempt_count FROM task") == [("done", "1.1", 1)]
    assert company.rows("SELECT talk_ms, answered FROM attempt") == [(61_000, 1)]


def test_a_row_that_is_there_already_is_not_made_again(company: Company, customer: Insert) -> None:
    (decision,) = run(company, Make((Insert("customer", {**customer.row, "name": "假"}),)))
    assert isinstance(decision, Rejected)
    assert decision.kind is ErrorKind.ALREADY_EXISTS
    assert company.rows("SELECT name FROM customer") == [("客户 A",)]


def test_a_change_of_a_row_that_is_not_here_changes_nothing(company: Company) -> None:
    run(company, Make((Update("customer", company.ids.new(), {"name": "谁"}),)))
    assert whole(company, "customer") == []
    assert company.rows("SELECT 1 FROM base_row") == []


# ---- rows as commands see them


def seen(connection: Connection, *needs: Need) -> StoreRows:
    return StoreRows(connection, needs)


def test_rows_come_in_the_domains_own_values(company: Company, customer: Insert) -> None:
    agent = company.organisation.north_agents[0]
    company.put(company.organisation.task(customer, agent, previous_assignees=["ab"]))
    with company.store.read() as connection:
        rows = seen(
            connection, Need("task", customer.row_id, "customer_id"), Need("customer", customer.row_id)
        )
        (task,) = rows.where("task", "customer_id", customer.row_id)
        found = rows.get("customer", customer.row_id)
    assert found is not None
    assert (found["tags"], found["field_stamps"]) == (["老客"], {})
    assert (task["in_pool"], task["previous_assignees"]) == (False, ["ab"])
    assert set(task) == set(TABLES["task"].c.keys())


def test_what_no_need_named_is_still_found(company: Company, customer: Insert) -> None:
    with company.store.read() as connection:
        rows = seen(connection)
        assert rows.get("customer", customer.row_id) is not None
        assert rows.get("customer", bytes(16)) is None
        assert rows.where("task", "customer_id", customer.row_id) == []


def test_groups_follow_what_was_laid_over(company: Company, customer: Insert) -> None:
    agent = company.organisation.north_agents[0]
    first = company.organisation.task(customer, agent)
    company.put(first)
    second = company.organisation.task(customer, agent)
    with company.store.read() as connection:
        rows = seen(connection, Need("task", customer.row_id, "customer_id"))
        rows.lay_over([second, Update("task", first.row_id, {"customer_id": bytes(16)})])
        assert [row["id"] for row in rows.where("task", "customer_id", customer.row_id)] == [second.row_id]
        assert [row["id"] for row in rows.where("task", "customer_id", bytes(16))] == [first.row_id]


def test_many_needs_at_once_are_fetched_whole(company: Company) -> None:
    customers = [company.organisation.customer(None) for _ in range(1_203)]
    company.put(*customers)
    with company.store.read() as connection:
        rows = seen(connection, *(Need("customer", one.row_id) for one in customers))
        assert all(rows.get("customer", one.row_id) is not None for one in customers)
