"""The signals by which a terminal or a system ends the program."""

import signal
import sys

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from agent_app.runtime.interrupts import Interrupts

PATIENCE_MS = 60_000
UNHEARD = 7


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal's signals come another way on Windows")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_each_signal_ends_the_program_as_its_last_window_does(qapp: QApplication, name: str) -> None:
    number = signal.Signals[name]
    before = signal.getsignal(number)
    interrupts = Interrupts(qapp)
    send, patience = QTimer(), QTimer()
    send.timeout.connect(lambda: signal.raise_signal(number))
    patience.timeout.connect(lambda: qapp.exit(UNHEARD))
    send.setSingleShot(True)
    try:
        send.start(0)
        patience.start(PATIENCE_MS)
        assert qapp.exec() == 0
    finally:
        send.stop()
        patience.stop()
        interrupts.release()
    assert signal.getsignal(number) is before
