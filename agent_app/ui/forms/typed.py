"""Answers that are typed: lines, areas, numbers, days and times with how they are understood, points of a map."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from agent_app.ui.fields import TextArea, TextField
from agent_app.ui.forms.editor import Editor, Understand, fill, name_of
from agent_app.ui.forms.typing import READ, several_points, written
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.moment_field import weekday_words
from agent_app.ui.tokens import Tone, TypeRole
from server_sync.domain.forms.definition import QuestionKind
from server_sync.domain.forms.pages import QuestionState

TYPING_PAUSE_MS = 400
_SHORT = 260
_WIDE = 10_000
_FIGURES = READ - {QuestionKind.PLACE} | {QuestionKind.INTEGER, QuestionKind.DECIMAL, QuestionKind.RANGE}


class TypedEditor(Editor):
    """A line to type into; texts with the appearance ``multiline``, and lines on a map, get an area, where Alt+Enter
    begins a line.

    What is typed is given when typing pauses and when the field is left; a date or a number is then written out.
    """

    def __init__(
        self, state: QuestionState, understand: Understand | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.state = state
        self._understand = understand if state.kind in READ else None
        self._value = state.value
        self._given = ""
        name = name_of(state)
        self._field: TextField | TextArea = (
            TextArea(name, example(state))
            if "multiline" in state.appearance or several_points(state)
            else TextField(name, example(state), secret="masked" in state.appearance)
        )
        if isinstance(self._field, TextField):
            self._field.textEdited.connect(self._on_edited)
            short = state.kind in _FIGURES or not state.appearance.isdisjoint(("numbers", "phone"))
            self._field.setMaximumWidth(_SHORT if short else _WIDE)
        else:
            self._field.edited.connect(self._on_edited)
        self._meant = Text("", TypeRole.SMALL, tone=Tone.SUCCESS, tabular=True)
        self._meant.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._give)
        self._typing = False
        self._wrong = False
        self._field.installEventFilter(self)
        self.parts = fill(self, self._field, self._meant, gap=4)
        self._put(state)

    def show_answer(self, state: QuestionState, *, wrong: bool) -> None:
        self.state = state
        self._field.setReadOnly(state.readonly)
        self._wrong = wrong
        self._field.set_invalid(wrong and not self._typing)
        if wrong:
            self._meant.hide()
        if state.value == self._value:
            return
        self._value = state.value
        if not self._field.hasFocus():
            self._put(state)

    def restore(self, state: QuestionState) -> None:
        self._typing = False
        self._pause.stop()
        self.show_answer(state, wrong=False)
        self._put(state)

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
        if several_points(self.state):
            return translate("Form", "A point on each line; Alt+Enter begins the next")
        return translate("Form", "Alt+Enter begins a new line") if isinstance(self._field, TextArea) else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.flush()
            if not self._wrong:
                self._put(self.state)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            held = event.modifiers() == Qt.KeyboardModifier.AltModifier
            if enter and held and isinstance(self._field, TextArea):
                self._field.insertPlainText("\n")
                return True
        return False

    def text(self) -> str:
        """What stands in the field."""
        return self._field.text()

    def type_in(self, text: str) -> None:
        """As if a person had typed this."""
        self._write(text)
        self._on_edited()

    def _put(self, state: QuestionState) -> None:
        """Write the stored value into the field."""
        self._given = written(state)
        self._write(self._given)
        self._say_what_is_meant(state.value[:10] if state.value else "")

    def _write(self, text: str) -> None:
        if isinstance(self._field, TextArea):
            self._field.set_text(text)
        else:
            self._field.setText(text)

    def _say_what_is_meant(self, canonical: str) -> None:
        """A typed day in full with its weekday, the weekday alone beside the day in full; nothing for other kinds."""
        whole = self.state.kind in (QuestionKind.DATE, QuestionKind.DATE_TIME)
        whole = whole and self.state.appearance.isdisjoint(("year", "month-year"))
        words = day_words(canonical, short=self._field.text().startswith(canonical)) if whole else ""
        self._meant.setText(words)
        self._meant.setVisible(bool(words))

    @Slot()
    def _on_edited(self) -> None:
        self._typing = True
        self._pause.start()
        if self._understand is not None:
            text = self._field.text()
            self._say_what_is_meant(self._understand(self.state, text) if text.strip() else "")

    @Slot()
    def _give(self) -> None:
        text = self._field.text()
        if text != self._given:
            self._given = text
            self.answered.emit(text)


def day_words(canonical: str, *, short: bool = False) -> str:
    """A day or moment in full: 2026-11-25 周三, with its time; ``short`` is its weekday alone."""
    if not canonical:
        return ""
    day, _, clock = canonical.partition(" ")
    weekday = weekday_words(date.fromisoformat(day))
    return weekday if short else " ".join(part for part in (day, weekday, clock) if part)


def example(state: QuestionState) -> str:
    """What an answer may look like, for an empty field and beside a refused answer."""
    if state.kind is QuestionKind.DATE and "year" in state.appearance:
        return "2026"
    if state.kind is QuestionKind.DATE and "month-year" in state.appearance:
        return "2026-3"
    if "phone" in state.appearance:
        return "138 1234 5678"
    return {
        QuestionKind.DATE: translate("Form", "3/15, next Wed, tomorrow, +3"),
        QuestionKind.TIME: translate("Form", "14:30, 1430, 3pm"),
        QuestionKind.DATE_TIME: translate("Form", "3/15 14:30, tomorrow 9:00"),
        QuestionKind.INTEGER: translate("Form", "A whole number"),
        QuestionKind.DECIMAL: translate("Form", "A number"),
        QuestionKind.RANGE: translate("Form", "A number"),
        QuestionKind.PLACE: translate("Form", "31.2304, 121.4737"),
    }.get(state.kind, "")
