"""One page of a form: what to say, and its questions in cards, answered without the mouse; saving is its owner's.

Enter goes on, Shift+Enter back, Tab to the next question; number and letter keys answer the question that has the
keyboard, or the first one without an answer, and after a single answer the next question takes the keys.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from agent_app.ui.forms.cards import QuestionCard, RepeatCard, SayCard, TableHeading
from agent_app.ui.forms.editor import Means, choices_of
from agent_app.ui.forms.rank import RankList
from agent_app.ui.i18n import translate
from server_sync.domain.forms.definition import QuestionKind
from server_sync.domain.forms.pages import QuestionState, RepeatState

_TABLE_HEADING = "generated_table_list_label_"
_Card = SayCard | QuestionCard | TableHeading
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FormPage(QWidget):
    """The cards of one page, answered by ``means``. Signals: ``answered(path, text)``,
    ``next_asked()``, ``back_asked()``, ``another_asked()`` (one more instance of a repeat), ``terms_wanted(path)``."""

    answered = Signal(object, object)
    next_asked = Signal()
    back_asked = Signal()
    another_asked = Signal()
    terms_wanted = Signal(object)

    def __init__(self, means: Means | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._means = means or Means()
        self.setAccessibleName(translate("Form", "Questions"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.installEventFilter(self)
        self._cards: dict[str, _Card] = {}
        self._looks: dict[str, tuple[object, ...]] = {}
        self._states: dict[str, QuestionState] = {}
        self._key = ""
        self._guided = False
        self._another = RepeatCard()
        self._another.hide()
        self._another.another_asked.connect(self.another_asked)
        self._another.none_asked.connect(self.next_asked)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(14)
        self._layout.addWidget(self._another)
        self._listen_to_keys(self._another)

    def show_page(
        self,
        key: str,
        questions: tuple[QuestionState, ...],
        problems: Mapping[str, str],
        repeat: RepeatState | None = None,
        heading: str = "",
        language: str = "",
        busy: Collection[str] = (),
    ) -> None:
        """Show these questions; a card that stays keeps what is being typed in it. ``problems`` are words by path.

        With ``repeat`` it is asked whether there is another one of what ``heading`` names. In another ``language`` the
        cards are made anew. The answers of the questions ``busy`` are being taken in.
        """
        held, before = self.holds_focus(), self._card_with_focus()
        # The row of headings above a table of choices (XLSForm, table-list) asks nothing: every line has its own words.
        questions = tuple(state for state in questions if "label" not in state.appearance)
        self._states = {state.path: state for state in questions}
        looks = {state.path: _look(key, language, state) for state in questions}
        for path in [one for one in self._cards if self._looks[one] != looks.get(one)]:
            card = self._cards.pop(path)
            self._layout.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._looks = looks
        made = any(path not in self._cards for path in looks)
        new, self._key = key != self._key, key
        if new:
            self._guided = False
        for place, state in enumerate(questions):
            card = self._cards.get(state.path) or self._add(state)
            if self._layout.indexOf(card) != place:
                self._layout.removeWidget(card)
                self._layout.insertWidget(place, card)
            card.show_question(state, problems.get(state.path, ""))
            card.guidance.set_open(self._guided)
            if isinstance(card, QuestionCard):
                card.editor.set_busy(state.path in busy)
        if repeat is not None:
            self._another.show_repeat(repeat, heading)
        self._another.setVisible(repeat is not None)
        if made:
            self._put_in_tab_order()
        if new and held:
            self.start()
        elif held and before is not None and before not in self._cards.values():
            self.start_at(before.path)

    def restore(self) -> None:
        """Show every answer as it is stored, whatever was being typed or chosen."""
        for card in self._asked():
            if (state := self._states.get(card.path)) is not None:
                card.editor.restore(state)

    @Slot()
    def toggle_guidance(self) -> None:
        """Open the guidance of this page's questions, or close it."""
        self._guided = not self._guided
        for card in self._cards.values():
            card.guidance.set_open(self._guided)

    def choice_labels(self, path: str) -> list[str]:
        """The labels that a question of the page offers, in their order."""
        state = self._states.get(path)
        return [] if state is None else [label for _, label in choices_of(state)]

    def set_terms(self, path: str, terms: Sequence[str]) -> None:
        """What the choices of a question are found by."""
        for card in self._asked():
            if card.path == path:
                card.editor.set_terms(terms)

    def start(self) -> None:
        """Give the keyboard to the first question without an answer, else to the page."""
        card = next((one for one in self._asked() if not one.value), None)
        if card is not None:
            card.editor.start()
        elif not self._another.isHidden():
            self._another.start()
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
            card = self._card_with_focus()
            if card is None or not card.editor.press_enter():
                self.flush()
                self.next_asked.emit()
            return True
        if event.key() in _ENTER and held == Qt.KeyboardModifier.ShiftModifier:
            self.flush()
            self.back_asked.emit()
            return True
        types = isinstance(watched, (QLineEdit, QPlainTextEdit))
        if event.key() == Qt.Key.Key_Backspace and not held and not types:
            card = self._card_with_focus()
            return card is not None and card.editor.clear()
        plain = not held & ~Qt.KeyboardModifier.ShiftModifier
        return plain and not types and bool(event.text().strip()) and self.press_key(event.text())

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
        """Where Tab stops in the questions, in their order."""
        within = [child for card in self._asked() for child in card.findChildren(QWidget)]
        return [child for child in within if child.focusPolicy() & Qt.FocusPolicy.TabFocus]

    def _put_in_tab_order(self) -> None:
        """Cards are younger than what stands behind the page, and yet come before it."""
        before: QWidget = self
        for taker in self._takers():
            QWidget.setTabOrder(before, taker)
            before = taker

    def _add(self, state: QuestionState) -> _Card:
        if state.name.startswith(_TABLE_HEADING):
            return self._cards.setdefault(state.path, TableHeading(self))
        if state.kind is QuestionKind.NOTE:
            said = SayCard(state, self._means, self)
            said.guidance_asked.connect(self.toggle_guidance)
            self._cards[state.path] = said
            return said
        card = QuestionCard(state, self._means, self)
        card.answered.connect(self.answered)
        card.terms_wanted.connect(self.terms_wanted)
        card.guidance_asked.connect(self.toggle_guidance)
        self._listen_to_keys(card)
        self._cards[state.path] = card
        return card

    def _listen_to_keys(self, card: QWidget) -> None:
        for child in card.findChildren(QWidget):
            if isinstance(child, (QAbstractButton, QLineEdit, QPlainTextEdit, RankList)):
                child.installEventFilter(self)

    def press_key(self, cap: str) -> bool:
        """A key for the question that has the keyboard, else for the first that has no answer."""
        asked = self._asked()
        focused = self._card_with_focus()
        unanswered = (card for card in asked if not card.value)
        card = focused or next(unanswered, asked[0] if asked else None)
        if card is None:
            return not self._another.isHidden() and self._another.press_key(cap)
        if not card.editor.press_key(cap):
            return False
        asked = self._asked()
        if card not in asked or not self.holds_focus():
            return True
        if card.editor.settled():
            place = asked.index(card) + 1
            following = next((one for one in asked[place:] if not one.value), None)
            (following or card).editor.start()
            if card.quick and following is None:
                self.next_asked.emit()
        else:
            card.editor.start()
        return True

    def _card_with_focus(self) -> QuestionCard | None:
        focused = self._focused()
        return next((card for card in self._asked() if card.isAncestorOf(focused)), None)

    def _asked(self) -> list[QuestionCard]:
        """The cards that somebody answers here, in their order."""
        items = (self._layout.itemAt(place) for place in range(self._layout.count()))
        cards = (item.widget() for item in items if item is not None)
        return [card for card in cards if isinstance(card, QuestionCard) and not card.editor.passive]

    def _focused(self) -> QWidget:
        focused: QWidget | None = self.window().focusWidget()
        return self if focused is None else focused

    def types(self) -> bool:
        """Whether somebody is writing an answer."""
        return any(card.editor.typing() for card in self._asked())

    def holds_focus(self) -> bool:
        """Whether the keyboard is on this page."""
        focused = self._focused()
        return focused is self or self.isAncestorOf(focused)


def _look(key: str, language: str, state: QuestionState) -> tuple[object, ...]:
    """What makes two states of a question the same card."""
    return key, language, state.kind, state.choices, state.appearance, state.readonly
