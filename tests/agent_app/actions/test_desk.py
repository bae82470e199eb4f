"""How a command becomes rows and an outbox entry (SYNC P1): in one transaction, all of them or none."""

import pytest
from sqlalchemy import Connection

from agent_app.actions.desk import Desk, record
from agent_app.store import drafts
from agent_app.store.changes import StoreChanges
from server_sync.domain.commands import AddNote, Command, Insert, SetPresence
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import Role
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW


@pytest.fixture
def customer(company: Company) -> Insert:
    """A customer of the first agent."""
    agent = company.organisation.north_agents[0]
    made = company.organisation.customer(company.organisation.north, owner=agent)
    company.put(made)
    return made


@pytest.fixture
def desk(company: Company) -> Desk:
    return company.desk(company.organisation.north_agents[0])


def note(desk: Desk, customer: Insert, text: str) -> AddNote:
    return AddNote(desk.ids.new(), customer.row_id, text, NOW)


def nothing_changed(company: Company) -> bool:
    return not any(
        company.rows(f"SELECT 1 FROM {one}") for one in ("activity", "outbox", "base_row", "draft")
    )


def test_effect_outbox_and_what_goes_with_them_are_one_transaction(
    company: Company, desk: Desk, customer: Insert
) -> None:
    def draft(connection: Connection) -> None:
        drafts.merge(connection, b"t" * 16, customer.row_id, None, None, {}, NOW)

    changes = record(desk, [note(desk, customer, "一"), note(desk, customer, "二")], "note", also=draft)
    assert company.rows("SELECT text FROM activity ORDER BY id") == [("一",), ("二",)]
    assert company.rows("SELECT mid, state, recorded_at FROM outbox") == [
        (1, "pending", NOW),
        (2, "pending", NOW),
    ]
    assert len(company.rows("SELECT 1 FROM draft")) == 1
    assert changes == StoreChanges(frozenset({"outbox", "activity"}), frozenset({customer.row_id}), "note")


def test_one_rejection_undoes_all(company: Company, desk: Desk, customer: Insert) -> None:
    with pytest.raises(KnownError) as caught:
        record(desk, [note(desk, customer, "一"), note(desk, customer, "  ")], "note")
    assert (caught.value.kind, caught.value.values) == (ErrorKind.FIELD_MISSING, {"field": "text"})
    assert nothing_changed(company)


def test_what_goes_with_them_undoes_all_when_it_fails(company: Company, desk: Desk, customer: Insert) -> None:
    def broken(connection: Connection) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        record(desk, [note(desk, customer, "一")], "note", also=broken)
    assert nothing_changed(company)
    record(desk, [note(desk, customer, "二")], "note")
    assert company.rows("SELECT mid FROM outbox") == [(1,)], "the number was not used up"


def test_changes_of_no_customer_may_concern_anybody(company: Company, desk: Desk, customer: Insert) -> None:
    commands: list[Command] = [note(desk, customer, "一"), SetPresence(desk.person_id, "busy", None, NOW)]
    changes = record(desk, commands, "test")
    assert changes.customer_ids is None
    assert {"activity", "presence", "outbox"} == changes.tables


def test_a_desk_has_a_person(company: Company, desk: Desk) -> None:
    assert desk.person_id == company.organisation.north_agents[0].person_id
    nobody = company.desk(type(desk.actor)(None, Role.AGENT, None))
    with pytest.raises(ValueError, match="person"):
        _ = nobody.person_id
