"""Dealing with what the server refused (SYNC P3): put away, or tried again once, never lost."""

from base64 import b64decode
from typing import Any

import pytest
from sqlalchemy import insert

from agent_app.actions.conflicts import (
    hand_over_conflict,
    retry_conflict,
    settle_conflict,
    settle_team_conflict,
)
from agent_app.actions.desk import Desk
from agent_app.features.conflicts.words import compared
from agent_app.store.queries import conflicts
from agent_app.store.tables import conflict
from server_sync.domain.clock import HOUR
from server_sync.domain.commands import (
    AddNote,
    Command,
    CorrectContactPoint,
    CorrectCustomer,
    HandOverConflict,
    Insert,
    SaveArticle,
    WithdrawConflict,
)
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import Resolution
from server_sync.domain.wire.codec import decode_command, encode_arguments
from tests.agent_app.desk import TIMEZONE, Company
from tests.agent_app.features.conflicts.room import MINE, THEIRS, Room
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
        return [one.mid or 0 for one in conflicts.unsettled(connection)]


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
    wrong = CorrectCustomer(company.ids.new(), customer.row_id, "mood", None, "furious", NOW)
    refuse(company, 1, wrong, kind=ErrorKind.FIELD_INVALID.value)
    with pytest.raises(KnownError) as caught:
        retry_conflict(desk, 1)
    assert caught.value.kind is ErrorKind.FIELD_INVALID
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


def sent(company: Company) -> list[Command]:
    """What was recorded, in order."""
    found = company.rows("SELECT command, args FROM outbox ORDER BY mid")
    return [decode_command(str(name), args) for name, args in found if isinstance(args, bytes)]


def test_p3_a_correction_sent_again_is_made_in_sight_of_what_stands(
    company: Company, desk: Desk, customer: Insert
) -> None:
    stale = CorrectCustomer(company.ids.new(), customer.row_id, "note", "旧", "新", NOW - 9)
    refuse(company, 1, stale, kind="field_conflict")
    with company.store.write() as connection:
        connection.exec_driver_sql("UPDATE customer SET note = '他的', rev = 5")
    retry_conflict(desk, 1, "两人的话")
    (again,) = sent(company)
    assert isinstance(again, CorrectCustomer)
    assert (again.base, again.value, again.seen_rev, again.corrected_at) == ("他的", "两人的话", 5, NOW)
    assert again.activity_id != stale.activity_id
    assert company.rows("SELECT note FROM customer") == [("两人的话",)]


def test_p3_a_number_sent_again_is_made_in_sight_of_what_stands(
    company: Company, desk: Desk, customer: Insert
) -> None:
    point = company.organisation.contact_point(customer, value="+8613812341234")
    company.put(point)
    stale = CorrectContactPoint(
        company.ids.new(), point.row_id, customer.row_id, "+8613812340000", "13912345678", NOW - 9
    )
    refuse(company, 1, stale, kind="field_conflict")
    retry_conflict(desk, 1)
    assert company.rows("SELECT value FROM contact_point") == [("+8613912345678",)]


def test_p3_an_article_sent_again_is_written_in_sight_of_what_stands(company: Company) -> None:
    lead, article_id = company.desk(company.organisation.north_lead), company.ids.new()
    row = {"id": article_id, "code": "a", "kind": "knowledge", "title": "价格", "keywords": ["贵"]}
    company.put(Insert("article", {**row, "body": "三", "purposes": [], "active": True, "changed_at": NOW}))
    refused = SaveArticle(article_id, "knowledge", "价格", ["太贵"], "二", [], True, {"keywords": []})
    refuse(company, 1, refused, kind="article_changed", values={"fields": ["keywords"], "by": None})
    with company.store.read() as connection:
        (entry,) = conflicts.unsettled(connection)
    assert entry.stands == {"title": "价格", "body": "三"}
    assert [(one.mine, one.theirs) for one in compared(entry, NOW, TIMEZONE)] == [
        ("价格", "价格"),
        ("二", "三"),
    ]
    retry_conflict(lead, 1, edited="四")
    assert company.rows("SELECT keywords, body FROM article") == [('["太贵"]', "四")]
    assert open_ones(company) == []


def test_p3_the_lead_hears_when_its_person_has_dealt_with_it(
    company: Company, desk: Desk, customer: Insert
) -> None:
    known = company.ids.new()
    for mid in (1, 2):
        note = AddNote(company.ids.new(), customer.row_id, "一", NOW)
        refuse(company, mid, note, values={"conflict": known.hex()}, customer_id=customer.row_id)
    settle_conflict(desk, 1)
    retry_conflict(desk, 2)
    assert open_ones(company) == []
    withdrawn = WithdrawConflict(known, customer.row_id, NOW)
    assert [one.name for one in sent(company)] == ["withdraw_conflict@1", "add_note@1", "withdraw_conflict@1"]
    assert sent(company)[0] == withdrawn


@pytest.mark.parametrize("known", [True, False])
def test_p3_an_entry_is_handed_to_the_lead_with_what_was_meant(
    company: Company, desk: Desk, customer: Insert, known: bool
) -> None:
    note, row_id = AddNote(company.ids.new(), customer.row_id, "一", NOW), company.ids.new()
    values = {"conflict": row_id.hex()} if known else {}
    refuse(company, 1, note, status="set_aside", kind="server_failed", values=values)
    hand_over_conflict(desk, 1, "请代为登记")
    (handed,) = sent(company)
    assert isinstance(handed, HandOverConflict)
    assert (handed.command, b64decode(handed.args)) == (note.name, encode_arguments(note))
    assert (handed.kind, handed.note, handed.recorded_at) == ("server_failed", "请代为登记", NOW - 9)
    assert (handed.conflict_id == row_id) is known
    assert open_ones(company) == []
    hand_over_conflict(desk, 1, "再次")
    assert len(sent(company)) == 1


class Lead:
    """The lead's desk, with an entry of the first agent's work."""

    def __init__(self, company: Company) -> None:
        self.company, self.room = company, Room(company)
        self.desk = company.desk(company.organisation.north_lead)

    def settle(self, row_id: bytes, resolution: Resolution, edited: str | None = None) -> None:
        settle_team_conflict(self.desk, row_id, resolution, "已核实", edited)

    def open_ones(self) -> list[bytes]:
        with self.company.store.read() as connection:
            return [one.id for one in conflicts.of_team(connection)]


@pytest.fixture
def lead(company: Company) -> Lead:
    return Lead(company)


@pytest.mark.parametrize(
    ("resolution", "edited", "number"),
    [
        (Resolution.THEIRS, None, THEIRS),
        (Resolution.MINE, None, MINE),
        (Resolution.MINE, "14000000001", "+8614000000001"),
    ],
)
def test_section_5_a_lead_settles_which_number_it_is_and_it_is_dialled_again(
    lead: Lead, resolution: Resolution, edited: str | None, number: str
) -> None:
    row_id = lead.room.disputed()
    with lead.company.store.write() as connection:
        connection.exec_driver_sql("UPDATE contact_point SET disputed_at = ?", (NOW,))
    lead.settle(row_id, resolution, edited)
    assert lead.company.rows("SELECT value, disputed_at FROM contact_point") == [(number, None)]
    assert lead.open_ones() == []
    told = "SELECT resolution, settled_by, settled_note FROM team_conflict"
    assert lead.company.rows(told) == [(resolution.value, lead.desk.person_id, "已核实")]


def test_section_5_a_late_result_counts_by_the_settling_alone(lead: Lead) -> None:
    result = lead.room.result()
    attempt = {
        "id": result.attempt_id,
        "customer_id": result.customer_id,
        "task_id": result.task_id,
        "person_id": lead.room.agent.person_id,
        "channel": "phone",
        "started_at": NOW - HOUR,
        "ended_at": NOW,
        "disposition": "1.1",
        "late": True,
    }
    lead.company.put(Insert("attempt", attempt))
    lead.settle(lead.room.of_team(result, "late", status="late"), Resolution.MINE)
    assert lead.company.rows("SELECT state, disposition FROM task") == [("done", "1.1")]
    assert [one.name for one in sent(lead.company)] == ["settle_conflict@1"]


def test_what_does_not_hold_settles_nothing(lead: Lead) -> None:
    row_id = lead.room.of_team(lead.room.field("mood", None, "furious"))
    with pytest.raises(KnownError):
        lead.settle(row_id, Resolution.MINE)
    assert lead.open_ones() == [row_id]
    lead.settle(row_id, Resolution.NOTED)
    assert lead.open_ones() == []
    lead.settle(lead.company.ids.new(), Resolution.NOTED)
    assert len(sent(lead.company)) == 1
