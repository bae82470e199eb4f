"""The section of a customer's files: what there is, how far it has come, what can be done with each."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.customer360.presenter import AttachmentsPresenter
from agent_app.features.customer360.state import AttachmentsState
from agent_app.features.customer360.view.file_line import FileLine
from agent_app.ports import SealedFiles
from agent_app.store.queries.attachments import Attached
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import SectionHeader, column
from agent_app.ui.dialogs import Dialogs, DialogService, Question
from agent_app.ui.error_words import error_text
from agent_app.ui.feedback import Banner
from agent_app.ui.file_dialogs import FileDialogs, SystemFileDialogs
from agent_app.ui.i18n import translate
from agent_app.ui.image_viewer import VIEWABLE, ImageViewer, decoded
from agent_app.ui.labels import Text
from agent_app.ui.tokens import Tone, TypeRole
from server_sync.domain.rules.attachments import SUFFIXES


class AttachmentsSection(QWidget):
    """Main thread. Files can be dropped on it. `dialogs` and `file_dialogs` are asked over its window."""

    def __init__(self, session: DeskSession, files: SealedFiles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tz = session.timezone
        self.presenter = AttachmentsPresenter(session, files, self._draw, _picture, self._show_file)
        self.file_dialogs: FileDialogs = SystemFileDialogs(self)
        self.dialogs: Dialogs | None = None
        self._state = AttachmentsState()
        self._lines: dict[bytes, FileLine] = {}
        self._viewed: Attached | None = None
        self._add = Button(translate("Attachments", "Add file"), Kind.QUIET, key="Ctrl U", small=True)
        self._banner = Banner()
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self._adding = Text("", TypeRole.SMALL, quiet=True)
        self._none = Text(
            translate("Attachments", "No files yet. Add one, or drop it here."),
            TypeRole.SMALL,
            quiet=True,
            wrap=True,
        )
        layout = column(
            SectionHeader(translate("Attachments", "Files"), self._add),
            self._banner,
            self._list,
            self._adding,
            self._none,
        )
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.setAcceptDrops(True)
        self._add.clicked.connect(self.ask_files)
        self._draw(self._state)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._add.isEnabled() and _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.presenter.on_files_given(_dropped(event))

    def _draw(self, state: AttachmentsState) -> None:
        self._state = state
        self._add.setEnabled(state.loaded)
        words = error_text(state.error, state.error_values, state.now, self._tz) if state.error else ""
        if words and state.error_name:
            words = translate("Attachments", "{name}: {problem}").format(name=state.error_name, problem=words)
        self._banner.say(words, Tone.DANGER)
        self._adding.setVisible(bool(state.adding))
        self._adding.setText(
            translate("Attachments", "Adding {names} …").format(names=", ".join(state.adding))
        )
        self._none.setVisible(state.loaded and not state.files and not state.adding)
        self._keep_lines(state)

    def _keep_lines(self, state: AttachmentsState) -> None:
        """One line a file; a line that stays is only told what is new, so that the keyboard stays where it is."""
        wanted = [file.id for file in state.files]
        for gone in self._lines.keys() - set(wanted):
            line = self._lines.pop(gone)
            line.hide()
            self._list.removeWidget(line)
            line.deleteLater()
        for place, file in enumerate(state.files):
            line = self._lines.get(file.id) or self._new_line(file)
            if self._list.indexOf(line) != place:
                self._list.removeWidget(line)
                self._list.insertWidget(place, line)
            line.show_file(file, file.mine or state.leads, state.now, self._tz)

    def _new_line(self, file: Attached) -> FileLine:
        line = FileLine(file.id)
        line.open_asked.connect(self._on_open)
        line.cancelled.connect(self._on_cancel)
        line.again_asked.connect(self._on_again)
        line.remove_asked.connect(self._on_remove)
        self._lines[file.id] = line
        return line

    def _show_file(self, file: Attached, image: QImage | None) -> None:
        """A picture is shown; anything else is saved where the person wants it, and opened with what he likes."""
        if image is None:
            self._ask_target(file)
            return
        viewer = ImageViewer(image, file.file_name, self.window())
        self._viewed = file
        viewer.save_asked.connect(self._save_viewed)
        viewer.open()

    @Slot()
    def _save_viewed(self) -> None:
        if self._viewed is not None:
            self._ask_target(self._viewed)

    def _ask_target(self, file: Attached) -> None:
        self.file_dialogs.save_as(
            translate("Attachments", "Save a copy"),
            file.file_name,
            lambda target: self.presenter.on_save_asked(file.id, target),
        )

    @Slot()
    def ask_files(self) -> None:
        """Let the person choose files to attach; nothing happens while nobody is shown."""
        if not self._state.loaded:
            return
        patterns = " ".join(f"*.{suffix}" for suffixes in SUFFIXES.values() for suffix in suffixes)
        kinds = translate("Attachments", "Pictures, recordings and documents")
        self.file_dialogs.choose(
            translate("Attachments", "Add file"), f"{kinds} ({patterns})", self.presenter.on_files_given
        )

    @Slot(object)
    def _on_open(self, attachment_id: bytes) -> None:
        self.presenter.on_open_asked(attachment_id)

    @Slot(object)
    def _on_cancel(self, attachment_id: bytes) -> None:
        self.presenter.on_cancelled(attachment_id)

    @Slot(object)
    def _on_again(self, attachment_id: bytes) -> None:
        self.presenter.on_again_asked(attachment_id)

    @Slot(object)
    def _on_remove(self, attachment_id: bytes) -> None:
        file = next(one for one in self._state.files if one.id == attachment_id)
        question = Question(
            translate("Attachments", "Remove this file?"),
            translate(
                "Attachments",
                "{name} is removed here and at the server, for everybody, and cannot come back.",
            ).format(name=file.file_name),
            translate("Attachments", "Remove"),
            danger=True,
        )
        dialogs = self.dialogs or DialogService(self.window())
        dialogs.ask(question, lambda _: self.presenter.on_removed(attachment_id))


def _picture(file: Attached, content: Callable[[], bytes]) -> QImage | None:
    """Away from the main thread: reading and decoding take long."""
    return decoded(content(), file.media_type) if file.media_type in VIEWABLE else None


def _dropped(event: QDropEvent) -> Sequence[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
