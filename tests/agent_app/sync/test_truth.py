"""A desk and a server that no longer share one history: restored, copied, damaged, too long away (SYNC E1-E3, P2, P6,
V2)."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from server_sync.domain.commands import AddNote
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import activity
from server_sync.domain.wire import versions
from server_sync.domain.wire.messages import Commit, CompareReply, PullReply, PullRequest, PushRequest
from server_sync.store.database import Database
from server_sync.store.tables import applied, feed, feed_commit, partition
from server_sync.sync.handing_over import hand_over
from tests.agent_app.sync.office import Seat
from tests.agent_app.sync.test_engine import Sit, first_task
from tests.server_sync.organisation import Organisation

Restore = Callable[[], None]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """A database that can be copied as a file."""
    return sqlite_url


@pytest.fixture
def back_up(server: Database, tmp_path: Path) -> Callable[[], Restore]:
    """Backs the server up; what it returns puts the server back to that."""
    file = Path(str(server.url.database))

    def make() -> Restore:
        copy = tmp_path / "backup.db"
        with server.read() as connection:
            connection.exec_driver_sql("SELECT 1")
        shutil.copyfile(file, copy)
        wal = file.with_name(file.name + "-wal")
        if wal.exists():
            shutil.copyfile(wal, copy.with_name(copy.name + "-wal"))

        def restore() -> None:
            server.close()
            for part in ("", "-wal", "-shm"):
                place, kept = file.with_name(file.name + part), copy.with_name(copy.name + part)
                place.unlink(missing_ok=True)
                if kept.exists():
                    shutil.copyfile(kept, place)

        return restore

    return make


def note(seat: Seat, text: str) -> None:
    seat.do(AddNote(seat.ids.new(), first_task(seat)[1], text, seat.clock.now()))


def texts(seat: Seat) -> list[object]:
    return [row[0] for row in seat.rows("SELECT text FROM activity ORDER BY text")]


def at_server(server: Database) -> list[str]:
    with server.read() as connection:
        return sorted(connection.execute(select(activity.c.text)).scalars())


@pytest.mark.parametrize("meanwhile", [0, 5], ids=["behind", "past the old cursor"])
def test_e1_what_a_restored_server_lost_is_sent_again(
    sit: Sit, organisation: Organisation, server: Database, back_up: Callable[[], Restore], meanwhile: int
) -> None:
    agent, lead = sit(organisation.north_agents[0]), sit(organisation.north_lead)
    agent.sync()
    lead.sync()
    note(agent, "before the backup")
    agent.sync()
    restore = back_up()
    note(agent, "after the backup")
    agent.sync()
    note(agent, "never pulled since")
    request = agent.ask()
    assert request is not None
    agent.take(agent.answer(request))
    restore()
    for number in range(meanwhile):
        note(lead, f"the new history {number}")
        lead.sync()
    agent.sync()
    expected = ["after the backup", "before the backup", "never pulled since"]
    expected += [f"the new history {number}" for number in range(meanwhile)]
    assert at_server(server) == sorted(expected)
    agent.sync()
    assert texts(agent) == sorted(expected)
    assert agent.rows("SELECT count(*) FROM conflict") == [(0,)]


def test_e1_what_is_sent_again_is_shown_also_where_the_dossier_came_back_without_it(
    sit: Sit, organisation: Organisation, server: Database, back_up: Callable[[], Restore]
) -> None:
    agent = sit(organisation.north_agents[0])
    agent.sync()
    restore = back_up()
    note(agent, "of a dossier that left and is coming back")
    agent.sync()
    with agent.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM activity")
    restore()
    agent.engine.wake()
    while texts(agent) == []:
        request = agent.ask()
        assert isinstance(request, PullRequest)
        with pytest.raises(KnownError) as raised:
            agent.answer(request)
        assert raised.value.kind is ErrorKind.SERVER_RESTORED
        agent.fail(raised.value)
    assert agent.rows("SELECT state FROM outbox") == [("pending",)]
    agent.sync()
    assert texts(agent) == at_server(server) == ["of a dossier that left and is coming back"]


def test_e1_what_a_refused_desk_was_answered_is_sent_again_when_the_server_was_set_back(
    sit: Sit, organisation: Organisation, server: Database, back_up: Callable[[], Restore]
) -> None:
    agent = sit(organisation.north_agents[0])
    agent.sync()
    restore = back_up()
    note(agent, "taken up, and the answer lost")
    request = agent.ask()
    assert isinstance(request, PushRequest)
    agent.answer(request)
    agent.fail(KnownError(ErrorKind.OFFLINE))
    with agent.store.read() as connection:
        again = agent.engine.next_request(connection, agent.clock.now())
    assert isinstance(again, PushRequest)
    refused, now = ErrorKind.DEVICE_REVOKED, agent.clock.now()
    agent.take(hand_over(server, agent.actor, agent.device, again, refused, now))
    restore()
    agent.engine.wake()
    agent.sync()
    assert at_server(server) == ["taken up, and the answer lost"]


def test_e1_a_desk_that_was_offline_for_long_still_recovers(
    sit: Sit, organisation: Organisation, server: Database, back_up: Callable[[], Restore]
) -> None:
    agent = sit(organisation.north_agents[0])
    agent.sync()
    restore = back_up()
    note(agent, "after the backup")
    agent.sync()
    restore()
    agent.engine.wake()
    for _ in range(10):
        assert agent.ask() is not None
        agent.fail(KnownError(ErrorKind.OFFLINE))
    agent.sync()
    assert at_server(server) == ["after the backup"]


def test_e1_a_commit_of_the_highest_seq_ever_seen_is_looked_at_too(
    sit: Sit, organisation: Organisation, server: Database, back_up: Callable[[], Restore]
) -> None:
    agent = sit(organisation.north_agents[0])
    agent.sync()
    restore = back_up()
    cursor = agent.rows("SELECT partition, seq FROM cursor ORDER BY partition")
    note(agent, "acknowledged and never pulled")
    request = agent.ask()
    assert request is not None
    agent.take(agent.answer(request))
    assert agent.rows("SELECT partition, seq FROM cursor ORDER BY partition") == cursor
    restore()
    agent.engine.wake()
    request = agent.ask()
    assert isinstance(request, PullRequest)
    with pytest.raises(KnownError) as refused:
        agent.answer(request)
    assert refused.value.kind is ErrorKind.SERVER_RESTORED


def test_e1_a_push_in_another_history_changes_nothing(
    sit: Sit, organisation: Organisation, server: Database
) -> None:
    agent = sit(organisation.north_agents[0])
    agent.sync()
    with server.write(agent.clock.now()) as tx:
        tx.connection.execute(update(feed_commit).values(token=b"otherwise"))
    note(agent, "later than what was lost")
    request = agent.ask()
    assert isinstance(request, PushRequest)
    with pytest.raises(KnownError) as refused:
        agent.answer(request)
    assert refused.value.kind is ErrorKind.SERVER_RESTORED
    assert at_server(server) == []
    with server.read() as connection:
        assert connection.execute(select(applied)).all() == []


def test_p6_the_backup_lets_go_of_what_is_kept(
    sit: Sit, organisation: Organisation, server: Database
) -> None:
    agent = sit(organisation.north_agents[0])
    agent.sync()
    note(agent, "一")
    agent.sync()
    assert agent.rows("SELECT mid, state FROM outbox") == [(1, "kept")]
    with server.write(agent.clock.now()) as tx:
        tx.connection.execute(update(partition).values(backed_up=partition.c.head))
    note(agent, "二")
    agent.sync()
    assert agent.rows("SELECT mid, state FROM outbox") == [(2, "kept")]


def test_e1_edits_made_while_the_replica_is_fetched_anew_stay(
    sit: Sit, organisation: Organisation, server: Database, back_up: Callable[[], Restore]
) -> None:
    agent = sit(organisation.north_agents[0])
    agent.sync()
    restore = back_up()
    note(agent, "lost by the server")
    agent.sync()
    restore()
    agent.engine.wake()
    steps = 0
    while (request := agent.ask()) is not None:
        try:
            reply = agent.answer(request, page_rows=7)
        except KnownError as error:
            agent.fail(error)
            continue
        agent.take(reply)
        steps += 1
        if steps < 6:
            note(agent, f"meanwhile {steps}")
            assert f"meanwhile {steps}" in texts(agent)
    assert steps > 10
    assert texts(agent) == at_server(server)
    assert len(texts(agent)) == 6
    assert agent.rows("SELECT count(*) FROM base_row") == [(0,)]
    assert agent.rows("SELECT name FROM sqlite_master WHERE name LIKE 'staged%' ORDER BY 1") == [
        ("staged_cursor",)
    ]
    before = agent.rows("SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY 1")
    fresh = sit(organisation.north_agents[0])
    assert fresh.rows("SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY 1") == before


def test_e3_a_cursor_below_the_floor_is_fetched_anew(
    sit: Sit, organisation: Organisation, server: Database
) -> None:
    agent, lead = sit(organisation.north_agents[0]), sit(organisation.north_lead)
    agent.sync()
    lead.sync()
    note(agent, "unsent")
    with agent.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM task")
    note(lead, "later")
    lead.sync()
    with server.write(agent.clock.now()) as tx:
        # As after the purge of what is older than a lease: no commit, no tombstone below the floor.
        tx.connection.execute(update(partition).values(floor=partition.c.head))
        heads = select(partition.c.head).where(partition.c.id == feed_commit.c.partition).scalar_subquery()
        tx.connection.execute(delete(feed_commit).where(feed_commit.c.seq < heads))
    request = agent.ask()
    assert isinstance(request, PushRequest)
    agent.take(agent.answer(request))
    request = agent.ask()
    assert isinstance(request, PullRequest)
    with pytest.raises(KnownError) as refused:
        agent.answer(request)
    assert refused.value.kind is ErrorKind.CURSOR_TOO_OLD
    agent.sync()
    assert len(agent.rows("SELECT id FROM task")) == 3
    assert at_server(server) == ["later", "unsent"]


@pytest.mark.parametrize("damage", ["lost", "stale", "stray"])
def test_e2_rows_that_differ_are_found_and_fetched_and_nothing_else_is(
    sit: Sit, organisation: Organisation, damage: str
) -> None:
    agent = sit(organisation.north_agents[0])
    agent.sync()
    note(agent, "unsent")
    whole = agent.rows("SELECT * FROM task ORDER BY id")
    task, customer = first_task(agent)
    assert agent.compare() == []
    with agent.store.write() as connection:
        match damage:
            case "lost":
                connection.exec_driver_sql("DELETE FROM task WHERE id = ?", (task,))
            case "stale":
                connection.exec_driver_sql(
                    "UPDATE task SET rev = rev - 1, priority = 77 WHERE id = ?", (task,)
                )
            case _:
                connection.exec_driver_sql(
                    "INSERT INTO activity (id, rev, customer_id, kind, details, happened_at)"
                    " VALUES (?, 1, ?, 'note', '{}', 1)",
                    (bytes(16), customer),
                )
    [wrong] = agent.compare()
    assert wrong.startswith("desk:")
    brought = 0
    while (request := agent.ask()) is not None:
        reply = agent.answer(request)
        if isinstance(reply, CompareReply):
            brought = sum(len(page.rows) for page in reply.tables.values())
        agent.take(reply)
    assert brought <= 6
    assert agent.rows("SELECT * FROM task ORDER BY id") == whole
    assert texts(agent) == ["unsent"]
    agent.sync()
    assert agent.compare() == []


def test_e2_the_sums_hold_through_moves_and_removals(
    sit: Sit, organisation: Organisation, server: Database
) -> None:
    agent, lead = sit(organisation.north_agents[0]), sit(organisation.north_lead)
    for seat in (agent, lead):
        seat.sync()
    note(agent, "一")
    for seat in (agent, lead, agent):
        seat.sync()
        assert seat.compare() == []
    with server.read() as connection:
        live = connection.execute(select(feed.c.partition).where(feed.c.op == 0)).scalars().all()
        counted = connection.execute(select(partition.c.id, partition.c.rows)).all()
        rows = {row.id: row.rows for row in counted}
    assert {place: live.count(place) for place in rows} == rows


def test_p2_a_copy_of_a_profile_becomes_a_device_of_its_own(
    sit: Sit, organisation: Organisation, server: Database, tmp_path: Path
) -> None:
    agent = sit(organisation.north_agents[0])
    agent.sync()
    note(agent, "unsent when the image was taken")
    agent.store.close()
    image = tmp_path / "image"
    shutil.copytree(agent.folder, image)
    agent.restart()
    agent.sync()
    note(agent, "sent by the original")
    agent.sync()
    agent.store.close()
    shutil.rmtree(agent.folder)
    shutil.copytree(image, agent.folder)
    agent.restart()
    original = agent.device
    note(agent, "made by the copy")
    agent.sync()
    assert agent.device != original
    expected = ["made by the copy", "sent by the original", "unsent when the image was taken"]
    assert at_server(server) == sorted(expected)
    assert texts(agent) == sorted(expected)
    assert agent.rows("SELECT count(*) FROM conflict") == [(0,)]
    assert agent.rows("SELECT count(*) FROM outbox WHERE state = 'pending'") == [(0,)]


def test_v2_what_an_older_program_passed_over_is_fetched_by_a_newer_one(
    sit: Sit, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent = sit(organisation.north_agents[0])
    agent.engine.wake()
    request = agent.ask()
    assert request is not None
    reply = agent.answer(request)
    assert isinstance(reply, PullReply)
    reply.tables["thing_of_tomorrow"] = reply.tables.pop("task")
    agent.take(reply)
    agent.sync()
    assert agent.rows("SELECT id FROM task") == []
    agent.restart()
    agent.sync()
    assert agent.rows("SELECT id FROM task") == [], "the program is still the old one"
    monkeypatch.setattr(versions, "SCHEMA", versions.SCHEMA + 1)
    agent.restart()
    agent.sync()
    assert len(agent.rows("SELECT id FROM task")) == 3


@pytest.mark.parametrize(
    "seen", [{"ref": [Commit(seq=1 << 60, token=b"x")]}, {"no such": [Commit(seq=1, token=b"")]}]
)
def test_e1_a_made_up_history_is_refused(
    sit: Sit, organisation: Organisation, seen: dict[str, list[Commit]]
) -> None:
    agent = sit(organisation.north_agents[0])
    numbers: dict[str, Any] = {"protocol": versions.PROTOCOL, "schema": versions.SCHEMA}
    asked = PullRequest(**numbers, device=agent.device, request=1, epoch=None, cursor={}, seen=seen)
    with pytest.raises(KnownError) as refused:
        agent.answer(asked)
    assert refused.value.kind in (ErrorKind.SERVER_RESTORED, ErrorKind.MALFORMED)
