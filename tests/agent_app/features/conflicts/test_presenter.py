"""The conflicts room as a sequence of states: looked at, tried again, handed over, settled; nothing gets lost."""

import pytest

from agent_app.features.conflicts.presenter import ConflictsPresenter
from agent_app.features.conflicts.state import ConflictsState, Whose
from agent_app.ports import Route
from agent_app.store.changes import StoreChanges
from server_sync.domain.errors import ErrorKind
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company
from tests.agent_app.features.conflicts.room import MINE, THEIRS, Room
from tests.server_sync.organisation import NOW

CHANGED = StoreChanges(frozenset({"conflict"}), frozenset(), "sync")


class Page:
    """A presenter over a room; what changes is told to it as the hub does."""

    def __init__(self, company: Company, work: ImmediateWork, *, leads: bool = False) -> None:
        self.company, self.room = company, Room(company)
        self.states: list[ConflictsState] = []
        self.routes: list[Route] = []
        session = company.session(self.room.actor(leads=leads), work)
        self.presenter = ConflictsPresenter(session, self.routes.append, self.states.append)
        self.presenter.start()

    def changed(self, changes: StoreChanges = CHANGED) -> None:
        self.presenter.on_changed(changes)

    def mids(self) -> list[int | None]:
        return [entry.mid for entry in self.state.entries]

    def choose(self, mid: int) -> None:
        self.presenter.on_chosen(mid.to_bytes(16))

    def sent(self) -> list[object]:
        return [name for (name,) in self.company.rows("SELECT command FROM outbox ORDER BY mid")]

    @property
    def state(self) -> ConflictsState:
        return self.states[-1]


@pytest.fixture
def page(company: Company, work: ImmediateWork) -> Page:
    """An agent's, with two notes that were refused."""
    made = Page(company, work)
    made.room.own(made.room.note("一"))
    made.room.own(made.room.note("二"))
    made.changed()
    return made


@pytest.fixture
def lead(company: Company, work: ImmediateWork) -> Page:
    return Page(company, work, leads=True)


def test_open_entries_are_shown_the_latest_first_and_the_first_is_chosen(page: Page) -> None:
    assert (page.mids(), page.state.loaded, page.state.now) == ([2, 1], True, NOW)
    assert page.state.entry is page.state.entries[0]


def test_an_entry_that_comes_in_leaves_the_chosen_one_and_others_changes_are_not_looked_up(
    page: Page, work: ImmediateWork
) -> None:
    page.choose(1)
    page.room.own(page.room.note("三"))
    asked = len(work.lanes)
    page.changed(StoreChanges(frozenset({"activity", "outbox"}), None, "sync"))
    assert (len(work.lanes), page.mids()) == (asked, [2, 1])
    page.changed()
    assert (page.mids(), page.state.chosen) == ([3, 2, 1], (1).to_bytes(16))


def test_what_stands_against_an_entry_is_looked_up_when_it_changes(page: Page) -> None:
    page.room.own(page.room.field("city", "杭州", "绍兴"))
    page.changed()
    with page.company.store.write() as connection:
        connection.exec_driver_sql("UPDATE customer SET city = '温州'")
    page.changed(StoreChanges(frozenset({"customer"}), None, "sync"))
    assert page.state.entries[0].stands == {"value": "温州"}


def test_what_was_let_be_leaves_the_list_and_the_next_one_takes_its_place(page: Page) -> None:
    page.presenter.on_kept("")
    page.changed()
    assert (page.mids(), page.state.chosen) == ([1], (1).to_bytes(16))
    page.presenter.on_kept("")
    page.changed()
    assert (page.mids(), page.state.chosen, page.state.entry) == ([], None, None)
    page.presenter.on_kept("")
    assert page.sent() == []


def test_what_is_sent_again_leaves_the_list_and_waits_for_the_server(page: Page) -> None:
    page.choose(1)
    page.presenter.on_pressed("", None)
    page.changed()
    assert (page.mids(), page.sent()) == ([2], ["add_note@1"])
    assert page.company.rows("SELECT text FROM activity") == [("一",)]


def test_it_is_written_otherwise_before_it_is_sent(page: Page) -> None:
    for _ in range(3):
        page.presenter.on_edit_asked()
    page.presenter.on_pressed("", "二,改过")
    assert [state.editing for state in page.states][-4:] == [True, False, True, False]
    assert page.company.rows("SELECT text FROM activity") == [("二,改过",)]


def test_another_entry_is_looked_at_as_it_was_written(page: Page) -> None:
    page.presenter.on_edit_asked()
    page.choose(1)
    assert (page.state.editing, page.state.chosen) == (False, (1).to_bytes(16))


def test_what_still_does_not_hold_stays_and_says_why_until_something_works(page: Page) -> None:
    page.room.own(page.room.field("mood", None, "furious"))
    page.changed()
    page.choose(3)
    page.presenter.on_pressed("", None)
    assert (page.state.error, page.mids()) == (ErrorKind.FIELD_INVALID, [3, 2, 1])
    page.presenter.on_kept("")
    page.changed()
    assert (page.state.error, page.mids()) == (None, [2, 1])


def test_section_5_what_the_lead_decides_is_not_pressed_by_its_person(page: Page) -> None:
    told = page.room.told("number", "", MINE, THEIRS)
    page.room.own(page.room.number(), "field_conflict", values=told)
    page.changed()
    page.choose(3)
    page.presenter.on_edit_asked()
    page.presenter.on_pressed("", None)
    assert (page.sent(), page.state.editing) == ([], False)
    assert page.state.entry is not None
    assert not page.state.may_press(page.state.entry)


def test_p3_it_is_handed_to_the_lead(page: Page) -> None:
    page.presenter.on_handed_over("请处理")
    page.changed()
    assert (page.mids(), page.sent()) == ([1], ["hand_over_conflict@1"])


def test_the_customer_concerned_is_a_step_away_while_he_is_here(page: Page) -> None:
    page.presenter.on_customer_asked()
    assert page.routes == [Route("queue"), Route("customer", page.room.customer.row_id)]
    page.room.own(page.room.note(), customer_id=bytes(16))
    page.changed()
    page.choose(3)
    page.presenter.on_customer_asked()
    assert len(page.routes) == 2


def test_an_agent_has_but_his_own(page: Page) -> None:
    assert (page.state.leads, page.state.whose) == (False, Whose.OWN)


def test_a_lead_begins_with_the_teams_and_looks_at_his_own(lead: Page) -> None:
    lead.room.fill()
    lead.changed()
    assert (lead.state.leads, lead.state.whose, len(lead.state.entries)) == (True, Whose.TEAM, 6)
    assert lead.state.entries[0].awaits_lead
    lead.presenter.on_whose_chosen(Whose.OWN)
    assert (len(lead.state.entries), lead.state.chosen) == (4, (4).to_bytes(16))
    lead.presenter.on_whose_chosen(Whose.OWN)
    assert lead.state.chosen == (4).to_bytes(16)


@pytest.mark.parametrize(("takes", "number"), [(True, MINE), (False, THEIRS)])
def test_section_5_a_lead_settles_two_numbers(lead: Page, takes: bool, number: str) -> None:
    lead.room.disputed()
    lead.changed()
    if takes:
        lead.presenter.on_pressed("已核实", None)
    else:
        lead.presenter.on_kept("已核实")
    lead.changed()
    assert lead.state.entries == ()
    assert lead.company.rows("SELECT value FROM contact_point") == [(number,)]
    resolution = "mine" if takes else "theirs"
    told = "SELECT resolution, settled_note FROM team_conflict"
    assert lead.company.rows(told) == [(resolution, "已核实")]


def test_what_is_not_a_leads_to_decide_he_takes_note_of(lead: Page) -> None:
    lead.room.of_team(lead.room.note())
    lead.changed()
    lead.presenter.on_kept("")
    assert lead.company.rows("SELECT resolution FROM team_conflict") == [("noted",)]


def test_a_lead_does_not_make_anothers_call_his_own(lead: Page) -> None:
    lead.room.of_team(lead.room.result(), "revoked", status="revoked")
    lead.changed()
    lead.presenter.on_pressed("", None)
    assert lead.sent() == []
    lead.presenter.on_handed_over("")
    assert lead.sent() == []


def test_what_cannot_be_read_is_only_let_be(page: Page) -> None:
    page.room.own(page.room.note(), command="sing@1")
    page.changed()
    page.choose(3)
    page.presenter.on_pressed("", None)
    assert page.sent() == []
    page.presenter.on_kept("")
    page.changed()
    assert page.mids() == [2, 1]


def test_a_bug_goes_up(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("agent_app.features.conflicts.presenter.settle_conflict", broken)
    with pytest.raises(ZeroDivisionError):
        page.presenter.on_kept("")
