"""Brings errors that nobody caught, on whatever thread, to the window; what is said about them is decided there."""

from PySide6.QtCore import QObject, Signal

from agent_app.host.crash import watch_for_crashes


class Faults(QObject):
    """Lives on the main thread; watches from its making until `release`.

    Signals: `crashed(Crash)`, once for each place in the code, and `refused(KnownError)`. They come from any thread:
    receivers are `@Slot(object)` methods of QObjects of the main thread, which Qt then calls there.
    """

    crashed = Signal(object)
    refused = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._give_back = watch_for_crashes(self.crashed.emit, self.refused.emit)

    def release(self) -> None:
        """Give the hooks back, before the application goes."""
        self._give_back()
