"""Cyclic garbage is collected on the main thread alone: Qt's objects must not die on a worker's."""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

PERIOD_MS = 1_000


class MainThreadGarbage(QObject):
    """Takes the collector over from its making until `release`. Lives on the main thread.

    Python collects on whatever thread happens to allocate, and a QObject that dies away from its thread takes the
    process with it now and then.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(PERIOD_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    @Slot()
    def collect(self) -> None:
        """Collect the generations that are full, as the collector itself would."""
        counts, limits = gc.get_count(), gc.get_threshold()
        full = [generation for generation in range(3) if counts[generation] > limits[generation]]
        if full:
            gc.collect(full[-1])

    def release(self) -> None:
        """Collect everything once more and give the collector back."""
        self._timer.stop()
        gc.collect()
        gc.enable()
