"""When the next round is due: soon on a wish, later and later while the server is away, and no two desks at once."""

import pytest

from agent_app.sync.schedule import FIRST_RETRY, LAST_RETRY, POLL, SPREAD, Schedule, asked_wait
from server_sync.domain.clock import DAY, SECOND
from server_sync.domain.errors import ErrorKind, KnownError

NOW = 2 * DAY


def test_a_new_desk_asks_at_once() -> None:
    assert Schedule(0.5).due_at == 0


def test_a_wish_is_for_now_unless_the_server_is_away() -> None:
    schedule = Schedule(0.5)
    schedule.succeeded(NOW)
    schedule.wish(NOW + 1)
    assert schedule.due_at == NOW + 1
    schedule.failed(NOW + 1)
    due = schedule.due_at
    schedule.wish(NOW + 2)
    assert schedule.due_at == due > NOW + 2


def test_after_a_round_the_next_comes_in_half_a_minute_to_a_minute() -> None:  # SYNC L3
    for spread in (0.0, 0.25, 1.0):
        schedule = Schedule(spread)
        schedule.succeeded(NOW)
        assert 30 * SECOND <= schedule.due_at - NOW <= 60 * SECOND


def test_a_clock_that_is_set_back_makes_no_wait_longer() -> None:
    schedule = Schedule(0.5)
    for wait in (schedule.succeeded, schedule.failed):
        schedule.due(NOW)
        wait(NOW)
        left = schedule.due_at - NOW
        assert not schedule.due(NOW - DAY)
        assert not schedule.due(NOW - DAY + left - 1)
        assert schedule.due(NOW - DAY + left)


def test_retries_double_up_to_a_minute_and_begin_anew_after_a_success() -> None:
    schedule = Schedule(0.5)
    waits = []
    for _ in range(8):
        schedule.failed(NOW)
        waits.append(schedule.due_at - NOW)
    assert waits == [FIRST_RETRY * factor for factor in (1, 2, 4, 8, 16)] + [LAST_RETRY] * 3
    schedule.succeeded(NOW)
    schedule.failed(NOW)
    assert schedule.due_at == NOW + FIRST_RETRY


def test_a_word_of_the_server_ends_the_wait() -> None:
    schedule = Schedule(0.5)
    for _ in range(5):
        schedule.failed(NOW)
    schedule.forgive(NOW + 1)
    assert schedule.due_at == NOW + 1
    schedule.failed(NOW + 1)
    assert schedule.due_at == NOW + 1 + FIRST_RETRY


def test_l3_a_server_that_is_busy_is_left_alone_for_as_long_as_it_asks_and_desks_come_back_spread() -> None:
    due = []
    for spread in (0.0, 0.5, 1.0):
        schedule = Schedule(spread)
        schedule.failed(NOW, asked_wait(KnownError(ErrorKind.SERVER_BUSY, seconds=5)))
        due.append(schedule.due_at - NOW)
    assert due == [5 * SECOND, 7.5 * SECOND, 10 * SECOND]


def test_l3_neither_a_hint_nor_an_edit_shortens_what_a_busy_server_asked_for() -> None:
    schedule = Schedule(0.0)
    schedule.failed(NOW, 5 * SECOND)
    schedule.wish(NOW + 1)
    schedule.forgive(NOW + 1)
    schedule.wish(NOW + 2)
    assert schedule.due_at == NOW + 5 * SECOND
    schedule.forgive(NOW + 6 * SECOND)
    assert schedule.due_at == NOW + 6 * SECOND
    schedule.failed(NOW + 6 * SECOND)
    schedule.forgive(NOW + 6 * SECOND + 1)
    assert schedule.due_at == NOW + 6 * SECOND + 1


def test_l3_a_wait_is_asked_for_in_whole_seconds_of_an_hour_at_most() -> None:
    asked = [5, 0, -1, "5", None, 10**9]
    waits = [asked_wait(KnownError(ErrorKind.SERVER_BUSY, seconds=seconds)) for seconds in asked]
    assert waits == [5 * SECOND, 0, 0, 0, 0, 3_600 * SECOND]


@pytest.mark.parametrize("wait", [POLL, FIRST_RETRY])
def test_desks_spread_evenly_around_the_usual_wait(wait: int) -> None:
    def due(spread: float) -> int:
        schedule = Schedule(spread)
        (schedule.succeeded if wait == POLL else schedule.failed)(NOW)
        return schedule.due_at - NOW

    assert due(0.0) == round(wait * (1 - SPREAD))
    assert due(0.5) == wait
    assert due(1.0) == round(wait * (1 + SPREAD))


def test_l3_a_clock_that_is_set_back_keeps_no_busy_server_waiting_longer_than_it_asked() -> None:
    schedule = Schedule(0.0)
    schedule.due(NOW)
    schedule.failed(NOW, 5 * SECOND)
    assert not schedule.due(NOW - DAY)
    schedule.forgive(NOW - DAY)
    assert schedule.due_at == NOW - DAY + 5 * SECOND


def test_l3_a_wait_of_a_second_is_a_wait() -> None:
    assert asked_wait(KnownError(ErrorKind.SERVER_BUSY, seconds=1)) == SECOND


def test_a_desk_whose_clock_stands_at_the_beginning_of_time_asks_at_once() -> None:
    schedule = Schedule(0.5)
    assert schedule.due(0)
    schedule.forgive(0)
    assert schedule.due_at == 0
    schedule.failed(0)
    schedule.forgive(0)
    assert schedule.due_at == 0
