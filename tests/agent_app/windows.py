"""Notes every window that opens, were it for a moment: a widget that is shown before it has a parent is one."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget


class _Watcher(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.opened.append(repr(watched))
        return False


@contextmanager
def opened_windows() -> Iterator[list[str]]:
    """The windows that open inside the block."""
    app = QApplication.instance()
    assert app is not None
    watcher = _Watcher()
    app.installEventFilter(watcher)
    try:
        yield watcher.opened
    finally:
        app.removeEventFilter(watcher)
