"""What a form asks before it lets something go, in its place on the page: no dialog, a yes and a no by key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import Card, clear, row
from agent_app.ui.forms.state import Dropping, Removing
from agent_app.ui.forms.words import asking_words
from agent_app.ui.i18n import translate
from agent_app.ui.keyboard import KeyboardLoan
from agent_app.ui.labels import Paragraph, Text
from agent_app.ui.tokens import Tone, TypeRole

MOST_LISTED = 6
_YES = (Qt.Key.Key_Y, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NO = (Qt.Key.Key_N, Qt.Key.Key_Escape)


class AskingPanel(Card):
    """Hidden until it asks; Y or Enter say yes, N or Esc no. Signals: ``confirmed()``, ``kept()``."""

    confirmed = Signal()
    kept = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._title = Paragraph("", TypeRole.TITLE)
        self._words = Paragraph("", TypeRole.BODY, quiet=True)
        self._lines = QWidget()
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 4, 0, 4)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        self._yes = Button(translate("Form", "Yes"), Kind.DANGER, key="Y")
        self._no = Button(translate("Form", "No"), Kind.SECONDARY, key="N")
        buttons = row(self._yes, self._no, 1)
        super().__init__(self._title, self._words, self._lines, buttons, tone=Tone.WARNING, parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._asked: Dropping | Removing | None = None
        self._loan = KeyboardLoan()
        self._yes.clicked.connect(self.confirmed)
        self._no.clicked.connect(self.kept)
        self.hide()

    def show_asking(self, asking: Dropping | Removing | None) -> None:
        """Ask this, or nothing any more."""
        if asking == self._asked:
            return
        self._asked = asking
        if asking is None:
            self._go()
            return
        title, words, yes, no = asking_words(asking)
        self._title.set_words(title)
        self._words.set_words(words)
        self.setAccessibleName(f"{title} {words}")
        self._yes.set_words(yes)
        self._no.set_words(no)
        lost = asking.lost if isinstance(asking, Dropping) else ()
        clear(self._grid)
        for line, one in enumerate(lost[:MOST_LISTED]):
            self._grid.addWidget(Text(one.label, TypeRole.SMALL, quiet=True), line, 0)
            self._grid.addWidget(Text(one.answer, TypeRole.SMALL), line, 1)
        if len(lost) > MOST_LISTED:
            more = translate("Form", "and %n more", len(lost) - MOST_LISTED)
            self._grid.addWidget(Text(more, TypeRole.SMALL, faint=True), MOST_LISTED, 0)
        self._lines.setVisible(bool(lost))
        self.show()

    def take_keyboard(self) -> None:
        """Have the keyboard until it is answered."""
        if self._asked is not None:
            self._loan.take(self)

    def event(self, event: QEvent) -> bool:
        """Esc is the panel's while the keyboard is in it, whatever the window binds it to."""
        overriding = event.type() == QEvent.Type.ShortcutOverride
        if overriding and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not held and event.key() in _YES:
            self.confirmed.emit()
        elif not held and event.key() in _NO:
            self.kept.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _go(self) -> None:
        self._loan.give_back()
        self.hide()
