"""Pictures, sounds, films, files and signatures of a form on the desk: they are taken on the visit device."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from agent_app.ui.cards import row
from agent_app.ui.forms.editor import Editor, fill
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Picture, Text
from agent_app.ui.tokens import SIZES
from server_sync.domain.forms.pages import QuestionState

_PICTURES = {"image": "camera", "audio": "microphone", "video": "video-camera"}


class FileEditor(Editor):
    """Says what belongs here and, where it was taken already, its name."""

    passive = True

    def __init__(self, state: QuestionState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        media = state.parameters.get("mediatype", "").partition("/")[0]
        signed = not state.appearance.isdisjoint(("signature", "draw", "annotate"))
        icon = "pencil-line" if signed else _PICTURES.get(media, "paperclip")
        self._words = Text("", quiet=True, wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        line = QWidget()
        line.setLayout(row(Picture(icon, SIZES.icon_large), self._words, gap=10))
        fill(self, line)
        self.show_answer(state, wrong=False)

    def show_answer(self, state: QuestionState, *, wrong: bool) -> None:
        taken = translate("Form", "Taken: {file}").format(file=state.value)
        later = translate("Form", "Filled in on the visit device; here one goes on with Enter.")
        self._words.setText(taken if state.value else later)
