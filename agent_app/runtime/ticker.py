"""The one ticking clock of the window, so that countdowns need no timers of their own."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from server_sync.domain.clock import SECOND, Clock

_SLOW = 30 * SECOND


class Ticker(QObject):
    """Lives on the main thread, silent until `start`.

    Signals, each with the time in milliseconds since the epoch: `second(int)` about once a second,
    `half_minute(int)` when another half minute of the clock has begun.
    """

    second = Signal(object)
    half_minute = Signal(object)

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._half_minutes = clock.now() // _SLOW
        self._timer = QTimer(self)
        self._timer.setInterval(SECOND)
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        """Begin to tick."""
        self._timer.start()

    def stop(self) -> None:
        """Fall silent."""
        self._timer.stop()

    @Slot()
    def tick(self) -> None:
        """Tell the time now, as the timer does every second."""
        now = self._clock.now()
        self.second.emit(now)
        if now // _SLOW != self._half_minutes:
            self._half_minutes = now // _SLOW
            self.half_minute.emit(now)
