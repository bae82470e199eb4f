"""Guessing is slowed down by login and address, and forgotten after a while."""

import pytest

from server_sync.accounts import throttle
from server_sync.accounts.throttle import Throttle, wait_after
from server_sync.domain.clock import MINUTE, SECOND
from server_sync.domain.errors import ErrorKind, KnownError
from tests.clocks import HandClock


def try_wrongly(guard: Throttle, times: int, login: str = "agent01", address: str = "10.0.0.1") -> list[int]:
    """So many tries; of each the seconds that it was told to wait, 0 when it was let in."""
    told = []
    for _ in range(times):
        try:
            guard.enter(login, address)
            told.append(0)
        except KnownError as error:
            told.append(int(error.values["seconds"]) if error.kind is ErrorKind.TOO_MANY_TRIES else -1)
    return told


def test_the_first_failures_cost_nothing_and_each_further_one_doubles_the_wait() -> None:
    assert [wait_after(n) // SECOND for n in (0, 4, 5, 6, 7, 10, 100)] == [0, 0, 30, 60, 120, 900, 900]


def test_a_wait_begins_with_the_fifth_failure_and_ends() -> None:
    clock = HandClock()
    guard = Throttle(clock)
    assert try_wrongly(guard, 7) == [0, 0, 0, 0, 0, 30, 30]
    clock.move(29_001)
    assert try_wrongly(guard, 1) == [1]
    clock.move(1_000)
    assert try_wrongly(guard, 2) == [0, 60]


def test_a_try_counts_from_its_beginning_so_that_many_at_once_are_no_way_round() -> None:
    guard = Throttle(HandClock())
    assert sum(seconds == 0 for seconds in try_wrongly(guard, 100)) == 5


def test_another_address_or_login_does_not_wait() -> None:
    guard = Throttle(HandClock())
    try_wrongly(guard, 9)
    assert try_wrongly(guard, 1, address="10.0.0.2") == [0]
    assert try_wrongly(guard, 1, login="agent02") == [0]


def test_success_and_an_hour_of_quiet_start_anew() -> None:
    clock = HandClock()
    guard = Throttle(clock)
    try_wrongly(guard, 5)
    guard.succeeded("agent01", "10.0.0.1")
    assert try_wrongly(guard, 4) == [0] * 4
    clock.move(60 * MINUTE)
    assert try_wrongly(guard, 6) == [0] * 5 + [30]


def test_memory_is_bounded_and_the_newest_tries_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "MOST_KEPT", 100)
    clock = HandClock()
    guard = Throttle(clock)
    for number in range(1000):
        clock.move(1)
        try_wrongly(guard, 1, login=f"agent{number}")
    assert len(guard._tries) <= 100
    assert try_wrongly(guard, 5, login="agent999") == [0, 0, 0, 0, 30]
