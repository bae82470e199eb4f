"""The card behind the last page: what is read back to the customer, what he was promised, what has no answer yet
(M4.8)."""

from datetime import tzinfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from agent_app.ui import formats
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import Card, clear
from agent_app.ui.forms.state import FormState
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Paragraph, Text
from agent_app.ui.tokens import Tone, TypeRole, Weight


class ReadBackCard(Card):
    """Signals: ``question_asked(path)``, ``next_asked()`` by Enter, ``back_asked()`` by Shift+Enter."""

    question_asked = Signal(object)
    next_asked = Signal()
    back_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._title = Text("", TypeRole.TITLE, weight=Weight.MEDIUM)
        self._words = Paragraph("", TypeRole.BODY, quiet=True)
        self._lines = QWidget()
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 8, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 4)
        super().__init__(self._title, self._words, self._lines, parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(translate("CallGuide", "Key points"))

    def show_state(self, state: FormState, now: int, zone: tzinfo) -> None:
        """Draw the lines anew."""
        self._title.setText(
            translate("CallGuide", "Key points")
            if state.read_back
            else translate("CallGuide", "The guide is at its end")
        )
        self._words.set_words(
            translate("CallGuide", "Repeat them to the customer; when they are right, wrap up (F8).")
            if state.read_back
            else translate("CallGuide", "Nothing was answered. Wrap the call up with its result.")
        )
        clear(self._grid)
        line = 0
        for entry in state.read_back:
            self._grid.addWidget(Text(entry.label, quiet=True, wrap=True), line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Text(entry.answer, wrap=True), line, 1, Qt.AlignmentFlag.AlignTop)
            line += 1
        for one in state.promised:
            due = formats.moment(one.due_at, now, zone)
            words = translate("CallGuide", "Promised by {moment}").format(moment=due)
            self._grid.addWidget(Text(words, quiet=True, wrap=True), line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Text(one.text, wrap=True), line, 1, Qt.AlignmentFlag.AlignTop)
            line += 1
        for path, label in state.open_ends:
            missing = Text(translate("CallGuide", "{question}: no answer yet").format(question=label))
            missing.setWordWrap(True)
            missing.set_tone(Tone.WARNING)
            self._grid.addWidget(missing, line, 0)
            button = Button(translate("CallGuide", "Ask now"), Kind.QUIET, small=True)
            button.setProperty("path", path)
            button.clicked.connect(self._on_ask)
            self._grid.addWidget(button, line, 1, Qt.AlignmentFlag.AlignLeft)
            line += 1

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.back_asked if shifted else self.next_asked).emit()
            return
        super().keyPressEvent(event)

    @Slot()
    def _on_ask(self) -> None:
        self.question_asked.emit(self.sender().property("path"))
