"""Uncaught errors of any thread reach the window on its own thread."""

import sys
import threading

from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from agent_app.host.crash import Crash
from agent_app.runtime.faults import Faults
from server_sync.domain.errors import ErrorKind, KnownError


class Window(QObject):
    def __init__(self, faults: Faults) -> None:
        super().__init__()
        self.heard: list[str] = []
        self.threads: set[threading.Thread] = set()
        faults.crashed.connect(self.on_crashed)
        faults.refused.connect(self.on_refused)

    @Slot(object)
    def on_crashed(self, crash: Crash) -> None:
        self.heard.append(crash.error)
        self.threads.add(threading.current_thread())

    @Slot(object)
    def on_refused(self, error: KnownError) -> None:
        self.heard.append(error.kind.value)
        self.threads.add(threading.current_thread())


def fail_known() -> None:
    raise KnownError(ErrorKind.DISK_FULL)


def test_errors_of_threads_are_told_on_the_main_thread(qtbot: QtBot) -> None:
    before = sys.excepthook
    faults = Faults()
    window = Window(faults)
    for target in (lambda: 1 // 0, fail_known):
        thread = threading.Thread(target=target)
        thread.start()
        thread.join()
    qtbot.waitUntil(lambda: len(window.heard) == 2)
    faults.release()
    assert window.heard == ["ZeroDivisionError", "disk_full"]
    assert window.threads == {threading.main_thread()}
    assert sys.excepthook is before
