"""Listening for hints (SYNC L3): every one is told, and the stream is taken up again whenever it ends."""

import queue
import threading
from collections.abc import Iterator

import pytest

from agent_app.sync import live
from agent_app.sync.live import LiveListener
from server_sync.domain.errors import ErrorKind, KnownError

PATIENCE = 30


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "FIRST_WAIT", 0.001)
    monkeypatch.setattr(live, "LAST_WAIT", 0.004)


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
    listener = LiveListener(streams, hints.release)
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
    listener = LiveListener(streams, hints.release)
    listener.start()
    for _ in range(5):
        assert streams.connected.acquire(timeout=PATIENCE)
        streams.lines.put(None)
    streams.lines.put(b"data: []")
    assert hints.acquire(timeout=PATIENCE)
    listener.stop()
    streams.lines.put(None)


def test_waits_double_while_the_server_is_away_and_begin_anew_with_its_first_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits: list[float] = []
    ended = threading.Event()
    answers: list[list[bytes]] = [[], [], [], [b":"], []]

    def stream() -> Iterator[bytes]:
        if not answers:
            listener.stop()
            ended.set()
            return
        yield from answers.pop(0)
        raise KnownError(ErrorKind.OFFLINE)

    listener = LiveListener(stream, lambda: None)
    monkeypatch.setattr(listener._stopped, "wait", waits.append)
    listener.start()
    assert ended.wait(PATIENCE)
    assert waits[:5] == [0.001, 0.002, 0.004, 0.001, 0.002]
