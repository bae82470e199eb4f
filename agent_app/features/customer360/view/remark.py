"""A remark about the customer, which may be long: its beginning, and all of it when asked for."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.ui.buttons import Button, Kind
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text

SHORT = 80
"""Characters; about five lines of the column."""


class Remark(QWidget):
    """A remark. Signal: ``unfolded()`` when all of a long one is asked for."""

    unfolded = Signal()

    def __init__(self, words: str, *, whole: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shown = Text(words, wrap=True)
        self._unfold = Button(translate("Customer", "Show all"), Kind.QUIET, small=True)
        self._unfold.clicked.connect(self._on_unfold)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._shown)
        layout.addWidget(self._unfold, 0, Qt.AlignmentFlag.AlignLeft)
        if whole or len(words) <= SHORT:
            self._unfold.hide()
        else:
            self._shown.setText(f"{words[: SHORT - 10].rstrip()}…")

    @Slot()
    def _on_unfold(self) -> None:
        self._shown.setText(self._words)
        self._unfold.hide()
        self.unfolded.emit()
