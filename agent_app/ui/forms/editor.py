"""What every editor of a form's question offers to the page that holds it; the editors themselves stand beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.actions.answer_files import Give
from agent_app.ports import Capture
from agent_app.ui.capture.devices import Devices
from agent_app.ui.forms.markup import plain
from server_sync.domain.forms.pages import QuestionState

Shown = TypeVar("Shown")
Understand = Callable[[QuestionState, str], str]
"""How a typed day or time is understood: as the form takes it, "" for not at all."""


class TakesFiles(Protocol):
    """What editors of files ask of the form's presenter."""

    def on_file_given(self, path: str, give: Give) -> None:
        """A file for a question; `give` is called away from the main thread."""

    def read_file(
        self, path: str, name: str, show: Callable[[bytes | None], Shown], on_done: Callable[[Shown], object]
    ) -> None:
        """Have `show` look at the file that the answer names, away from the main thread."""

    def on_sound(self, path: str, samples: bytes) -> None:
        """More was recorded at a question, which is to outlive the program."""

    def find_recording(self, path: str, on_heard: Callable[[bytes], object]) -> None:
        """`on_heard` gets the samples of a recording that was cut off at this question, if there is one."""

    def on_recording_dropped(self, path: str) -> None:
        """It is not wanted."""

    def do_beside(self, fn: Callable[[], Shown], on_done: Callable[[Shown], object]) -> None:
        """Have something done away from the main thread."""


class ReadsMedia(Protocol):
    """What cards ask of the form's presenter."""

    def read_media(
        self, name: str, show: Callable[[bytes | None], Shown], on_done: Callable[[Shown], object]
    ) -> None:
        """Have `show` look at a file that stands beside the form's words, away from the main thread."""


@dataclass(frozen=True)
class Means:
    """What the editors of a form have beside the question: how typed days are understood, who takes files (None:
    nobody does), who gives what stands beside the form's words, and what this computer can hear, see and find out."""

    understand: Understand | None = None
    files: TakesFiles | None = None
    words: ReadsMedia | None = None
    capture: Capture[QImage] = field(default_factory=Devices)


class Editor(QWidget):
    """One question's answer. Signals: ``answered(text)``, after a choice, or when typing pauses or ends;
    ``terms_wanted()`` when it would like to know what its choices are found by."""

    passive = False
    """Whether nobody answers it here: it never takes the keyboard."""

    answered = Signal(object)
    terms_wanted = Signal()

    def show_answer(self, state: QuestionState, *, wrong: bool) -> None:
        """Show the stored value; what is being typed, or was typed and is ``wrong``, stays."""

    def restore(self, state: QuestionState) -> None:
        """Show the stored value whatever was typed."""
        self.show_answer(state, wrong=False)

    def start(self) -> None:
        """Take the keyboard."""

    def press_key(self, cap: str) -> bool:
        """Answer by a key; whether it was one of its keys."""
        return False

    def clear(self) -> bool:
        """Take the answer back by Backspace; whether it was for the editor."""
        return False

    def press_enter(self) -> bool:
        """Enter with the keyboard in it; whether it was for the editor, and not to go on."""
        return False

    def settled(self) -> bool:
        """Whether the answer is finished, so that the next question may take the keys."""
        return True

    def typing(self) -> bool:
        """Whether somebody is in the middle of writing: too early to speak of mistakes."""
        return False

    def flush(self) -> None:
        """Give what is typed now, without waiting for the pause."""

    def set_busy(self, busy: bool) -> None:
        """Whether the answer is being taken in, which may last."""

    def key_hint(self) -> str:
        """How to answer by keys where the caps do not say it."""
        return ""

    def set_terms(self, terms: Sequence[str]) -> None:
        """What each of its choices is found by, in their order."""


def name_of(state: QuestionState) -> str:
    """What a screen reader calls a question."""
    return plain(state.label) or state.name


def choices_of(state: QuestionState) -> tuple[tuple[str, str], ...]:
    """What a question offers: (value, label) pairs."""
    return tuple((choice.value, plain(choice.label)) for choice in state.choices)


def fill(editor: Editor, *inner: QWidget, gap: int = 6) -> QVBoxLayout:
    """Lay an editor's parts out beneath each other."""
    layout = QVBoxLayout(editor)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    for one in inner:
        layout.addWidget(one)
    return layout
