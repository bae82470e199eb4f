"""What drives the rounds: real engine, store and server; the work and the road are in the test's hands."""

from collections.abc import Callable, Iterator

import pytest

from agent_app.store import database
from agent_app.sync.engine import MOST_TRIES
from agent_app.sync.status import SyncState, SyncStatus
from server_sync.domain.clock import MINUTE, SECOND
from server_sync.domain.commands import Actor, CorrectCustomer
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.store.database import Database
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.sync.office import Seat
from tests.agent_app.sync.sitting import Desk
from tests.server_sync.organisation import Organisation

Sit = Callable[[Actor], Seat]


@pytest.fixture
def server(sqlite_url: str) -> Iterator[Database]:
    """What the server's database is does not matter here."""
    database = Database(sqlite_url)
    yield database
    database.close()


@pytest.fixture
def desk(sit: Sit, organisation: Organisation) -> Desk:
    """The first agent of the north, not yet in step; work is done at once."""
    return Desk(sit(organisation.north_agents[0]), ImmediateWork())


def test_the_first_tick_brings_the_desk_in_step(desk: Desk) -> None:
    desk.tick()
    assert [status.state for status in desk.statuses] == [SyncState.INCOMPLETE, SyncState.IN_STEP]
    assert desk.status == SyncStatus(SyncState.IN_STEP, since_at=desk.seat.clock.at)
    assert len(desk.seat.rows("SELECT 1 FROM customer")) == 3
    assert "customer" in set().union(*(change.tables for change in desk.changes))


def test_a_first_sync_that_breaks_off_is_never_called_complete(desk: Desk) -> None:  # SYNC L4
    desk.block(ErrorKind.OFFLINE)
    desk.tick()
    desk.sync.edited()
    assert {status.state for status in desk.statuses} == {SyncState.INCOMPLETE, SyncState.OFFLINE}
    desk.block(None)
    desk.tick(MINUTE)
    assert desk.status.state is SyncState.IN_STEP


def test_idle_costs_one_request_and_no_more_until_it_is_due(desk: Desk) -> None:  # SYNC L1, L3
    desk.tick()
    desk.sent()
    desk.tick(29 * SECOND)
    assert desk.sent() == []
    desk.tick(MINUTE)
    assert desk.sent() == ["pull"]


def test_an_edit_goes_out_at_once_and_comes_back(desk: Desk, supervisor: Seat) -> None:
    desk.tick()
    desk.sent()
    desk.note("喜欢上午")
    assert desk.sent() == ["push", "pull"]
    assert desk.status == SyncStatus(SyncState.IN_STEP, since_at=desk.seat.clock.at)
    supervisor.sync()
    assert supervisor.rows("SELECT text FROM activity") == [("喜欢上午",)]


def test_a_hint_pulls_at_once(desk: Desk) -> None:
    desk.tick()
    desk.sent()
    desk.sync.hinted()
    assert desk.sent() == ["pull"]


def test_offline_edits_wait_and_are_counted_and_the_first_moment_is_told(desk: Desk) -> None:  # journey A5
    desk.tick()
    began = desk.seat.clock.at
    desk.block(ErrorKind.OFFLINE)
    desk.note("一")
    desk.tick(5 * SECOND)
    desk.note("二")
    assert desk.status == SyncStatus(SyncState.OFFLINE, 2, began, kind=ErrorKind.OFFLINE)
    desk.block(None)
    desk.tick(MINUTE)
    assert desk.status == SyncStatus(SyncState.IN_STEP, since_at=desk.seat.clock.at)
    desk.block(ErrorKind.OFFLINE)
    desk.note("三")
    assert desk.status.since_at == desk.seat.clock.at, "a new absence has its own beginning"


def test_l3_a_busy_server_is_left_alone_for_as_long_as_it_asks(desk: Desk) -> None:
    desk.tick()
    desk.road.blocked = KnownError(ErrorKind.SERVER_BUSY, seconds=60)
    desk.sync.hinted()
    desk.sent()
    desk.block(None)
    desk.sync.hinted()
    desk.note("一")
    desk.tick(60 * SECOND)
    assert desk.sent() == []
    desk.tick(30 * SECOND)
    assert desk.sent() == ["push", "pull"]


def test_while_the_server_is_away_edits_do_not_knock_and_a_hint_does(desk: Desk) -> None:
    desk.tick()
    desk.block(ErrorKind.OFFLINE)
    desk.note("一")
    desk.sent()
    desk.note("二")
    desk.tick()
    assert desk.sent() == []
    desk.block(None)
    desk.sync.hinted()
    assert desk.sent() == ["push", "pull"]
    assert desk.status.state is SyncState.IN_STEP


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (ErrorKind.OFFLINE, SyncState.OFFLINE),
        (ErrorKind.SERVER_FAILED, SyncState.OFFLINE),
        (ErrorKind.SERVER_BUSY, SyncState.OFFLINE),
        (ErrorKind.NOT_A_SERVER, SyncState.OFFLINE),
        (ErrorKind.TOKEN_INVALID, SyncState.ATTENTION),
        (ErrorKind.ACCOUNT_DISABLED, SyncState.ATTENTION),
        (ErrorKind.UPGRADE_NEEDED, SyncState.ATTENTION),
        (ErrorKind.DEVICE_CLONED, SyncState.ATTENTION),
        (ErrorKind.MALFORMED, SyncState.ATTENTION),
        (ErrorKind.DISK_FULL, SyncState.ATTENTION),
        (ErrorKind.STORE_DAMAGED, SyncState.ATTENTION),
    ],
)
def test_only_what_passes_by_itself_is_called_offline(desk: Desk, kind: ErrorKind, state: SyncState) -> None:
    desk.block(kind)
    desk.tick()
    assert (desk.status.state, desk.status.kind) == (state, kind)


def test_a_refused_edit_asks_for_attention_until_somebody_looked(desk: Desk, supervisor: Seat) -> None:
    desk.tick()
    ((customer,),) = desk.seat.rows("SELECT id FROM customer ORDER BY id LIMIT 1")
    assert isinstance(customer, bytes)
    now = desk.seat.clock.now()
    supervisor.do(CorrectCustomer(supervisor.ids.new(), customer, "name", "客户 0", "客户 甲", now))
    supervisor.sync()
    desk.seat.do(CorrectCustomer(desk.seat.ids.new(), customer, "name", "客户 0", "客户 乙", now))
    desk.sync.edited()
    assert desk.status == SyncStatus(SyncState.ATTENTION, since_at=now, conflicts=1)
    assert any("conflict" in change.tables for change in desk.changes)


def test_a_failing_server_sets_one_edit_aside_and_the_screens_hear_of_it(desk: Desk) -> None:  # SYNC P3
    desk.tick()
    desk.block(ErrorKind.SERVER_FAILED)
    desk.note("毒")
    desk.changes.clear()
    for _ in range(MOST_TRIES):
        desk.tick(2 * MINUTE)
    assert desk.status.conflicts == 1
    (change,) = desk.changes
    assert {"activity", "conflict", "outbox"} <= change.tables
    desk.block(None)
    desk.tick(2 * MINUTE)
    assert (desk.status.state, desk.status.waiting) == (SyncState.ATTENTION, 0)


def test_a_stopped_desk_begins_nothing(desk: Desk) -> None:
    desk.sync.stop()
    desk.tick()
    desk.sync.hinted()
    assert desk.sent() == []


def test_what_was_pulled_is_found_by_searching(desk: Desk) -> None:
    desk.tick()
    assert desk.seat.rows("SELECT count(*) FROM customer_indexed") == [(3,)]
    assert len(desk.seat.rows("SELECT 1 FROM customer_term WHERE term = 'kehu0'")) == 1


def test_after_a_round_a_long_log_is_moved_into_the_file_and_a_failing_disk_stops_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LONG_LOG", 0)
    empty = desk.seat.store.file.read_bytes()
    desk.tick()
    assert desk.seat.store.file.read_bytes() != empty

    def fails() -> None:
        failed.append(True)
        raise KnownError(ErrorKind.DISK_FULL)

    failed: list[bool] = []
    monkeypatch.setattr(desk.seat.store, "shorten_log", fails)
    desk.note("a")
    desk.tick(MINUTE)
    assert failed
    assert desk.status.state is SyncState.IN_STEP


def test_a_bug_in_a_round_goes_up_and_the_next_round_runs(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(desk.road, "exchange", lambda request: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            desk.tick()
    desk.tick(MINUTE)
    assert desk.status.state is SyncState.IN_STEP
