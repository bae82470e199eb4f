"""What was not taken as meant, before the lead of the team: rejected, merged with a loss, late, left on a revoked
device."""

from base64 import b64decode
from typing import Any

import pytest
from sqlalchemy import select

from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.commands import (
    AcceptTask,
    Actor,
    AddNote,
    CorrectContactPoint,
    CorrectCustomer,
    FinishAttempt,
    HandOverConflict,
    ReassignTask,
    SettleConflict,
    StartAttempt,
    Update,
)
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import ID_BYTES
from server_sync.domain.model import activity, contact_point, customer, team_conflict
from server_sync.domain.wire.messages import Mutation
from server_sync.jobs import sweep
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.sync import refusals
from tests.server_sync.organisation import NOW, Organisation
from tests.server_sync.sync.conftest import NewDesk


class Work:
    """A customer of the north with a number, and a task of an agent."""

    def __init__(self, database: Database, organisation: Organisation, assignee: Actor | None) -> None:
        self.organisation = organisation
        customer = organisation.customer(organisation.north)
        point, task = organisation.contact_point(customer), organisation.task(customer, assignee)
        second = organisation.task(customer, organisation.north_agents[1])
        self.customer_id, self.point_id, self.task_id = customer.row_id, point.row_id, task.row_id
        self.second_id = second.row_id
        self.number: str = point.row["value"]
        with database.write(NOW) as tx:
            write(tx, [customer, point, task, second])

    def correct(self, field: str, value: str, base: str | None = None, at: int = NOW) -> CorrectCustomer:
        return CorrectCustomer(self.organisation.ids.new(), self.customer_id, field, base, value, at)

    def renumber(self, value: str) -> CorrectContactPoint:
        return CorrectContactPoint(
            self.organisation.ids.new(), self.point_id, self.customer_id, self.number, value, NOW
        )

    def call(self, disposition: str) -> tuple[StartAttempt, FinishAttempt]:
        attempt_id = self.organisation.ids.new()
        start = StartAttempt(attempt_id, self.task_id, self.customer_id, self.point_id, "phone", NOW)
        finish = FinishAttempt(
            attempt_id, self.task_id, self.customer_id, disposition, None, NOW + MINUTE, 30_000
        )
        return start, finish


def entries(database: Database) -> list[dict[str, Any]]:
    with database.read() as connection:
        found = connection.execute(select(team_conflict).order_by(team_conflict.c.id)).mappings()
        return [dict(row) for row in found]


def disputed(database: Database, point_id: bytes) -> int | None:
    with database.read() as connection:
        return connection.scalar(select(contact_point.c.disputed_at).where(contact_point.c.id == point_id))


def test_p3_what_is_refused_is_before_the_lead_with_what_was_meant(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    agent, lead = new_desk(organisation.north_agents[0]), new_desk(organisation.north_lead)
    work = Work(database, organisation, agent.actor)
    closed = agent.mutation(AddNote(organisation.ids.new(), work.customer_id, " ", NOW))
    result = agent.push(closed).results[0]
    assert (result.status, result.kind) == ("rejected", ErrorKind.FIELD_MISSING)
    (row,) = entries(database)
    assert row["id"].hex() == result.values["conflict"]
    assert len(row["id"]) == ID_BYTES
    assert (row["team_id"], row["person_id"]) == (organisation.north, agent.actor.person_id)
    assert (row["status"], row["kind"], row["state"]) == ("rejected", "field_missing", "open")
    assert (row["command"], b64decode(row["args"])) == (closed.command, closed.args)
    assert (row["customer_id"], row["details"]) == (work.customer_id, {"field": "text"})
    lead.pull()
    agent.pull()
    other_lead = new_desk(organisation.south_lead)
    other_lead.pull()
    held = [desk.has("team_conflict") for desk in (lead, agent, other_lead)]
    assert held == [{row["id"]}, set(), set()]


def test_p2_the_same_refusal_again_is_one_entry_with_one_answer(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    agent = new_desk(organisation.north_agents[0])
    work = Work(database, organisation, agent.actor)
    wrong = agent.mutation(AddNote(organisation.ids.new(), work.customer_id, " ", NOW))
    first = agent.push(wrong)
    assert agent.push(wrong).results == first.results
    assert len(entries(database)) == 1


def test_p3_what_the_server_cannot_read_stays_with_the_desk(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    agent = new_desk(organisation.north_agents[0])
    reply = agent.push(Mutation(mid=1, command="no_such@9", args=b"\x80", at=NOW))
    assert reply.results[0].kind == ErrorKind.UNKNOWN_COMMAND
    assert entries(database) == []


def test_section_5_a_field_lost_to_a_later_value_is_shown_with_both(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    first, second = (new_desk(actor) for actor in organisation.north_agents[:2])
    work = Work(database, organisation, first.actor)
    assert first.do(work.correct("city", "青岛", at=NOW)) == ["accepted"]
    lost = second.push(second.mutation(work.correct("city", "济南", at=NOW - HOUR))).results[0]
    assert (lost.status, lost.merged) == ("merged", ["city"])
    (row,) = entries(database)
    assert (row["status"], row["kind"], row["person_id"]) == ("merged", "merged", second.actor.person_id)
    told = {name: row["details"][name] for name in ("field", "base", "mine", "theirs", "stands")}
    assert told == {"field": "city", "base": None, "mine": "济南", "theirs": "青岛", "stands": "theirs"}
    assert {**row["details"], "conflict": row["id"].hex()} == lost.values


def test_section_5_two_numbers_are_before_the_lead_and_the_number_is_not_dialled_until_he_settles_it(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    first, second = (new_desk(actor) for actor in organisation.north_agents[:2])
    lead = new_desk(organisation.north_lead)
    work = Work(database, organisation, first.actor)
    assert first.do(work.renumber("14000000008")) == ["accepted"]
    assert second.do(work.renumber("14000000009")) == [ErrorKind.FIELD_CONFLICT]
    (row,) = entries(database)
    assert (row["contact_point_id"], row["team_id"]) == (work.point_id, organisation.north)
    assert disputed(database, work.point_id) == NOW
    first.pull()
    assert first.rows["contact_point", work.point_id]["disputed_at"] == NOW
    settle = SettleConflict(
        organisation.ids.new(), row["id"], work.customer_id, work.point_id, None, None, "theirs", None, NOW
    )
    assert first.do(settle) == [ErrorKind.NOT_FOUND]
    assert lead.do(settle) == ["accepted"]
    assert disputed(database, work.point_id) is None


def test_section_5_a_result_that_comes_late_is_kept_and_before_the_lead(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    agent, lead = new_desk(organisation.north_agents[0]), new_desk(organisation.north_lead)
    work = Work(database, organisation, agent.actor)
    taken = organisation.north_agents[2].person_id
    move = ReassignTask(organisation.ids.new(), work.task_id, work.customer_id, taken, NOW)
    assert lead.do(move) == ["accepted"]
    assert agent.do(*work.call("1.1"), now=NOW + HOUR) == ["accepted", "accepted"]
    (row,) = entries(database)
    assert (row["status"], row["kind"], row["details"]) == ("late", "late", {"disposition": "1.1"})
    assert (row["task_id"], row["person_id"]) == (work.task_id, agent.actor.person_id)


def test_section_5_work_on_a_customer_out_of_sight_goes_to_the_lead_of_ones_own_team(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    stranger = new_desk(organisation.south_agents[0])
    work = Work(database, organisation, organisation.north_agents[0])
    assert stranger.do(AcceptTask(work.task_id, work.customer_id, NOW)) == [ErrorKind.NOT_FOUND]
    assert stranger.do(work.correct("city", "青岛")) == [ErrorKind.NOT_FOUND]
    assert {row["team_id"] for row in entries(database)} == {organisation.south}


def test_section_5_work_of_who_has_no_team_goes_to_the_team_of_the_customer(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    administrator = new_desk(organisation.administrator)
    work = Work(database, organisation, organisation.north_agents[0])
    assert administrator.do(work.correct("language", " ", base="zh")) == [ErrorKind.FIELD_MISSING]
    assert [row["team_id"] for row in entries(database)] == [organisation.north]


def test_an_entry_that_a_desk_made_before_under_the_same_id_harms_nothing(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    agent = new_desk(organisation.north_agents[0])
    work = Work(database, organisation, agent.actor)
    wrong = Mutation(mid=2, command="add_note@1", args=agent.mutation(work.correct("city", "x")).args, at=NOW)
    guessed = refusals.conflict_id(agent.device, wrong)
    forged = HandOverConflict(guessed, None, None, "add_note@1", "", "not_found", None, NOW)
    agent.last_mid = 0
    assert agent.do(forged) == ["accepted"]
    bad = agent.mutation(AddNote(organisation.ids.new(), work.customer_id, " ", NOW))
    assert agent.push(bad).results[0].kind == ErrorKind.FIELD_MISSING
    assert [row["status"] for row in entries(database)] == ["handed_over"]


def test_e4_an_outbox_of_a_revoked_device_is_before_the_lead_once_and_nothing_of_it_is_decided(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    agent = new_desk(organisation.north_agents[0])
    work = Work(database, organisation, agent.actor)
    start, finish = work.call("1.1")
    unreadable = Mutation(mid=9, command="later\0@7", args=b"\xc1", at=-5)
    outbox = [agent.mutation(start), agent.mutation(finish), unreadable]
    for _ in range(2):
        with database.write(NOW) as tx:
            refusals.keep_unsent(tx, agent.actor, agent.device, outbox)
    rows = entries(database)
    assert sorted(row["command"] for row in rows) == ["finish_attempt@1", "later\ufffd@7", "start_attempt@1"]
    assert {(row["status"], row["kind"], row["team_id"]) for row in rows} == {
        ("revoked", "revoked", organisation.north)
    }
    with database.read() as connection:
        tables = connection.exec_driver_sql("SELECT count(*) FROM attempt").scalar()
    assert tables == 0


def test_e4_a_lead_carries_out_himself_what_was_left_on_a_revoked_device(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    agent, lead = new_desk(organisation.north_agents[0]), new_desk(organisation.north_lead)
    work = Work(database, organisation, agent.actor)
    left = [work.correct("city", "青岛"), AddNote(organisation.ids.new(), work.customer_id, "留言", NOW)]
    with database.write(NOW) as tx:
        refusals.keep_unsent(tx, agent.actor, agent.device, [agent.mutation(one) for one in left])
    settled = [
        SettleConflict(
            organisation.ids.new(), row["id"], work.customer_id, None, None, None, "mine", None, NOW
        )
        for row in entries(database)
    ]
    assert lead.do(*left, *settled) == ["accepted"] * 4
    with database.read() as connection:
        assert connection.scalar(select(customer.c.city).where(customer.c.id == work.customer_id)) == "青岛"
        by = connection.scalar(select(activity.c.person_id).where(activity.c.text == "留言"))
    assert by == lead.actor.person_id, "nobody works under another's name"
    assert {(row["state"], row["resolution"]) for row in entries(database)} == {("settled", "mine")}


def test_s3_what_lies_before_a_lead_follows_its_customer_to_another_team(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    agent = new_desk(organisation.north_agents[0])
    north, south = new_desk(organisation.north_lead), new_desk(organisation.south_lead)
    work, other = (Work(database, organisation, agent.actor) for _ in range(2))
    wrong = [AddNote(organisation.ids.new(), one.customer_id, " ", NOW) for one in (work, other)]
    assert agent.do(*wrong) == [ErrorKind.FIELD_MISSING] * 2
    mine = next(row["id"] for row in entries(database) if row["customer_id"] == work.customer_id)
    north.pull()
    with database.write(NOW) as tx:
        write(tx, [Update("customer", work.customer_id, {"team_id": organisation.south})])
    assert {row["team_id"] for row in entries(database)} == {organisation.north}, "he is still in sight there"
    with database.write(NOW) as tx:
        moved = {"team_id": organisation.south, "assignee_id": None}
        write(tx, [Update("task", task_id, moved) for task_id in (work.task_id, work.second_id)])
    teams = {row["customer_id"]: row["team_id"] for row in entries(database)}
    assert teams == {work.customer_id: organisation.south, other.customer_id: organisation.north}
    [page] = north.pull()
    assert {name: ids for one in page.removed for name, ids in one.rows.items()} == {"team_conflict": [mine]}
    south.pull()
    assert (south.has("team_conflict"), mine in north.has("team_conflict")) == ({mine}, False)


def test_what_was_settled_goes_after_90_days_and_what_is_open_stays(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    agent, lead = new_desk(organisation.north_agents[0]), new_desk(organisation.north_lead)
    work = Work(database, organisation, agent.actor)
    notes = [AddNote(organisation.ids.new(), work.customer_id, " ", NOW) for _ in range(2)]
    assert agent.do(*notes) == [ErrorKind.FIELD_MISSING] * 2
    settled, still_open = (row["id"] for row in entries(database))
    settle = SettleConflict(
        organisation.ids.new(), settled, work.customer_id, None, None, None, "theirs", None, NOW
    )
    assert lead.do(settle) == ["accepted"]
    lead.pull()
    for later, left in ((NOW + 90 * DAY, {settled, still_open}), (NOW + 90 * DAY + 1, {still_open})):
        with database.write(later) as tx:
            sweep.sweep(tx, {})
        assert {row["id"] for row in entries(database)} == left
    [page] = lead.pull()
    assert [one.rows for one in page.removed] == [{"team_conflict": [settled]}]


def test_who_sends_whatever_he_likes_fills_nobodys_list(
    database: Database, organisation: Organisation, new_desk: NewDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusals, "MOST_OPEN", 3)
    agent, other = (new_desk(actor) for actor in organisation.north_agents[:2])
    lead = new_desk(organisation.north_lead)
    work = Work(database, organisation, agent.actor)
    wrong = [agent.mutation(AddNote(organisation.ids.new(), work.customer_id, " ", NOW)) for _ in range(5)]
    results = agent.push(*wrong).results
    assert ["conflict" in result.values for result in results] == [True] * 3 + [False] * 2
    assert {result.kind for result in results} == {ErrorKind.FIELD_MISSING}
    assert agent.push(*wrong).results == results
    assert len(entries(database)) == 3
    assert other.do(AddNote(organisation.ids.new(), work.customer_id, " ", NOW)) == [ErrorKind.FIELD_MISSING]
    assert len(entries(database)) == 4, "everybody has room of his own"
    first = bytes.fromhex(results[0].values["conflict"])
    settle = SettleConflict(
        organisation.ids.new(), first, work.customer_id, None, None, None, "theirs", None, NOW
    )
    assert lead.do(settle) == ["accepted"]
    again = agent.mutation(AddNote(organisation.ids.new(), work.customer_id, " ", NOW))
    assert "conflict" in agent.push(again).results[0].values


def test_the_arguments_that_wait_before_a_lead_are_bounded(
    database: Database, organisation: Organisation, new_desk: NewDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusals, "MOST_OPEN_BYTES", 2_000)
    agent = new_desk(organisation.north_agents[0])
    work = Work(database, organisation, agent.actor)
    notes = [AddNote(organisation.ids.new(), work.customer_id, " " * size, NOW) for size in (5_000, 10, 10)]
    results = agent.push(*(agent.mutation(note) for note in notes)).results
    assert ["conflict" in result.values for result in results] == [False, True, True]


def test_e4_an_outbox_of_a_revoked_device_that_finds_no_room_is_not_taken(
    database: Database, organisation: Organisation, new_desk: NewDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusals, "MOST_OPEN", 1)
    agent = new_desk(organisation.north_agents[0])
    work = Work(database, organisation, agent.actor)
    outbox = [agent.mutation(command) for command in work.call("1.1")]
    with pytest.raises(KnownError) as refused, database.write(NOW) as tx:
        refusals.keep_unsent(tx, agent.actor, agent.device, outbox)
    assert refused.value.kind is ErrorKind.TOO_LARGE
    assert entries(database) == []


def test_what_a_lead_cannot_open_is_not_handed_over(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    agent = new_desk(organisation.north_agents[0])
    for args in ("a", "记", "====", "gA==\n"):
        new_id = organisation.ids.new()
        given = HandOverConflict(new_id, None, None, "add_note@1", args, "not_found", None, NOW)
        assert agent.do(given) == [ErrorKind.FIELD_INVALID], args
    assert {row["status"] for row in entries(database)} == {"rejected"}


def test_ids_of_entries_are_in_the_shape_of_all_ids() -> None:
    made = {
        refusals.conflict_id(bytes(16), Mutation(mid=mid, command="", args=b"", at=NOW)) for mid in (1, 2)
    }
    assert len(made) == 2
    for row_id in made:
        assert (row_id[6] >> 4, row_id[8] >> 6, int.from_bytes(row_id[:6])) == (7, 2, NOW)
