"""The one dialog service: a question with two or three answers, asked rarely, only where nothing can be
undone afterwards.

Never ``exec()``: the answer comes by a receiver, so that no event loop nests and tests pass a fake of ``Dialogs``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from agent_app.ui import painting, theme
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.fields import TextField
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Paragraph, Text
from agent_app.ui.tokens import SIZES, TypeRole, Weight


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, in translated words. ``danger`` colours the answer that does it; ``asks_for`` adds a
    line to type into.
    """

    title: str
    words: str
    confirm: str
    danger: bool = False
    asks_for: str = ""


class Dialogs(Protocol):
    """What presenters know of dialogs."""

    def ask(self, question: Question, on_confirmed: Callable[[str], object]) -> None:
        """Ask; if confirmed, ``on_confirmed(what was typed, or "")`` is called later on the main thread, else
        nothing.
        """


class _QuestionDialog(QDialog):
    """One question in the product's look."""

    def __init__(
        self, question: Question, on_confirmed: Callable[[str], object], parent: QWidget | None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._on_confirmed = on_confirmed
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowTitle(question.title)
        self.setFixedWidth(420)
        cancel = Button(translate("Dialogs", "Cancel"), key="Esc")
        self._confirm = Button(question.confirm, Kind.DESTRUCTIVE if question.danger else Kind.PRIMARY)
        self._field = TextField(question.asks_for, question.asks_for)
        answers = QHBoxLayout()
        answers.addStretch(1)
        answers.addWidget(cancel)
        answers.addWidget(self._confirm)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(Text(question.title, TypeRole.TITLE, weight=Weight.MEDIUM))
        layout.addWidget(Paragraph(question.words, quiet=True))
        layout.addWidget(self._field)
        self._field.setVisible(bool(question.asks_for))
        layout.addSpacing(8)
        layout.addLayout(answers)
        cancel.clicked.connect(self.reject)
        self._confirm.clicked.connect(self.accept)
        self._field.returnPressed.connect(self.accept)
        self.accepted.connect(self._on_accepted)
        first = self._field if question.asks_for else cancel if question.danger else self._confirm
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painting.box(
            QPainter(self), QRectF(self.rect()), fill=c.surface, line=c.strong_line, radius=SIZES.radius + 4
        )

    @Slot()
    def _on_accepted(self) -> None:
        self._on_confirmed(self._field.text().strip())


class DialogService:
    """``Dialogs`` over one window; a second question waits for nobody: it lies on top."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def ask(self, question: Question, on_confirmed: Callable[[str], object]) -> None:
        _QuestionDialog(question, on_confirmed, self._window).open()
