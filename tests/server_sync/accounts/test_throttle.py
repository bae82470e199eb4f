"""Guessing is slowed down by login and address, and forgotten after a while."""

import pytest

from server_sync.accounts import throttle
from server_sync.accounts.throttle import Throttle, wait_after
from server_sync.domain.clock import MINUTE, SECOND
from server_sync.domain.errors import ErrorKind, KnownError
from tests.clocks import HandClock


def fail(guard: Throttle, times: int, login: str = "agent01", address: str = "10.0.0.1") -> None:
    for _ in range(times):
        guard.failed(login, address)


def seconds_left(guard: Throttle, login: str = "agent01", address: str = "10.0.0.1") -> int:
    try:
        guard.check(login, address)
    except KnownError as error:
        return int(error.values["seconds"]) if error.kind is ErrorKind.TOO_MANY_TRIES else -1
    return 0


def test_the_first_failures_cost_nothing_and_each_further_one_doubles_the_wait() -> None:
    assert [wait_after(n) // SECOND for n in (0, 4, 5, 6, 7, 10, 100)] == [0, 0, 30, 60, 120, 900, 900]


def test_a_wait_begins_with_the_fifth_failure_and_ends() -> None:
    clock = HandClock()
    guard = Throttle(clock)
    fail(guard, 4)
    assert seconds_left(guard) == 0
    fail(guard, 1)
    assert seconds_left(guard) == 30
    clock.move(29_001)
    assert seconds_left(guard) == 1
    clock.move(1_000)
    assert seconds_left(guard) == 0
    fail(guard, 1)
    assert seconds_left(guard) == 60


def test_another_address_or_login_does_not_wait() -> None:
    guard = Throttle(HandClock())
    fail(guard, 9)
    assert seconds_left(guard, address="10.0.0.2") == 0
    assert seconds_left(guard, login="agent02") == 0


def test_letters_of_another_case_are_the_same_login() -> None:
    guard = Throttle(HandClock())
    fail(guard, 5, login="AGENT01")
    assert seconds_left(guard, login="agent01") == 30


def test_success_and_an_hour_of_quiet_start_anew() -> None:
    clock = HandClock()
    guard = Throttle(clock)
    fail(guard, 5)
    guard.succeeded("agent01", "10.0.0.1")
    fail(guard, 4)
    assert seconds_left(guard) == 0
    clock.move(60 * MINUTE)
    fail(guard, 4)
    assert seconds_left(guard) == 0


def test_memory_is_bounded_and_the_newest_tries_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "MOST_KEPT", 100)
    clock = HandClock()
    guard = Throttle(clock)
    for number in range(1000):
        clock.move(1)
        fail(guard, 1, login=f"agent{number}")
    assert len(guard._tries) <= 100
    fail(guard, 4, login="agent999")
    assert seconds_left(guard, login="agent999") == 30
