"""A desk works for as long as its server allowed and no longer, whatever its clock says (SYNC E4)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_app.store import lease
from agent_app.store.database import Store, open_store
from agent_app.store.lease import NOTED_EVERY, USUAL, Lease, LeaseWatch
from agent_app.store.tables import ALL
from server_sync.domain.clock import DAY, HOUR, MINUTE
from tests.clocks import HandClock

KEY = bytes(range(32))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path, KEY, ALL)
    yield opened
    opened.close()


class SplitClock(HandClock):
    """The wall clock can be set; what is left of the machine's running time goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.running = 0.0

    def monotonic(self) -> float:
        return self.running

    def work(self, ms: int) -> None:
        """Time passes with the machine running."""
        self.at += ms
        self.running += ms / 1000

    def sleep(self, ms: int) -> None:
        """Time passes with the machine asleep or off."""
        self.at += ms


@pytest.fixture
def clock() -> SplitClock:
    return SplitClock()


def contact(store: Store, clock: SplitClock, length: int | None = None, skew: int = 0) -> None:
    with store.write() as connection:
        lease.renew(connection, clock.now(), clock.now() + skew, length)


def look(store: Store, watch: LeaseWatch) -> Lease:
    with store.write() as connection:
        return watch.look(connection)


def test_e4_a_lease_is_over_when_its_time_is(store: Store, clock: SplitClock) -> None:
    contact(store, clock, 3 * DAY)
    watch = LeaseWatch(clock)
    clock.sleep(3 * DAY)
    held = look(store, watch)
    assert (held.is_over(clock.now()), held.left(clock.now())) == (False, 0)
    clock.sleep(1)
    assert look(store, watch).is_over(clock.now())


def test_e4_a_contact_begins_it_anew(store: Store, clock: SplitClock) -> None:
    contact(store, clock, 3 * DAY)
    watch = LeaseWatch(clock)
    clock.sleep(4 * DAY)
    assert look(store, watch).is_over(clock.now())
    contact(store, clock)
    held = look(store, watch)
    assert (held.length, held.left(clock.now())) == (3 * DAY, 3 * DAY)


def test_e4_a_store_of_an_earlier_program_begins_with_the_usual_lease(
    store: Store, clock: SplitClock
) -> None:
    assert look(store, LeaseWatch(clock)).left(clock.now()) == USUAL
    clock.sleep(USUAL + MINUTE)
    assert look(store, LeaseWatch(clock)).is_over(clock.now())


def test_e4_a_clock_set_back_does_not_help(store: Store, clock: SplitClock) -> None:
    contact(store, clock, 3 * DAY)
    clock.sleep(3 * DAY + HOUR)
    assert look(store, LeaseWatch(clock)).is_over(clock.now())
    clock.at -= 3 * DAY
    assert look(store, LeaseWatch(clock)).is_over(clock.now())


def test_e4_a_clock_set_back_again_and_again_gains_no_time_at_work(store: Store, clock: SplitClock) -> None:
    contact(store, clock, DAY)
    morning = clock.at
    watch = LeaseWatch(clock)
    for _ in range(25):
        look(store, watch)
        clock.work(HOUR)
        clock.at = morning
    assert look(store, watch).is_over(clock.now())


def test_e4_what_was_counted_outlives_the_program(store: Store, clock: SplitClock) -> None:
    contact(store, clock, DAY)
    morning = clock.at
    for _ in range(26):
        watch = LeaseWatch(clock)
        look(store, watch)
        clock.work(HOUR)
        look(store, watch)
        clock.at = morning
    assert look(store, LeaseWatch(clock)).is_over(clock.now())


def test_e4_a_clock_that_was_ahead_at_the_contact_and_is_put_right_counts_by_the_servers_time(
    store: Store, clock: SplitClock
) -> None:
    right = clock.at
    clock.at += 365 * DAY
    contact(store, clock, 3 * DAY, skew=-365 * DAY)
    clock.at = right + 2 * DAY
    assert not look(store, LeaseWatch(clock)).is_over(clock.now())
    clock.at = right + 4 * DAY
    assert look(store, LeaseWatch(clock)).is_over(clock.now())


def test_e4_a_clock_that_is_always_ahead_does_no_harm_while_the_server_is_there(
    store: Store, clock: SplitClock
) -> None:
    clock.at += 365 * DAY
    watch = LeaseWatch(clock)
    for _ in range(3):
        contact(store, clock, 3 * DAY, skew=-365 * DAY)
        clock.work(2 * DAY)
        assert not look(store, watch).is_over(clock.now())


def test_e4_a_refusal_ends_it_at_once_and_an_answer_begins_it_again(store: Store, clock: SplitClock) -> None:
    contact(store, clock, 3 * DAY)
    with store.write() as connection:
        lease.end(connection)
    assert look(store, LeaseWatch(clock)).is_over(clock.now())
    contact(store, clock, 3 * DAY)
    assert not look(store, LeaseWatch(clock)).is_over(clock.now())


def test_e4_looking_writes_seldom(store: Store, clock: SplitClock) -> None:
    contact(store, clock, DAY)
    watch = LeaseWatch(clock)

    def kept() -> int:
        with store.read() as connection:
            found = lease.load(connection)
        assert found is not None
        return found.latest_at

    first = kept()
    clock.work(NOTED_EVERY - 1)
    look(store, watch)
    assert kept() == first
    clock.work(1)
    look(store, watch)
    assert kept() == clock.now()
