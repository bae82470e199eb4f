"""Work off the main thread: where things run, in what order, what is dropped and what never is."""

import sys
import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject, Signal, Slot
from pytestqt.qtbot import QtBot

from agent_app.ports import Lane
from agent_app.runtime.work import QtWork


@pytest.fixture
def qt_work(qapp: object) -> Iterator[QtWork]:
    work = QtWork()
    yield work
    work.shutdown()


def test_work_runs_on_the_store_thread_and_is_delivered_on_the_main_thread(
    qtbot: QtBot, qt_work: QtWork
) -> None:
    seen: list[str] = []
    for lane in (Lane.ACTION, Lane.QUERY, Lane.BACKGROUND, Lane.NETWORK):
        qt_work.run(
            lambda: threading.current_thread().name,
            lambda name: seen.append(f"{name} {threading.current_thread() is threading.main_thread()}"),
            lane=lane,
        )
    qtbot.waitUntil(qt_work.is_idle)
    assert sorted(entry.partition("_")[0] for entry in seen) == [
        "network",
        "store True",
        "store True",
        "store True",
    ]
    assert all(entry.endswith("True") for entry in seen)


def test_a_persons_action_goes_before_waiting_queries_and_those_before_background(
    qtbot: QtBot, qt_work: QtWork
) -> None:
    order: list[str] = []
    gate = threading.Event()
    qt_work.run(gate.wait, lambda _: None)
    for lane in (Lane.BACKGROUND, Lane.QUERY, Lane.ACTION, Lane.QUERY):
        qt_work.run(partial(order.append, lane.name), lambda _: None, lane=lane)
    gate.set()
    qtbot.waitUntil(qt_work.is_idle)
    assert order == ["ACTION", "QUERY", "QUERY", "BACKGROUND"]


def test_a_newer_query_with_the_same_key_makes_the_earlier_one_silent(qtbot: QtBot, qt_work: QtWork) -> None:
    ran: list[int] = []
    seen: list[int] = []
    gate = threading.Event()

    def running() -> int:
        gate.wait()
        return 0

    def noted(number: int) -> int:
        ran.append(number)
        return number

    qt_work.run(running, seen.append, key="queue")
    for number in (1, 2, 3):
        qt_work.run(partial(noted, number), seen.append, key="queue")
    qt_work.run(lambda: 9, seen.append, key="another")
    gate.set()
    qtbot.waitUntil(qt_work.is_idle)
    assert (ran, seen) == ([3], [3, 9])


def test_an_error_goes_to_its_receiver_and_without_one_to_the_excepthook(
    qtbot: QtBot, qt_work: QtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    errors: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: errors.append(kind))
    received: list[Exception] = []
    qt_work.run(lambda: 1 // 0, lambda _: None, received.append)
    qt_work.run(lambda: int("x"), lambda _: None)
    qtbot.waitUntil(qt_work.is_idle)
    assert [type(error) for error in received] == [ZeroDivisionError]
    assert errors == [ValueError]


def test_an_action_cannot_be_made_stale(qt_work: QtWork) -> None:
    with pytest.raises(ValueError, match="never stale"):
        qt_work.run(lambda: None, lambda _: None, lane=Lane.ACTION, key="save")


def test_closing_finishes_actions_drops_the_rest_and_delivers_nothing(qtbot: QtBot) -> None:
    work = QtWork()
    gate = threading.Event()
    ran: list[str] = []
    delivered: list[object] = []
    work.run(gate.wait, delivered.append)
    work.run(lambda: ran.append("query"), delivered.append)
    work.run(lambda: ran.append("action"), delivered.append, lane=Lane.ACTION)
    threading.Timer(0.05, gate.set).start()
    work.shutdown()
    qtbot.wait(1)
    assert (ran, delivered) == (["action"], [])
    assert not [thread for thread in threading.enumerate() if thread.name == "store"]
    with pytest.raises(RuntimeError):
        work.run(lambda: None, delivered.append)


class Emitter(QObject):
    told = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.heard = 0
        self.told.connect(self.hear)

    @Slot(object)
    def hear(self, value: object) -> None:
        self.heard += 1


def test_twenty_thousand_emissions_do_not_wear_out_a_shared_object(qapp: object) -> None:
    emitter = Emitter()
    before = sys.getrefcount(True)
    for _ in range(20_000):
        emitter.told.emit(True)
    assert emitter.heard == 20_000
    assert sys.getrefcount(True) > before - 1_000
