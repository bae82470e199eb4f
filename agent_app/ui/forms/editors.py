"""Which editor a form's question gets, and those that are answered by one key: choices, scores, a box to tick."""

from __future__ import annotations

import re

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from agent_app.actions.answer_files import media_of
from agent_app.ui.choices import LETTERS, NUMBERS, ChoiceRow, ScoreRow
from agent_app.ui.forms.captured import DrawnEditor, PhotoEditor, SoundEditor
from agent_app.ui.forms.editor import Editor, Means, choices_of, fill, name_of
from agent_app.ui.forms.files import DRAWN, FileEditor, UntakenFile
from agent_app.ui.forms.lists import LEAST_LONG, ListEditor
from agent_app.ui.forms.located import BarcodeEditor, PlaceEditor
from agent_app.ui.forms.range import DEFAULTS, RangeEditor
from agent_app.ui.forms.rank import RankEditor
from agent_app.ui.forms.typed import TypedEditor
from agent_app.ui.i18n import translate
from server_sync.domain.forms.definition import QuestionKind
from server_sync.domain.forms.pages import QuestionState
from server_sync.domain.forms.scores import SCALES

MOST_STEPS = 11
_END_WORDS = re.compile(r"^\d+\s*[（(:：·\s-]*(.*?)[）)]?$")
_CHOSEN = (QuestionKind.SELECT_ONE, QuestionKind.SELECT_MULTIPLE)


class RowEditor(Editor):
    """An answer that is chosen: the row of what is on offer, and whether ``several`` may be chosen."""

    def __init__(self, row: ChoiceRow | ScoreRow, *, several: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row, self._several = row, several
        fill(self, row)
        row.answered.connect(self._on_answered)

    def show_answer(self, state: QuestionState, *, wrong: bool) -> None:
        self.row.set_answer(state.value.split() if self._several else [state.value])
        self.row.setEnabled(not state.readonly)

    def start(self) -> None:
        self.row.start()

    def press_key(self, cap: str) -> bool:
        return self.row.press_key(cap)

    def clear(self) -> bool:
        if self.row.answer() and self.row.isEnabled():
            self.answered.emit("")
        return True

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
        row = ChoiceRow(name_of(state), choices_of(state), several=several, caps=caps)
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
        stars = "rating" in state.appearance
        row = ScoreRow(name_of(state), *scale, low_words=low, high_words=high, stars=stars)
        super().__init__(row, several=False, parent=parent)

    def settled(self) -> bool:
        return not (self._high >= 10 and self.row.answer() == ("1",))

    def key_hint(self) -> str:
        return translate("Form", "Number keys; 10 is the key - beside the 0") if self._high == 10 else ""


class AcknowledgeEditor(RowEditor):
    """A single box to tick."""

    def __init__(self, state: QuestionState, parent: QWidget | None = None) -> None:
        choices = [("OK", translate("Form", "Done"))]
        super().__init__(ChoiceRow(name_of(state), choices, several=True), several=True, parent=parent)


def editor_of(state: QuestionState, means: Means) -> Editor:
    """The editor of a question that is no note."""
    scale = scale_of(state)
    if scale is not None:
        return ScoreEditor(state, scale)
    if state.kind in _CHOSEN:
        long = len(state.choices) >= LEAST_LONG or not state.appearance.isdisjoint(("autocomplete", "search"))
        return ListEditor(state) if long else ChoiceEditor(state)
    if state.kind is QuestionKind.ACKNOWLEDGE:
        return AcknowledgeEditor(state)
    if state.kind is QuestionKind.RANGE:
        return RangeEditor(state)
    if state.kind is QuestionKind.RANK:
        return RankEditor(state)
    if state.kind is QuestionKind.FILE:
        return _file_editor(state, means)
    if state.kind is QuestionKind.PLACE:
        return PlaceEditor(state, means)
    if state.kind is QuestionKind.BARCODE:
        return BarcodeEditor(state, means)
    return TypedEditor(state, means.understand)


def _file_editor(state: QuestionState, means: Means) -> Editor:
    if means.files is None:
        return UntakenFile(state)
    media = media_of(state)
    if media == "image" and not state.appearance.isdisjoint(DRAWN):
        return DrawnEditor(state, means, means.files)
    if media == "image":
        return PhotoEditor(state, means, means.files)
    if media == "audio":
        return SoundEditor(state, means, means.files)
    other = FileEditor(state, means, means.files)
    other.finish()
    return other


def scale_of(state: QuestionState) -> tuple[int, int] | None:
    """Least and most where the answer is a whole number of a short scale, and no labels between its ends are lost."""
    if state.kind is QuestionKind.SELECT_ONE:
        values = [choice.value for choice in state.choices]
        counted = [str(number) for number in range(len(values))]
        plain = all(choice.label == choice.value for choice in state.choices[1:-1])
        return (0, len(values) - 1) if len(values) == MOST_STEPS and values == counted and plain else None
    if state.kind is QuestionKind.RANGE:
        start, end, step = (state.parameters.get(name, default) for name, default in DEFAULTS)
        if start.isdecimal() and end.isdecimal() and step == "1" and 0 < int(end) - int(start) < MOST_STEPS:
            return int(start), int(end)
        return None
    if state.kind is QuestionKind.INTEGER:
        return next((scale for score, scale in SCALES.items() if score in state.appearance), None)
    return None


def _end_words(label: str) -> str:
    """What a label says beside its number: "10（非常可能）" → 非常可能."""
    found = _END_WORDS.match(label)
    return found[1] if found else label
