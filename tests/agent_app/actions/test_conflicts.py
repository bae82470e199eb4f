"""Dealing with what the server refused (SYNC P3): put away, or tried again once, never lost."""

from typing import Any

import pytest
from sqlalchemy import insert

from agent_app.actions.conflicts import retry_conflict, settle_conflict
from agent_app.actions.desk import Desk
from agent_app.store.queries import conflicts
from agent_app.store.tables import conflict
from server_sync.domain.commands import AddNote, Command, CorrectCustomer, Insert
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire.codec import encode_arguments
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW


@pytest.fixture
def customer(company: Company) -> Insert:
    """A customer of the first agent."""
    agent = company.organisation.north_agents[0]
    made = company.organisation.customer(company.organisation.north, owner=agent, name="客户 A")
    company.put(made)
    return made


@pytest.fixture
def desk(company: Company) -> Desk:
    return company.desk(company.organisation.north_agents[0])


def refuse(company: Company, mid: int, recorded: Command, **values: Any) -> None:
    row = {
        "mid": mid,
        "status": "rejected",
        "command": recorded.name,
        "args": encode_arguments(recorded),
        "kind": "not_found",
        "values": {},
        "recorded_at": NOW - 9,
        "answered_at": NOW - 5,
    }
    with company.store.write() as connection:
        connection.execute(insert(conflict).values(row | values))


def open_ones(company: Company) -> list[int]:
    with company.store.read() as connection:
        return [one.mid for one in conflicts.unsettled(connection)]


def test_what_was_dealt_with_is_put_away_and_kept(company: Company, desk: Desk, customer: Insert) -> None:
    for mid in (1, 2):
        refuse(company, mid, AddNote(company.ids.new(), customer.row_id, "一", NOW))
    changes = settle_conflict(desk, 1)
    assert open_ones(company) == [2]
    assert changes.tables == {"conflict"}
    assert company.rows("SELECT mid, settled_at FROM conflict") == [(1, NOW), (2, None)]


def test_what_holds_now_is_recorded_anew_and_put_away(company: Company, desk: Desk, customer: Insert) -> None:
    note = AddNote(company.ids.new(), customer.row_id, "一", NOW - 9)
    refuse(company, 7, note)
    changes = retry_conflict(desk, 7)
    assert company.rows("SELECT text, happened_at FROM activity") == [("一", NOW - 9)]
    assert company.rows("SELECT mid, command, args FROM outbox") == [(1, note.name, encode_arguments(note))]
    assert open_ones(company) == []
    assert changes.tables >= {"conflict", "outbox", "activity"}


def test_what_still_does_not_hold_stays_open(company: Company, desk: Desk, customer: Insert) -> None:
    refuse(
        company,
        1,
        CorrectCustomer(company.ids.new(), customer.row_id, "name", "客户 Z", "客户 B", NOW),
        kind=ErrorKind.FIELD_CONFLICT.value,
    )
    with pytest.raises(KnownError) as caught:
        retry_conflict(desk, 1)
    assert caught.value.kind is ErrorKind.FIELD_CONFLICT
    assert open_ones(company) == [1]
    assert company.rows("SELECT 1 FROM outbox") == []


def test_pressed_twice_it_is_sent_once(company: Company, desk: Desk, customer: Insert) -> None:
    refuse(company, 1, AddNote(company.ids.new(), customer.row_id, "一", NOW))
    retry_conflict(desk, 1)
    retry_conflict(desk, 1)
    assert len(company.rows("SELECT 1 FROM outbox")) == 1


def test_recording_and_putting_away_are_one(
    company: Company, desk: Desk, customer: Insert, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    refuse(company, 1, AddNote(company.ids.new(), customer.row_id, "一", NOW))
    with monkeypatch.context() as at_the_end:
        at_the_end.setattr("agent_app.actions.conflicts._settle", killed)
        with pytest.raises(KeyboardInterrupt):
            retry_conflict(desk, 1)
    assert open_ones(company) == [1]
    assert company.rows("SELECT 1 FROM outbox") == []


def test_what_this_program_cannot_read_is_refused_and_stays(
    company: Company, desk: Desk, customer: Insert
) -> None:
    refuse(company, 1, AddNote(company.ids.new(), customer.row_id, "一", NOW), command="sing@1")
    with pytest.raises(KnownError) as caught:
        retry_conflict(desk, 1)
    assert caught.value.kind is ErrorKind.UNKNOWN_COMMAND
    assert open_ones(company) == [1]
