"""One task as the workspace shows it: why it is there, its guide, what was already typed."""

import pytest

from agent_app.store import drafts
from agent_app.store.queries import task_sheet
from agent_app.store.queries.task_sheet import TaskSheet
from server_sync.domain.commands import Insert
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW, XFORM


def sheet(company: Company, task_id: bytes) -> TaskSheet | None:
    with company.store.read() as connection:
        return task_sheet.load(connection, task_id)


@pytest.fixture
def task(company: Company) -> Insert:
    organisation = company.organisation
    customer = organisation.customer(organisation.north)
    made = organisation.task(customer, organisation.north_agents[0])
    company.put(customer, made)
    return made


def test_a_task_comes_with_its_plan_and_its_guide(company: Company, task: Insert) -> None:
    company.keep("company", name="云栖家居")
    found = sheet(company, task.row_id)
    assert found is not None
    assert found.guide is not None
    assert (found.plan["name"], found.guide.title, found.guide.version, found.guide.xform) == (
        "新客首访",
        "首访",
        "1",
        XFORM,
    )
    assert (found.assignee, found.appointment_owner, found.draft, found.company_name) == (
        "坐席 03",
        None,
        None,
        "云栖家居",
    )
    assert found.customer_id == task.row["customer_id"]
    assert found.task["due_at"] == task.row["due_at"]


def test_a_task_that_is_not_here_has_no_sheet(company: Company) -> None:
    assert sheet(company, bytes(16)) is None


def test_a_task_of_a_person_alone_has_neither_plan_nor_guide(company: Company, task: Insert) -> None:
    alone = company.organisation.task(
        Insert("customer", {"id": task.row["customer_id"], "team_id": None}),
        None,
        plan_id=None,
        form_version_id=None,
    )
    company.put(alone)
    found = sheet(company, alone.row_id)
    assert found is not None
    assert (found.plan, found.guide, found.assignee) == ({}, None, None)


def test_a_draft_keeps_the_form_version_that_was_on_screen(company: Company, task: Insert) -> None:  # SYNC §5
    row = company.rows("SELECT form_id FROM form_version")[0]
    other = company.ids.new()
    values = {"id": other, "form_id": row[0], "version": "0", "xform": "<old/>", "published_at": 1}
    company.put(Insert("form_version", values))
    with company.store.write() as connection:
        drafts.merge(connection, task.row_id, task.row["customer_id"], other, None, {"a": 1}, NOW)
    found = sheet(company, task.row_id)
    assert found is not None
    assert found.guide is not None
    assert found.draft is not None
    assert (found.guide.version, found.draft.content) == ("0", {"a": 1})
