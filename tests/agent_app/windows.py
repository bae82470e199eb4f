"""Windows of tests: one around a feature's column, and a watch over every window that opens, were it for a moment: a
widget that is shown before it has a parent is one."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot


def window_around(qtbot: QtBot, column: QWidget, width: int) -> QWidget:
    """A window with nothing but this column, at the front."""
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(column)
    window.resize(width, 770)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


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
