"""What desks need no longer goes from the feed; who was away for longer starts again, and nobody else (SYNC E3)."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from server_sync.doctor.examination import examine
from server_sync.domain.clock import DAY
from server_sync.domain.commands import Actor, Update
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.store import retention
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.store.heads import Op
from server_sync.store.tables import feed, feed_commit, partition
from tests.agent_app.sync.office import HandClock, Seat
from tests.server_sync.organisation import Organisation

Sit = Callable[[Actor], Seat]


def sweep(server: Database, clock: HandClock) -> int:
    with server.write(clock.now()) as tx:
        return retention.forget_old(tx)


def tombstones(server: Database) -> int:
    with server.read() as connection:
        gone = select(func.count()).select_from(feed).where(feed.c.op != Op.LIVE.value)
        return connection.scalar(gone) or 0


def give_away(server: Database, organisation: Organisation, clock: HandClock, seat: Seat) -> None:
    """All customers of a desk go to a colleague: their dossiers leave it."""
    colleague = organisation.north_agents[2].person_id
    tasks = [row[0] for row in seat.rows("SELECT id FROM task")]
    with server.write(clock.now()) as tx:
        write(
            tx,
            [
                Update("task", row_id, {"assignee_id": colleague})
                for row_id in tasks
                if isinstance(row_id, bytes)
            ],
        )


def test_e3_tombstones_go_after_ninety_days_and_not_before(
    server: Database, organisation: Organisation, clock: HandClock, sit: Sit
) -> None:
    seat = sit(organisation.north_agents[0])
    seat.sync()
    give_away(server, organisation, clock, seat)
    assert tombstones(server) == 3
    clock.at += retention.KEPT_FOR
    assert (sweep(server, clock), tombstones(server)) == (0, 3)
    clock.at += 1
    assert (sweep(server, clock), tombstones(server)) == (3, 0)
    assert sweep(server, clock) == 0
    assert examine(server, clock.now()).findings == []


def test_e3_a_cursor_below_the_floor_bootstraps_and_ends_with_the_right_rows(
    server: Database, organisation: Organisation, clock: HandClock, sit: Sit
) -> None:
    away = sit(organisation.north_agents[0])
    away.sync()
    give_away(server, organisation, clock, away)
    clock.at += retention.KEPT_FOR + DAY
    sweep(server, clock)
    away.engine.wake()
    request = away.ask()
    assert request is not None
    with pytest.raises(KnownError) as error:
        away.answer(request)
    assert error.value.kind is ErrorKind.CURSOR_TOO_OLD
    away.sync()
    fresh = sit(organisation.north_agents[0])
    fresh.sync()
    for table in ("customer", "task", "contact_point", "person", "held"):
        assert sorted(away.rows(f"SELECT * FROM {table}")) == sorted(fresh.rows(f"SELECT * FROM {table}"))
    assert away.rows("SELECT 1 FROM customer") == []


def test_e3_who_stands_at_the_floor_goes_on(
    server: Database, organisation: Organisation, clock: HandClock, sit: Sit
) -> None:
    seat = sit(organisation.north_lead)
    seat.sync()
    clock.at += retention.KEPT_FOR + DAY
    sweep(server, clock)
    assert seat.sync() == 1


@pytest.mark.parametrize("page_rows", [1, 3, 5_000])
def test_e3_a_first_sync_goes_through_below_the_floor(
    server: Database, organisation: Organisation, clock: HandClock, sit: Sit, page_rows: int
) -> None:
    clock.at += retention.KEPT_FOR + DAY
    sweep(server, clock)
    with server.read() as connection:
        floors = connection.scalars(select(partition.c.floor)).all()
    assert max(floors) > 5
    piecemeal, whole = sit(organisation.north_lead), sit(organisation.north_lead)
    piecemeal.sync(page_rows)
    whole.sync()
    for table in ("customer", "task", "person", "held"):
        assert sorted(piecemeal.rows(f"SELECT * FROM {table}")) == sorted(
            whole.rows(f"SELECT * FROM {table}")
        )
    assert piecemeal.rows("SELECT value FROM desk_state WHERE key = 'fresh'") in ([], [("[]",)])


def test_e3_a_first_sync_that_is_interrupted_goes_on_where_it_was(
    server: Database, organisation: Organisation, clock: HandClock, sit: Sit
) -> None:
    clock.at += retention.KEPT_FOR + DAY
    sweep(server, clock)
    seat = sit(organisation.north_lead)
    for _ in range(3):
        request = seat.ask()
        assert request is not None
        seat.take(seat.answer(request, page_rows=2))
    seat.restart()
    seat.sync(page_rows=2)
    fresh = sit(organisation.north_lead)
    fresh.sync()
    assert sorted(seat.rows("SELECT * FROM customer")) == sorted(fresh.rows("SELECT * FROM customer"))


def test_e3_a_first_sync_that_lay_still_too_long_misses_nothing_that_left_meanwhile(
    server: Database, organisation: Organisation, clock: HandClock, sit: Sit
) -> None:
    seat = sit(organisation.north_agents[0])
    request = seat.ask()
    assert request is not None
    while not seat.rows("SELECT 1 FROM task"):
        seat.take(seat.answer(request, page_rows=2))
        request = seat.ask()
        assert request is not None
    assert seat.rows("SELECT value FROM desk_state WHERE key = 'fresh'") not in ([], [("[]",)])
    give_away(server, organisation, clock, seat)
    clock.at += retention.KEPT_FOR + DAY
    sweep(server, clock)
    seat.restart()
    seat.sync()
    fresh = sit(organisation.north_agents[0])
    fresh.sync()
    for table in ("customer", "task", "contact_point", "person", "held"):
        assert sorted(seat.rows(f"SELECT * FROM {table}")) == sorted(fresh.rows(f"SELECT * FROM {table}"))
    assert seat.rows("SELECT value FROM desk_state WHERE key = 'fresh_since'") == [("null",)]


def test_e1_the_commit_of_every_head_stays(
    server: Database, organisation: Organisation, clock: HandClock
) -> None:
    clock.at += retention.KEPT_FOR + DAY
    sweep(server, clock)
    with server.read() as connection:
        moved = select(func.count()).select_from(partition).where(partition.c.head > 0)
        kept = select(func.count()).select_from(feed_commit)
        assert connection.scalar(kept) == connection.scalar(moved)
