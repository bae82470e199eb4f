"""One page of a form: what to say, and its questions in cards, answered without the mouse; saving is its owner's.

Enter goes on, Shift+Enter back, Tab to the next question; number and letter keys answer the question that has the
keyboard, or the first one without an answer, and after a single answer the next question takes the keys.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from agent_app.ui.cards import Card, column
from agent_app.ui.form_editors import editor_of
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Paragraph, Text
from agent_app.ui.tokens import Tone, TypeRole
from server_sync.domain.forms.definition import QuestionKind
from server_sync.domain.forms.pages import QuestionState

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SayCard(Card):
    """What the agent says, large enough to be read out (a form's note)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._words = Paragraph("", TypeRole.TITLE)
        self._hint = Paragraph("", TypeRole.SMALL, quiet=True)
        super().__init__(
            Text(translate("Form", "Say"), TypeRole.SMALL, tone=Tone.ACCENT),
            self._words,
            self._hint,
            tone=Tone.ACCENT,
            gap=4,
            parent=parent,
        )

    def show_question(self, state: QuestionState, problem: str) -> None:
        self._words.set_words(state.label)
        hint = " ".join(part for part in (state.hint, state.guidance) if part)
        self._hint.set_words(hint)
        self._hint.setVisible(bool(hint))


class QuestionCard(Card):
    """One question: its words, its editor, and beneath what is wrong with the answer. Signal:
    ``answered(path, text)``."""

    answered = Signal(object, object)

    def __init__(self, state: QuestionState, parent: QWidget | None = None) -> None:
        self.editor = editor_of(state)
        self.path = state.path
        self._label = Paragraph("", TypeRole.TITLE)
        self._hint = Text("", TypeRole.SMALL, quiet=True, wrap=True)
        self._problem = Text("", TypeRole.SMALL, tone=Tone.DANGER, wrap=True)
        super().__init__(column(self._label, self._hint, gap=2), self.editor, self._problem, parent=parent)
        self._problem.hide()
        self.value = ""
        self.editor.answered.connect(self._on_answered)

    def show_question(self, state: QuestionState, problem: str) -> None:
        self.value = state.value
        self._label.set_words(f"{state.label} *" if state.required and not state.readonly else state.label)
        hints = (state.hint, state.guidance, self.editor.key_hint())
        hint = " · ".join(part for part in hints if part)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.editor.show_answer(state, wrong=bool(problem))
        shown = "" if self.editor.typing() else problem
        self._problem.setText(shown)
        self._problem.setVisible(bool(shown))

    @Slot(object)
    def _on_answered(self, text: str) -> None:
        self.answered.emit(self.path, text)


class FormPage(QWidget):
    """The cards of one page. Signals: ``answered(path, text)``, ``next_asked()``, ``back_asked()``."""

    answered = Signal(object, object)
    next_asked = Signal()
    back_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(translate("Form", "Questions"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.installEventFilter(self)
        self._cards: dict[tuple[object, ...], SayCard | QuestionCard] = {}
        self._key = ""
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(14)

    def show_page(self, key: str, questions: tuple[QuestionState, ...], problems: Mapping[str, str]) -> None:
        """Show these questions; a card that stays keeps what is being typed in it. ``problems`` are words by path."""
        held = self.holds_focus()
        wanted = {_signature(key, state): state for state in questions}
        for signature in [one for one in self._cards if one not in wanted]:
            card = self._cards.pop(signature)
            self._layout.removeWidget(card)
            card.hide()
            card.deleteLater()
        made = any(signature not in self._cards for signature in wanted)
        for place, (signature, state) in enumerate(wanted.items()):
            card = self._cards.get(signature) or self._add(signature, state)
            if self._layout.indexOf(card) != place:
                self._layout.removeWidget(card)
                self._layout.insertWidget(place, card)
            card.show_question(state, problems.get(state.path, ""))
        if made:
            self._put_in_tab_order()
        new, self._key = key != self._key, key
        if new and held:
            self.start()

    def start(self) -> None:
        """Give the keyboard to the first question without an answer, else to the page."""
        card = next((one for one in self._asked() if not one.value), None)
        if card is not None:
            card.editor.start()
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def start_at(self, path: str) -> QWidget | None:
        """Give the keyboard to one question; returns its card, to be scrolled to."""
        card = next((one for one in self._asked() if one.path == path), None)
        if card is not None:
            card.editor.start()
        return card

    def flush(self) -> None:
        """Give every answer that is being typed now."""
        for card in self._asked():
            card.editor.flush()

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever brings the page to the front wants to answer it."""
        super().showEvent(event)
        if not event.spontaneous():
            self.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTER and held == Qt.KeyboardModifier.NoModifier:
            self.flush()
            self.next_asked.emit()
            return True
        if event.key() in _ENTER and held == Qt.KeyboardModifier.ShiftModifier:
            self.flush()
            self.back_asked.emit()
            return True
        types = isinstance(watched, (QLineEdit, QPlainTextEdit))
        plain = not held & ~Qt.KeyboardModifier.ShiftModifier
        return plain and not types and bool(event.text().strip()) and self._press(event.text())

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from question to question, and out behind the last one."""
        asked = self._asked()
        at = next((place for place, card in enumerate(asked) if card.isAncestorOf(self._focused())), None)
        place = (0 if forward else -1) if at is None else at + (1 if forward else -1)
        if 0 <= place < len(asked):
            asked[place].editor.start()
            return True
        takers = [taker for taker in self._takers() if taker.isVisible()]
        if at is not None and takers:
            (takers[-1] if forward else self).setFocus(Qt.FocusReason.OtherFocusReason)
        return super().focusNextPrevChild(forward)

    def _takers(self) -> list[QWidget]:
        """What takes the keyboard in the questions, in their order."""
        none = Qt.FocusPolicy.NoFocus
        within = [child for card in self._asked() for child in card.findChildren(QWidget)]
        return [child for child in within if child.focusPolicy() != none]

    def _put_in_tab_order(self) -> None:
        """Cards are younger than what stands behind the page, and yet come before it."""
        before: QWidget = self
        for taker in self._takers():
            QWidget.setTabOrder(before, taker)
            before = taker

    def _add(self, signature: tuple[object, ...], state: QuestionState) -> SayCard | QuestionCard:
        if state.kind is QuestionKind.NOTE:
            said = SayCard(self)
            self._cards[signature] = said
            return said
        card = QuestionCard(state, self)
        card.answered.connect(self.answered)
        for child in card.findChildren(QWidget):
            if isinstance(child, (QAbstractButton, QLineEdit, QPlainTextEdit)):
                child.installEventFilter(self)
        self._cards[signature] = card
        return card

    def _press(self, cap: str) -> bool:
        """A key for the question that has the keyboard, else for the first that has no answer."""
        asked = self._asked()
        focused = next((card for card in asked if card.isAncestorOf(self._focused())), None)
        unanswered = (card for card in asked if not card.value)
        card = focused or next(unanswered, asked[0] if asked else None)
        if card is None or not card.editor.press_key(cap):
            return False
        if card.editor.settled():
            asked = self._asked()
            place = asked.index(card) + 1
            following = next((one for one in asked[place:] if not one.value), None)
            (following or card).editor.start()
        else:
            card.editor.start()
        return True

    def _asked(self) -> list[QuestionCard]:
        """The cards with a question, in their order."""
        items = (self._layout.itemAt(place) for place in range(self._layout.count()))
        cards = (item.widget() for item in items if item is not None)
        return [card for card in cards if isinstance(card, QuestionCard)]

    def _focused(self) -> QWidget:
        focused: QWidget | None = self.window().focusWidget()
        return self if focused is None else focused

    def holds_focus(self) -> bool:
        """Whether the keyboard is on this page."""
        focused = self._focused()
        return focused is self or self.isAncestorOf(focused)


def _signature(key: str, state: QuestionState) -> tuple[object, ...]:
    """What makes two states of a question the same card."""
    return key, state.path, state.kind, state.choices, state.appearance
