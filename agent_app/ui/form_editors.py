"""How each kind of a form's questions is answered: choices by key, scores, lines and areas to type into; the page that
holds them is ``form_page``.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.ui.choices import LETTERS, NUMBERS, ChoiceRow, ScoreRow
from agent_app.ui.fields import TextArea, TextField
from agent_app.ui.i18n import translate
from server_sync.domain.forms.definition import QuestionKind
from server_sync.domain.forms.pages import QuestionState
from server_sync.domain.forms.scores import SCALES

TYPING_PAUSE_MS = 400
MOST_STEPS = 11
_END_WORDS = re.compile(r"^\d+\s*[（(:：·\s-]*(.*?)[）)]?$")


class Editor(QWidget):
    """One question's answer. Signal: ``answered(text)``, after a choice, or when typing pauses or ends."""

    answered = Signal(object)

    def show_answer(self, state: QuestionState, *, wrong: bool) -> None:
        """Show the stored value; what is being typed, or was typed and is ``wrong``, stays."""

    def start(self) -> None:
        """Take the keyboard."""

    def press_key(self, cap: str) -> bool:
        """Answer by a key; whether it was one of its keys."""
        return False

    def settled(self) -> bool:
        """Whether the answer is finished, so that the next question may take the keys."""
        return True

    def typing(self) -> bool:
        """Whether somebody is in the middle of writing: too early to speak of mistakes."""
        return False

    def flush(self) -> None:
        """Give what is typed now, without waiting for the pause."""

    def key_hint(self) -> str:
        """How to answer by keys where the caps do not say it."""
        return ""


class RowEditor(Editor):
    """An answer that is chosen: the row of what is on offer, and whether ``several`` may be chosen."""

    def __init__(self, row: ChoiceRow | ScoreRow, *, several: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row, self._several = row, several
        _fill(self, row)
        row.answered.connect(self._on_answered)

    def show_answer(self, state: QuestionState, *, wrong: bool) -> None:
        self.row.set_answer(state.value.split() if self._several else [state.value])
        self.row.setEnabled(not state.readonly)

    def start(self) -> None:
        self.row.start()

    def press_key(self, cap: str) -> bool:
        return self.row.press_key(cap)

    @Slot(object)
    def _on_answered(self, codes: tuple[str, ...]) -> None:
        self.answered.emit(" ".join(codes))


class ChoiceEditor(RowEditor):
    """One or several of a list: numbers for one, letters for several; where the values are digits, these are the keys,
    so that the key of a score is the score."""

    def __init__(self, state: QuestionState, parent: QWidget | None = None) -> None:
        several = state.kind is QuestionKind.SELECT_MULTIPLE
        values = [choice.value for choice in state.choices]
        digits = all(len(value) == 1 and value in "0123456789" for value in values)
        caps = LETTERS if several else values if digits else NUMBERS + LETTERS
        choices = [(choice.value, choice.label) for choice in state.choices]
        row = ChoiceRow(state.label or state.name, choices, several=several, caps=caps)
        super().__init__(row, several=several, parent=parent)

    def settled(self) -> bool:
        return not self._several

    def key_hint(self) -> str:
        return translate("Form", "Several answers are possible") if self._several else ""


class ScoreEditor(RowEditor):
    """A score on a scale, 0–10 for NPS. After a 1 it may still become a 10."""

    def __init__(self, state: QuestionState, scale: tuple[int, int], parent: QWidget | None = None) -> None:
        self._high = scale[1]
        labels = [choice.label for choice in state.choices]
        low, high = (_end_words(labels[0]), _end_words(labels[-1])) if labels else ("", "")
        row = ScoreRow(state.label or state.name, *scale, low_words=low, high_words=high)
        super().__init__(row, several=False, parent=parent)

    def settled(self) -> bool:
        return not (self._high >= 10 and self.row.answer() == ("1",))

    def key_hint(self) -> str:
        return translate("Form", "Number keys; 10 is the key - beside the 0") if self._high == 10 else ""


class AcknowledgeEditor(RowEditor):
    """A single box to tick."""

    def __init__(self, state: QuestionState, parent: QWidget | None = None) -> None:
        choices = [("OK", translate("Form", "Done"))]
        super().__init__(
            ChoiceRow(state.label or state.name, choices, several=True), several=True, parent=parent
        )


class TypedEditor(Editor):
    """A line to type into; texts with the appearance ``multiline`` get an area, where Alt+Enter begins a line.

    What is typed is given when typing pauses and when the field is left; a date or a number is then written out.
    """

    def __init__(self, state: QuestionState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = state.value
        self._given = state.value
        self._plain = state.kind in (QuestionKind.TEXT, QuestionKind.BARCODE)
        name = state.label or state.name
        self._field: TextField | TextArea = (
            TextArea(name) if "multiline" in state.appearance else TextField(name, _example(state.kind))
        )
        if isinstance(self._field, TextField):
            self._field.textEdited.connect(self._on_edited)
            self._field.setMaximumWidth(10_000 if self._plain else 240)
        else:
            self._field.edited.connect(self._on_edited)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._give)
        self._typing = False
        self._wrong = False
        self._field.installEventFilter(self)
        _fill(self, self._field)
        self._put(state.value)

    def show_answer(self, state: QuestionState, *, wrong: bool) -> None:
        self._field.setReadOnly(state.readonly)
        self._wrong = wrong
        self._field.set_invalid(wrong and not self._typing)
        if state.value == self._value:
            return
        self._value = state.value
        if not self._field.hasFocus() and not wrong:
            self._put(state.value)

    def start(self) -> None:
        self._field.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(self._field, TextField):
            self._field.selectAll()

    def typing(self) -> bool:
        return self._typing

    def flush(self) -> None:
        self._typing = False
        self._pause.stop()
        self._give()

    def key_hint(self) -> str:
        return translate("Form", "Alt+Enter begins a new line") if isinstance(self._field, TextArea) else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.flush()
            if not self._wrong:
                self._put(self._value)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            held = event.modifiers() == Qt.KeyboardModifier.AltModifier
            if enter and held and isinstance(self._field, TextArea):
                self._field.insertPlainText("\n")
                return True
        return False

    def _put(self, text: str) -> None:
        """Write the stored value into the field."""
        self._given = text
        if isinstance(self._field, TextArea):
            self._field.set_text(text)
        else:
            self._field.setText(text)

    @Slot()
    def _on_edited(self) -> None:
        self._typing = True
        self._pause.start()

    @Slot()
    def _give(self) -> None:
        text = self._field.text()
        if text != self._given:
            self._given = text
            self.answered.emit(text)


def editor_of(state: QuestionState) -> Editor:
    """The editor of a question that is no note."""
    scale = scale_of(state)
    if scale is not None:
        return ScoreEditor(state, scale)
    if state.kind in (QuestionKind.SELECT_ONE, QuestionKind.SELECT_MULTIPLE):
        return ChoiceEditor(state)
    if state.kind is QuestionKind.ACKNOWLEDGE:
        return AcknowledgeEditor(state)
    return TypedEditor(state)


def scale_of(state: QuestionState) -> tuple[int, int] | None:
    """Least and most where the answer is a whole number of a short scale, and no labels between its ends are lost."""
    if state.kind is QuestionKind.SELECT_ONE:
        values = [choice.value for choice in state.choices]
        counted = [str(number) for number in range(len(values))]
        plain = all(choice.label == choice.value for choice in state.choices[1:-1])
        return (0, len(values) - 1) if len(values) == MOST_STEPS and values == counted and plain else None
    if state.kind is QuestionKind.RANGE:
        start, end, step = (state.parameters.get(name, default) for name, default in _STEPS)
        if start.isdecimal() and end.isdecimal() and step == "1" and 0 < int(end) - int(start) < MOST_STEPS:
            return int(start), int(end)
        return None
    if state.kind is QuestionKind.INTEGER:
        return next((scale for score, scale in SCALES.items() if score in state.appearance), None)
    return None


_STEPS = (("start", "1"), ("end", "10"), ("step", "1"))


def _end_words(label: str) -> str:
    """What a label says beside its number: "10（非常可能）" → 非常可能."""
    found = _END_WORDS.match(label)
    return found[1] if found else label


def _example(kind: QuestionKind) -> str:
    return {
        QuestionKind.DATE: translate("Form", "3/15 or 2026-3-15"),
        QuestionKind.TIME: "14:30",
        QuestionKind.DATE_TIME: translate("Form", "3/15 14:30"),
        QuestionKind.INTEGER: translate("Form", "A whole number"),
        QuestionKind.DECIMAL: translate("Form", "A number"),
    }.get(kind, "")


def _fill(editor: Editor, inner: QWidget) -> None:
    layout = QVBoxLayout(editor)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(inner)
