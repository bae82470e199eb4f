"""What the server refused and nobody has dealt with yet (SYNC P3)."""

from typing import Any

import pytest
from sqlalchemy import insert

from agent_app.actions.conflicts import hand_over_conflict
from agent_app.store.queries import conflicts
from agent_app.store.tables import conflict
from server_sync.domain.commands import AddNote, AddTag, Insert, SetDoNotCall
from server_sync.domain.wire.codec import encode_arguments
from tests.agent_app.desk import Company
from tests.agent_app.features.conflicts.room import MINE, THEIRS, Room
from tests.server_sync.organisation import NOW


def refuse(
    company: Company, mid: int, *, at: int = NOW, settled_at: int | None = None, **values: Any
) -> None:
    note = AddNote(b"a" * 16, b"c" * 16, "喜欢上午", NOW)
    row = {
        "mid": mid,
        "status": "rejected",
        "command": note.name,
        "args": encode_arguments(note),
        "kind": "not_found",
        "values": {"table": "customer"},
        "customer_id": None,
        "recorded_at": NOW - 1,
        "answered_at": at,
        "settled_at": settled_at,
    }
    with company.store.write() as connection:
        connection.execute(insert(conflict).values(row | values))


def test_open_refusals_come_the_latest_first_with_what_was_meant(company: Company) -> None:
    customer = company.organisation.customer(None, name="客户 A")
    company.put(customer)
    refuse(company, 1)
    refuse(company, 2, at=NOW + 1, customer_id=customer.row_id)
    refuse(company, 3)
    refuse(company, 4, settled_at=NOW)
    with company.store.read() as connection:
        entries = conflicts.unsettled(connection)
        assert conflicts.count(connection) == 3
    assert [(one.mid, one.customer) for one in entries] == [(2, "客户 A"), (3, None), (1, None)]
    one = entries[0]
    assert (one.command, one.arguments["text"], one.values) == ("add_note", "喜欢上午", {"table": "customer"})


@pytest.mark.parametrize("unreadable", [{"command": "sing@1"}, {"args": b"\xc1"}])
def test_what_cannot_be_read_any_more_is_still_shown(company: Company, unreadable: dict[str, Any]) -> None:
    refuse(company, 1, **unreadable)
    with company.store.read() as connection:
        (one,) = conflicts.unsettled(connection)
    assert one.arguments == {}


def test_a_lead_sees_the_teams_what_waits_for_him_first_with_whose_it_is(company: Company) -> None:
    room = Room(company)
    refused = room.of_team(room.note(), answered_at=NOW + 9)
    late = room.of_team(room.result(), "late", status="late", details={"disposition": "1.1"})
    disputed = room.disputed(answered_at=NOW + 5)
    room.of_team(room.note(), state="settled")
    with company.store.read() as connection:
        entries = conflicts.of_team(connection)
        assert conflicts.count(connection) == 2, "what only he can settle"
    assert [one.id for one in entries] == [disputed, late, refused]
    assert [one.awaits_lead for one in entries] == [True, True, False]
    first = entries[0]
    assert (first.person, first.other, first.customer) == ("坐席 03", "坐席 04", "客户 A")
    assert (first.mid, first.command, first.arguments["value"]) == (None, "correct_contact_point", MINE)
    assert first.stands == {"value": THEIRS}
    assert entries[1].stands == {
        "state": "done",
        "disposition": "3.13",
        "appointment_at": None,
        "assignee": "坐席 03",
    }


def test_what_an_agent_hands_over_is_not_his_own_to_decide(company: Company) -> None:
    room = Room(company)
    mid = room.own(room.note(), "server_failed", status="set_aside")
    hand_over_conflict(company.desk(room.agent), mid, "请处理")
    with company.store.read() as connection:
        assert conflicts.of_team(connection) == ()
        assert conflicts.count(connection) == 0


def test_what_stands_now_is_shown_beside_what_was_meant(company: Company) -> None:
    room = Room(company)
    tag = AddTag(company.ids.new(), room.customer.row_id, "老客", NOW)
    refusal = SetDoNotCall(company.ids.new(), room.customer.row_id, "all", "call", None, NOW)
    for meant in (room.field("city", "杭州", "绍兴"), room.number(), tag, refusal, room.give(), room.note()):
        room.own(meant)
    company.put(
        Insert(
            "do_not_call",
            {
                "id": company.ids.new(),
                "customer_id": room.customer.row_id,
                "scope": "marketing",
                "source": "call",
                "set_at": NOW,
            },
        )
    )
    with company.store.read() as connection:
        entries = sorted(conflicts.unsettled(connection), key=lambda one: one.mid or 0)
    stands = [dict(one.stands) for one in entries]
    assert stands[:4] == [{"value": "宁波"}, {"value": THEIRS}, {"tags": []}, {"scopes": ["marketing"]}]
    assert (stands[4]["wanted"], stands[4]["assignee"]) == ("坐席 04", "坐席 03")
    assert stands[5] == {}


def test_of_very_many_entries_none_is_left_out_that_waits_for_the_lead(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conflicts, "MOST_SHOWN", 2)
    room = Room(company)
    disputed = room.disputed(answered_at=NOW - 9)
    for _ in range(3):
        room.of_team(room.note())
    with company.store.read() as connection:
        shown = conflicts.of_team(connection)
    assert (len(shown), shown[0].id) == (2, disputed)
