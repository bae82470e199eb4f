"""Photos, sounds, films, signatures and any other file that answers a question: given, taken, looked at, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPixmap,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from agent_app.actions.answer_files import media_of
from agent_app.ports import Lack
from agent_app.ui import formats
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import column, row
from agent_app.ui.file_dialogs import FileDialogs, SystemFileDialogs
from agent_app.ui.forms import pictures
from agent_app.ui.forms.editor import Editor, Means, TakesFiles, fill, name_of
from agent_app.ui.forms.words import lack_words
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Picture, Text
from agent_app.ui.tokens import SIZES, TypeRole
from server_sync.domain.forms.pages import QuestionState
from server_sync.domain.rules.attachments import SUFFIXES

_ICONS = {"image": "camera", "audio": "microphone", "video": "video-camera"}
DRAWN = frozenset({"signature", "draw", "annotate"})
_HIGHEST = 180


class UntakenFile(Editor):
    """Where no files are taken, as in a trial: says so."""

    passive = True

    def __init__(self, state: QuestionState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Text("", quiet=True, wrap=True)
        fill(self, self._words)
        self.show_answer(state, wrong=False)

    def show_answer(self, state: QuestionState, *, wrong: bool) -> None:
        taken = translate("Form", "Taken: {file}").format(file=state.value)
        later = translate("Form", "No files are taken here; one goes on with Enter.")
        self._words.setText(taken if state.value else later)


class FileEditor(Editor):
    """A file from this computer: chosen, dropped or pasted. What else there is for it subclasses put into `extras`, its
    buttons beside the others; each button has a key."""

    def __init__(
        self, state: QuestionState, means: Means, files: TakesFiles, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.question, self.means, self.files = state, means, files
        self.media = media_of(state)
        self.file_dialogs: FileDialogs = SystemFileDialogs(self)
        self._shown = ""
        self._picture = QLabel()
        self._picture.setAccessibleName(translate("Form", "Picture"))
        self._picture.hide()
        drawn = not state.appearance.isdisjoint(DRAWN)
        self._mark = Picture(
            "pencil-line" if drawn else _ICONS.get(self.media, "paperclip"), SIZES.icon_large
        )
        self._name = Text("", wrap=True)
        self._name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._about = Text("", TypeRole.SMALL, quiet=True, wrap=True)
        self._about.hide()
        self._lacks = Text("", TypeRole.SMALL, faint=True, wrap=True)
        self._lacks.hide()
        self._choose = Button(translate("Form", "Choose a file"), key="F", small=True, icon="folder-open")
        self._drop = Button(translate("Form", "Take it back"), Kind.QUIET, key="⌫", small=True)
        self.buttons = row(self._choose, gap=8)
        self.extras = column(gap=6)
        line = row(self._mark, column(self._name, self._about, gap=2), gap=10)
        layout = fill(self)
        for part in (line, self._picture, self.extras, self.buttons, self._lacks):
            layout.addWidget(part) if isinstance(part, QWidget) else layout.addLayout(part)
        self.setAcceptDrops(True)
        # Whoever draws or clicks beside the buttons goes on by keys.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self._choose)
        self._choose.clicked.connect(self.ask_file)
        self._drop.clicked.connect(self._take_back)

    def finish(self) -> None:
        """Called when a subclass has put its parts in: what takes the answer back stands last."""
        self.buttons.addWidget(self._drop)
        self.buttons.addStretch(1)
        self.show_answer(self.question, wrong=False)

    def offer(self, button: Button) -> None:
        """One more button."""
        self.buttons.insertWidget(0, button)

    # --------------------------------------------------------------------------------------------- the answer

    def show_answer(self, state: QuestionState, *, wrong: bool) -> None:
        self.question = state
        self._drop.setVisible(bool(state.value))
        if state.value == self._shown and self._name.text():
            return
        self._shown = state.value
        self._name.setText(state.value or self.empty_words())
        self._say_about("")
        self.show_preview(None)
        if state.value:
            look = partial(pictures.preview, name=state.value, longest=self.longest())
            self.files.read_file(state.path, state.value, look, partial(self._on_preview, state.value))

    def set_busy(self, busy: bool) -> None:
        if busy:
            self._say_about(translate("Form", "Taking it in …"))

    def empty_words(self) -> str:
        """What may be done while there is no answer."""
        if self.media == "image":
            return translate("Form", "No picture yet: choose one, drop it here, or paste it with Ctrl+V.")
        return translate("Form", "No file yet: choose one, drop it here, or paste it with Ctrl+V.")

    def longest(self) -> int:
        """Pixels of the picture that is looked at."""
        return pictures.THUMBNAIL

    def show_preview(self, shown: pictures.Preview | None) -> None:
        """Show the picture, if it is one."""
        picture = None if shown is None else shown.picture
        self._picture.setVisible(picture is not None)
        self._mark.setVisible(picture is None)
        if picture is not None:
            ratio = self.devicePixelRatioF()
            fitting = QPixmap.fromImage(picture)
            if fitting.height() > _HIGHEST * ratio:
                fitting = fitting.scaledToHeight(
                    round(_HIGHEST * ratio), Qt.TransformationMode.SmoothTransformation
                )
            fitting.setDevicePixelRatio(ratio)
            self._picture.setPixmap(fitting)

    def _on_preview(self, name: str, shown: pictures.Preview | None) -> None:
        if name != self._shown:
            return
        if shown is None:
            self._say_about(translate("Form", "On another computer, or already with the customer's files."))
            return
        length = None if shown.length is None else formats.stopwatch(shown.length)
        parts = [part for part in (length, formats.file_size(shown.size)) if part]
        self._say_about(" · ".join(parts))
        self.show_preview(shown)

    def _say_about(self, words: str) -> None:
        self._about.setText(words)
        self._about.setVisible(bool(words))

    # ---------------------------------------------------------------------------------------------- by hand

    def give_path(self, path: Path) -> None:
        """Answer with a file of this computer."""
        give = partial(pictures.photo, path, self.most_pixels()) if self.media == "image" else lambda: path
        self.files.on_file_given(self.question.path, give)

    def give_picture(self, image: QImage) -> None:
        """Answer with a picture that was taken or pasted."""
        give = partial(pictures.taken, image, self.most_pixels())
        self.files.on_file_given(self.question.path, give)

    def most_pixels(self) -> int:
        """How long a picture's longer edge may be (XLSForm, max-pixels); 0 for any."""
        most = self.question.parameters.get("max-pixels", "")
        return int(most) if most.isdecimal() else 0

    @Slot()
    def ask_file(self) -> None:
        """Let a person choose."""
        wanted = [
            suffix
            for media_type, suffixes in SUFFIXES.items()
            if media_type.startswith(self.media)
            for suffix in suffixes
        ]
        kinds = " ".join(f"*.{suffix}" for suffix in wanted)
        title = translate("Form", "Choose a file")
        self.file_dialogs.choose(title, f"{name_of(self.question)} ({kinds})", self._on_chosen)

    def _on_chosen(self, paths: Sequence[Path]) -> None:
        if paths:
            self.give_path(paths[0])

    def paste(self) -> None:
        """Answer with what was copied: a file, or a picture."""
        copied = QGuiApplication.clipboard().mimeData()
        files = [Path(url.toLocalFile()) for url in copied.urls() if url.isLocalFile()]
        image = QGuiApplication.clipboard().image()
        if files:
            self.give_path(files[0])
        elif self.media == "image" and not image.isNull():
            self.give_picture(image)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._on_chosen([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    # ------------------------------------------------------------------------------------------------- keys

    def start(self) -> None:
        first = self.buttons.itemAt(0)
        button = None if first is None else first.widget()
        (button or self._choose).setFocus(Qt.FocusReason.TabFocusReason)

    def press_key(self, cap: str) -> bool:
        for button in self.findChildren(Button):
            if button.key() == cap.upper() and button.isVisibleTo(self):
                button.click()
                return True
        return False

    def clear(self) -> bool:
        self._take_back()
        return True

    def settled(self) -> bool:
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)

    def say_lack(self, lack: Lack, words: str) -> None:
        """Tell calmly what this computer has not; `words` name it."""
        self._lacks.setText(lack_words(lack, words))
        self._lacks.show()

    @Slot()
    def _take_back(self) -> None:
        if self.question.value:
            self.answered.emit("")
