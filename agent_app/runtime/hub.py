"""The one signal that tells every screen what changed in the store; it knows no author and no listener."""

import threading

from PySide6.QtCore import QObject, Qt, Signal, Slot

from agent_app.store.changes import StoreChanges


class Hub(QObject):
    """Lives on the main thread.

    Signals: `changed(StoreChanges)`, on the main thread, at most once per turn of the event loop: everything
    published meanwhile arrives as one. Receivers are `@Slot(object)` methods of QObjects.
    """

    changed = Signal(object)
    _due = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._pending: StoreChanges | None = None
        self._due.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def publish(self, changes: StoreChanges) -> None:
        """Any thread, after the commit."""
        if not changes.tables:
            return
        with self._lock:
            first = self._pending is None
            self._pending = changes if self._pending is None else self._pending.merged(changes)
        if first:
            self._due.emit()

    @Slot()
    def _tell(self) -> None:
        with self._lock:
            pending, self._pending = self._pending, None
        if pending is not None:
            self.changed.emit(pending)
