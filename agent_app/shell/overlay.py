"""What is laid over the whole window for a moment: it dims it, has the keyboard to itself and gives it back."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from agent_app.ui.keyboard import KeyboardLoan

DIMMING = 100


class Overlay(QWidget):
    """Covers its window from `pop_up` until `go_away`, Esc or a click beside what is on it. No key reaches what is
    beneath, nor any shortcut. `otherwise` finds the keyboard a place when what had it before is gone."""

    def __init__(self, window: QWidget, otherwise: Callable[[], object]) -> None:
        super().__init__(window)
        self._window = window
        self._otherwise = otherwise
        self._keyboard = KeyboardLoan()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        window.installEventFilter(self)
        self.hide()

    def pop_up(self, start: QWidget | None = None) -> None:
        """Come to the front; `start` takes the keyboard."""
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()
        self._keyboard.take(self, start)

    def go_away(self) -> None:
        """Leave the window as it was, the keyboard where it was."""
        if not self._keyboard.give_back():
            self._otherwise()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """The keyboard does not leave by Tab."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.go_away()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.go_away()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(0, 0, 0, DIMMING))
