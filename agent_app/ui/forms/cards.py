"""The cards of a form's page: what to say, a question with its editor, a value to read, whether there is another."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from agent_app.ui.buttons import IconButton
from agent_app.ui.cards import Card, column, row
from agent_app.ui.choices import ChoiceRow
from agent_app.ui.forms.editor import Editor, Means, fill
from agent_app.ui.forms.editors import editor_of
from agent_app.ui.forms.filling import answer_words
from agent_app.ui.forms.markup import plain, rich
from agent_app.ui.forms.media import media_strip
from agent_app.ui.forms.typing import written
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Paragraph, Picture, Text
from agent_app.ui.tokens import Tone, TypeRole
from server_sync.domain.forms.pages import QuestionState, RepeatState

GUIDANCE_KEY = "Ctrl+I"


class Guidance(QWidget):
    """The form's guidance for who asks: a button until it is opened, then its words. Signal: ``asked()``."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Paragraph("", TypeRole.SMALL, quiet=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(8)
        layout.addWidget(Picture("lightbulb", tone=Tone.WARNING), 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._words, 1)
        self._open = False
        self.hide()

    def say(self, words: str) -> None:
        """These are its words; "" where there is none."""
        self._words.set_rich(rich(words), plain(words))
        self._show()

    def set_open(self, opened: bool) -> None:
        self._open = opened
        self._show()

    def _show(self) -> None:
        self.setVisible(self._open and bool(self._words.words()))


class _Label(QWidget):
    """A question's words with the button that opens its guidance."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Paragraph("", TypeRole.TITLE)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.more = IconButton(translate("Form", "Guidance"), "lightbulb", key=GUIDANCE_KEY)
        self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.more.setFixedSize(24, 24)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        self.more.hide()


class SayCard(Card):
    """What the agent says, large enough to be read out (a form's note). Signal: ``guidance_asked()``."""

    guidance_asked = Signal()

    def __init__(self, state: QuestionState, means: Means, parent: QWidget | None = None) -> None:
        self._label = _Label()
        self._hint = Paragraph("", TypeRole.SMALL, quiet=True)
        self.guidance = Guidance()
        say = Text(translate("Form", "Say"), TypeRole.SMALL, tone=Tone.ACCENT)
        self._media = media_strip(state, means)
        parts = (say, self._label, *self._media, self._hint, self.guidance)
        super().__init__(*parts, tone=Tone.ACCENT, gap=4, parent=parent)
        self._label.more.clicked.connect(self.guidance_asked)

    def show_question(self, state: QuestionState, problem: str) -> None:
        self._label.words.set_rich(rich(state.label), plain(state.label))
        self._label.more.setVisible(bool(state.guidance))
        self._hint.set_rich(rich(state.hint), plain(state.hint))
        self._hint.setVisible(bool(state.hint))
        self.guidance.say(state.guidance)
        for strip in self._media:
            strip.show_question(state)


class TableHeading(Paragraph):
    """The heading that XLSForm's table-list makes a note of its own: it is read, not said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", TypeRole.TITLE, parent=parent)
        self.guidance = Guidance(self)

    def show_question(self, state: QuestionState, problem: str) -> None:
        self.set_rich(rich(state.label), plain(state.label))


class ValueEditor(Editor):
    """A value that nobody types: calculated, or given beforehand."""

    passive = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Text("", wrap=True, selectable=True)
        fill(self, self._words)

    def show_answer(self, state: QuestionState, *, wrong: bool) -> None:
        shown = answer_words(state, written(state))
        self._words.setText(shown or translate("Form", "(empty)"))
        self._words.setAccessibleName(shown)


class QuestionCard(Card):
    """One question: its words, its editor, and beneath what is wrong with the answer. Signals:
    ``answered(path, text)``, ``terms_wanted(path)``, ``guidance_asked()``."""

    answered = Signal(object, object)
    terms_wanted = Signal(object)
    guidance_asked = Signal()

    def __init__(self, state: QuestionState, means: Means, parent: QWidget | None = None) -> None:
        self.editor: Editor = ValueEditor() if state.readonly else editor_of(state, means)
        in_table = "list-nolabel" in state.appearance
        self.path = state.path
        self.readonly = state.readonly
        self.quick = "quick" in state.appearance
        self._label = _Label()
        self._hint = Paragraph("", TypeRole.SMALL, quiet=True)
        self._keys = Text("", TypeRole.SMALL, faint=True, wrap=True)
        self._problem = Text("", TypeRole.SMALL, tone=Tone.DANGER, wrap=True)
        self.guidance = Guidance()
        self._media = media_strip(state, means)
        heading = column(self._label, *self._media, self._hint, self.guidance, self._keys, gap=2)
        if in_table:
            line = row(gap=16)
            line.addLayout(heading, 2)
            line.addWidget(self.editor, 5)
            super().__init__(line, self._problem, parent=parent)
        else:
            super().__init__(heading, self.editor, self._problem, parent=parent)
        self._problem.hide()
        self.value = ""
        self.editor.answered.connect(self._on_answered)
        self.editor.terms_wanted.connect(self._on_terms_wanted)
        self._label.more.clicked.connect(self.guidance_asked)

    def show_question(self, state: QuestionState, problem: str) -> None:
        self.value = state.value
        required = state.required and not state.readonly
        label = f"{state.label} *" if required else state.label
        self._label.words.set_rich(rich(label), plain(label))
        self._label.more.setVisible(bool(state.guidance))
        self._hint.set_rich(rich(state.hint), plain(state.hint))
        self._hint.setVisible(bool(state.hint))
        keys = self.editor.key_hint()
        self._keys.setText(keys)
        self._keys.setVisible(bool(keys))
        self.guidance.say(state.guidance)
        for strip in self._media:
            strip.show_question(state)
        self.editor.show_answer(state, wrong=bool(problem))
        shown = "" if self.editor.typing() else problem
        self._problem.setText(shown)
        self._problem.setVisible(bool(shown))
        told = (translate("Form", "required") if required else "", state.hint, shown)
        self.editor.setAccessibleDescription(" · ".join(part for part in told if part))

    @Slot(object)
    def _on_answered(self, text: str) -> None:
        self.answered.emit(self.path, text)

    @Slot()
    def _on_terms_wanted(self) -> None:
        self.terms_wanted.emit(self.path)


class RepeatCard(Card):
    """Whether there is another one, by one key. Signals: ``another_asked()``, ``none_asked()``."""

    another_asked = Signal()
    none_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._words = Paragraph("", TypeRole.TITLE)
        self._count = Text("", TypeRole.SMALL, quiet=True)
        name = translate("Form", "Another one?")
        choices = [("yes", translate("Form", "Yes, add one")), ("no", translate("Form", "No, go on"))]
        self._row = ChoiceRow(name, choices)
        super().__init__(column(self._words, self._count, gap=2), self._row, parent=parent)
        self._row.answered.connect(self._on_answered)

    def show_repeat(self, repeat: RepeatState, label: str) -> None:
        """Ask for one more of these."""
        name = label or translate("Form", "Entry")
        words = (
            translate("Form", "Is there another “{label}”?")
            if repeat.count
            else translate("Form", "Is there any “{label}”?")
        )
        self._words.set_words(words.format(label=name))
        self._count.setText(translate("Form", "%n so far; Enter goes on", repeat.count))
        self._row.set_answer([])

    def start(self) -> None:
        """Take the keyboard."""
        self._row.start()

    def press_key(self, cap: str) -> bool:
        """Answer by a key; whether it was one of its keys."""
        return self._row.press_key(cap)

    @Slot(object)
    def _on_answered(self, codes: tuple[str, ...]) -> None:
        self._row.set_answer([])
        (self.another_asked if "yes" in codes else self.none_asked).emit()
