"""Going to places and back, and the one clock that ticks for all."""

from PySide6.QtCore import QObject, QTimer, Slot
from pytestqt.qtbot import QtBot

from agent_app.ports import Route
from agent_app.runtime.routes import Routes
from agent_app.runtime.ticker import Ticker

QUEUE, TEAM = Route("queue"), Route("team")
TASK = Route("task", b"1" * 16)


class SetClock:
    def __init__(self, at: int) -> None:
        self.at = at

    def now(self) -> int:
        return self.at

    def monotonic(self) -> float:
        return self.at / 1000


class Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []

    @Slot(object)
    def hear(self, value: object) -> None:
        self.heard.append(value)


def test_going_somewhere_is_told_and_going_back_leads_to_where_one_was(qapp: object) -> None:
    routes, listener = Routes(QUEUE), Listener()
    routes.navigated.connect(listener.hear)
    routes.back()
    for route in (TASK, TASK, TEAM):
        routes.navigate(route)
    routes.back()
    routes.back()
    routes.back()
    assert listener.heard == [TASK, TEAM, TASK, QUEUE]
    assert routes.current == QUEUE


def test_the_clock_tells_every_second_and_each_half_minute_once(qapp: object) -> None:
    clock = SetClock(1_732_233_600_123)
    ticker, seconds, halves = Ticker(clock), Listener(), Listener()
    ticker.second.connect(seconds.hear)
    ticker.half_minute.connect(halves.hear)
    for step in (1_000, 28_000, 1_000, 1_000, 3_600_000):
        clock.at += step
        ticker.tick()
    assert seconds.heard[0] == 1_732_233_601_123
    assert len(seconds.heard) == 5
    assert halves.heard == [1_732_233_630_123, 1_732_237_231_123]


def test_the_clock_ticks_by_itself_from_start_to_stop(qtbot: QtBot) -> None:
    ticker = Ticker(SetClock(0))
    with qtbot.waitSignal(ticker.second):
        ticker.start()
    ticker.stop()
    timer = ticker.findChild(QTimer)
    assert timer is not None
    assert not timer.isActive()
