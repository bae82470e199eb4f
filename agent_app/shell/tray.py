"""What is said by the computer's own notices while the window is not in front; the focus stays where it is."""

from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

SHOWN_MS = 10_000


class Tray:
    """Main thread. Where there is no tray, the window's entry in the task bar asks for attention alone."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._icon: QSystemTrayIcon | None = None

    def say(self, words: str) -> None:
        """Say it, unless the window is in front, where its own notices are seen."""
        if self._window.isActiveWindow():
            return
        QApplication.alert(self._window)
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._icon is None:
            self._icon = QSystemTrayIcon(self._window.windowIcon(), self._window)
            self._icon.show()
        self._icon.showMessage(
            self._window.windowTitle(), words, QSystemTrayIcon.MessageIcon.NoIcon, SHOWN_MS
        )
