"""Ids as RFC 9562 wants them (SYNC S1): version 7, in the order of their making, whatever the clock does."""

import threading
from uuid import RFC_4122, UUID

import pytest

from server_sync.domain.ids import ID_BYTES, SystemIds, is_id
from tests.server_sync.organisation import NOW


class HandClock:
    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> int:
        return self.at

    def monotonic(self) -> float:
        return 0.0


def test_s1_an_id_is_a_uuid_of_version_7_with_the_moment_in_front() -> None:
    made = SystemIds(HandClock()).new()
    read = UUID(bytes=made)
    assert (read.version, read.variant, len(made)) == (7, RFC_4122, ID_BYTES)
    assert read.int >> 80 == NOW


def test_ids_of_one_millisecond_sort_in_the_order_of_their_making() -> None:
    ids = SystemIds(HandClock())
    made = [ids.new() for _ in range(10_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert all(UUID(bytes=one).version == 7 for one in made), (
        "an overrunning counter must not touch the version"
    )


def test_ids_go_on_in_order_when_the_clock_steps_back() -> None:
    clock = HandClock()
    ids = SystemIds(clock)
    made = [ids.new()]
    for step in (-60_000, -1, 5, -10_000_000):
        clock.at = NOW + step
        made.append(ids.new())
    assert made == sorted(made)


def test_two_sources_at_one_moment_make_different_ids() -> None:
    first, second = SystemIds(HandClock()), SystemIds(HandClock())
    assert len({first.new() for _ in range(100)} | {second.new() for _ in range(100)}) == 200


def test_threads_that_share_a_source_never_get_one_id_twice() -> None:
    ids = SystemIds(HandClock())
    made: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: made.extend([ids.new() for _ in range(2_000)])) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({one[:8] for one in made}) == 8_000, "moment and counter alone must tell them apart"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (bytes(16), True),
        (bytes(15), False),
        (bytes(17), False),
        (b"", False),
        ("a" * 16, False),
        (None, False),
    ],
)
def test_what_came_from_outside_is_an_id_only_in_its_shape(value: object, expected: bool) -> None:
    assert is_id(value) is expected
