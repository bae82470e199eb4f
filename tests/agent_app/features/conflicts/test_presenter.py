"""The conflicts list as a sequence of states: looked at, tried again, put away; nothing gets lost."""

from typing import Any

import pytest
from sqlalchemy import insert

from agent_app.actions.session import DeskSession
from agent_app.features.conflicts.presenter import ConflictsPresenter, ConflictsState
from agent_app.ports import Route
from agent_app.store.changes import StoreChanges
from agent_app.store.tables import conflict
from server_sync.domain.commands import AddNote, Command, CorrectCustomer, Insert
from server_sync.domain.errors import ErrorKind
from server_sync.domain.wire.codec import encode_arguments
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.server_sync.organisation import NOW


class Page:
    """A presenter over two refused notes on one customer; what changes is told to it as the hub does."""

    def __init__(self, company: Company, work: ImmediateWork) -> None:
        organisation = company.organisation
        agent = organisation.north_agents[0]
        self.company = company
        self.customer: Insert = organisation.customer(organisation.north, owner=agent, name="客户 A")
        company.put(self.customer)
        for mid, text in ((1, "一"), (2, "二")):
            self.refuse(mid, AddNote(company.ids.new(), self.customer.row_id, text, NOW))
        self.states: list[ConflictsState] = []
        self.routes: list[Route] = []
        session = DeskSession(company.desk(agent), work, self.tell, TIMEZONE)
        self.presenter = ConflictsPresenter(session, self.routes.append, self.states.append)
        self.presenter.start()

    def tell(self, changes: StoreChanges) -> None:
        self.presenter.on_changed(changes)

    def refuse(self, mid: int, recorded: Command, **values: Any) -> None:
        row = {
            "mid": mid,
            "status": "rejected",
            "command": recorded.name,
            "args": encode_arguments(recorded),
            "kind": "not_found",
            "values": {},
            "customer_id": self.customer.row_id,
            "recorded_at": NOW,
            "answered_at": NOW + mid,
        }
        with self.company.store.write() as connection:
            connection.execute(insert(conflict).values(row | values))

    def mids(self) -> list[int]:
        return [entry.mid for entry in self.states[-1].entries]


@pytest.fixture
def page(company: Company, work: ImmediateWork) -> Page:
    return Page(company, work)


def test_open_entries_are_shown_the_latest_first(page: Page) -> None:
    assert (page.mids(), page.states[-1].loaded, page.states[-1].now) == ([2, 1], True, NOW)


def test_an_entry_that_comes_in_is_shown_and_others_changes_are_not_looked_up(page: Page) -> None:
    page.refuse(3, AddNote(bytes(16), page.customer.row_id, "三", NOW))
    page.tell(StoreChanges(frozenset({"task", "customer", "outbox"}), None, "sync"))
    assert page.mids() == [2, 1]
    page.tell(StoreChanges(frozenset({"conflict"}), frozenset(), "sync"))
    assert page.mids() == [3, 2, 1]


def test_what_was_dealt_with_leaves_the_list(page: Page) -> None:
    page.presenter.on_settled(2)
    assert page.mids() == [1]


def test_what_is_sent_again_leaves_the_list_and_waits_for_the_server(page: Page) -> None:
    page.presenter.on_retried(1)
    assert page.mids() == [2]
    assert page.company.rows("SELECT count(*) FROM outbox") == [(1,)]
    assert page.company.rows("SELECT text FROM activity") == [("一",)]


def test_what_still_does_not_hold_stays_and_says_why_until_something_works(page: Page) -> None:
    wrong = CorrectCustomer(page.company.ids.new(), page.customer.row_id, "name", "客户 Z", "客户 B", NOW)
    page.refuse(3, wrong)
    page.tell(StoreChanges(frozenset({"conflict"}), frozenset(), "sync"))
    page.presenter.on_retried(3)
    assert (page.states[-1].error, page.mids()) == (ErrorKind.FIELD_CONFLICT, [3, 2, 1])
    assert page.states[-1].error_values["theirs"] == "客户 A"
    page.presenter.on_settled(3)
    assert (page.states[-1].error, page.mids()) == (None, [2, 1])


def test_the_customer_concerned_is_a_step_away(page: Page) -> None:
    page.presenter.on_customer_asked(page.customer.row_id)
    assert page.routes == [Route("queue"), Route("customer", page.customer.row_id)]


def test_a_bug_goes_up(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("agent_app.features.conflicts.presenter.settle_conflict", broken)
    with pytest.raises(ZeroDivisionError):
        page.presenter.on_settled(1)
