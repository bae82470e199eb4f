"""A line for a quick word during a call: Enter saves it, Esc goes back to the call and keeps what was begun."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from agent_app.ui.fields import TextField
from agent_app.ui.keyboard import KeyboardLoan


class NoteLine(TextField):
    """Takes the keyboard from whatever has it, and gives it back. Signal: ``left()`` by Esc."""

    left = Signal()

    def __init__(self, name: str, placeholder: str) -> None:
        super().__init__(name, placeholder)
        self._keyboard = KeyboardLoan()

    def take_keyboard(self) -> None:
        self._keyboard.take(self)

    def put_away(self) -> None:
        """Nothing is being written any more."""
        if self.hasFocus():
            self._keyboard.give_back()
        self.clear()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._keyboard.give_back()
            self.left.emit()
        else:
            super().keyPressEvent(event)
