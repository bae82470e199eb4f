"""Listening for hints (SYNC L3): every one is told, and the stream is taken up again whenever it ends."""

import queue
import threading
from collections.abc import Iterator
from itertools import pairwise

import pytest

from agent_app.sync import live
from agent_app.sync.live import LiveListener
from agent_app.sync.schedule import FIRST_LISTEN, LAST_LISTEN, LISTEN_SPREAD, Waits
from server_sync.domain.clock import SECOND
from server_sync.domain.errors import ErrorKind, KnownError

PATIENCE = 90


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "FIRST_LISTEN", 1)
    monkeypatch.setattr(live, "LAST_LISTEN", 4)


class Streams:
    """Each connection gives the lines that were put in, until it is cut."""

    def __init__(self) -> None:
        self.lines: queue.Queue[bytes | None] = queue.Queue()
        self.connections = 0
        self.connected = threading.Semaphore(0)

    def __call__(self) -> Iterator[bytes]:
        self.connections += 1
        self.connected.release()
        while (line := self.lines.get(timeout=PATIENCE)) is not None:
            yield line
        raise KnownError(ErrorKind.OFFLINE)


def test_every_hint_is_told_and_signs_of_life_are_not() -> None:
    streams, hints = Streams(), threading.Semaphore(0)
    listener = LiveListener(streams, hints.release, 0.5)
    listener.start()
    for line in (b'data: ["ref"]', b"", b":", b'data: ["desk"]'):
        streams.lines.put(line)
    assert hints.acquire(timeout=PATIENCE)
    assert hints.acquire(timeout=PATIENCE)
    listener.stop()
    streams.lines.put(b"data: late")
    streams.lines.put(None)
    assert not hints.acquire(blocking=False)


def test_a_stream_that_ends_is_taken_up_again_as_often_as_it_takes() -> None:
    streams, hints = Streams(), threading.Semaphore(0)
    listener = LiveListener(streams, hints.release, 0.5)
    listener.start()
    for _ in range(5):
        assert streams.connected.acquire(timeout=PATIENCE)
        streams.lines.put(None)
    streams.lines.put(b"data: []")
    assert hints.acquire(timeout=PATIENCE)
    listener.stop()
    streams.lines.put(None)


def test_l3_waits_double_while_the_server_is_away_and_begin_anew_with_its_first_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits: list[float] = []
    ended = threading.Event()
    answers: list[list[bytes]] = [[], [], [], [b":"], []]
    busy = [0, 0, 0, 0, 7]

    def stream() -> Iterator[bytes]:
        if not answers:
            listener.stop()
            ended.set()
            return
        yield from answers.pop(0)
        raise KnownError(ErrorKind.SERVER_BUSY, seconds=busy.pop(0))

    listener = LiveListener(stream, lambda: None, 0.5)
    monkeypatch.setattr(listener._stopped, "wait", waits.append)
    listener.start()
    assert ended.wait(PATIENCE)
    assert waits[:4] == [0.001, 0.002, 0.004, 0.001]
    assert waits[4] == 7 * 1.5


def test_l3_streams_that_end_together_are_taken_up_again_one_after_the_other() -> None:
    """A server that is started again hears a thousand desks in the course of seconds."""
    waits = sorted(
        Waits(FIRST_LISTEN, LAST_LISTEN, LISTEN_SPREAD, place / 255).after_failure() for place in range(256)
    )
    assert waits[-1] - waits[0] == 8 * SECOND
    assert all(later - earlier < 40 for earlier, later in pairwise(waits))
