"""The signals by which a system or a terminal ends a program, as the wish to close its windows."""

import signal
import socket
from types import FrameType

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Slot

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


def _noted(number: int, frame: FrameType | None) -> None:
    """Python has to have a handler, so that the signal does not end the process; the wakeup tells Qt."""


class Interrupts(QObject):
    """Ctrl+C, a closed terminal or `kill` quit the application as if its last window had been closed. Main thread."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._app = app
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        # Python runs its handlers between two steps of its own: while Qt waits, something must wake it.
        self._earlier_wakeup = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)
        self._earlier = {
            number: signal.signal(number, _noted)
            for name in _NAMES
            if (number := getattr(signal, name, None)) is not None
        }

    @Slot()
    def _woken(self) -> None:
        # Between two events, never in the midst of one: a window half built must not be closed.
        self._reader.recv(4096)
        self._app.quit()

    def release(self) -> None:
        """Give the signals back."""
        for number, handler in self._earlier.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._earlier_wakeup)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()
