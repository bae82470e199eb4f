"""The garbage of the desk dies on the main thread."""

import gc
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from agent_app.runtime.garbage import MainThreadGarbage


class Knot:
    """A cycle that notes the thread on which it dies."""

    died_on: list[int] = []  # noqa: RUF012 - shared on purpose: the knots are gone when it is read

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        Knot.died_on.append(threading.get_ident())


@pytest.fixture
def garbage(qtbot: QtBot) -> Iterator[MainThreadGarbage]:
    made = MainThreadGarbage()
    Knot.died_on.clear()
    yield made
    made.release()


def test_a_worker_that_allocates_collects_nothing(garbage: MainThreadGarbage) -> None:
    worker = threading.Thread(target=lambda: [Knot() for _ in range(5_000)])
    worker.start()
    worker.join()
    assert Knot.died_on == []
    garbage.collect()
    assert set(Knot.died_on) == {threading.get_ident()}


def test_the_collector_is_given_back(qtbot: QtBot) -> None:
    MainThreadGarbage().release()
    assert gc.isenabled()
