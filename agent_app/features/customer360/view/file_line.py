"""One file in the list: its name, where its bytes are, and the one or two things to do with it."""

from datetime import tzinfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from agent_app.store.queries.attachments import Attached, Standing
from agent_app.ui import formats
from agent_app.ui.buttons import Button, IconButton, Kind
from agent_app.ui.error_words import error_text
from agent_app.ui.feedback import ProgressLine
from agent_app.ui.i18n import translate
from agent_app.ui.image_viewer import VIEWABLE
from agent_app.ui.labels import Picture, Text
from agent_app.ui.tokens import SIZES, Tone, TypeRole
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import AttachmentKind

PICTURES = {
    AttachmentKind.PHOTO: "image",
    AttachmentKind.RECORDING: "microphone",
    AttachmentKind.VIDEO: "video-camera",
    AttachmentKind.SIGNATURE: "pen-nib",
    AttachmentKind.DOCUMENT: "file-text",
}
_TONES = {Standing.REFUSED: Tone.DANGER, Standing.FAILED: Tone.DANGER, Standing.WAITING: Tone.ACCENT}


class FileLine(QWidget):
    """Signals carry the attachment's id: ``open_asked``, ``cancelled``, ``again_asked``, ``remove_asked``."""

    open_asked = Signal(object)
    cancelled = Signal(object)
    again_asked = Signal(object)
    remove_asked = Signal(object)

    def __init__(self, attachment_id: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id = attachment_id
        self._standing = Standing.ABSENT
        self._picture = Picture("file-text")
        self._name = Text("")
        self._about = Text("", TypeRole.SMALL, quiet=True, tabular=True)
        self._told = Text("", TypeRole.SMALL, quiet=True, wrap=True)
        self._progress = ProgressLine()
        self._act = Button("", Kind.QUIET, small=True)
        self._remove = IconButton(translate("Attachments", "Remove"), "trash")
        self._remove.setFixedSize(SIZES.control_small, SIZES.control_small)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(2)
        layout.setColumnStretch(1, 1)
        for place, part in enumerate((self._picture, self._name, self._act, self._remove)):
            layout.addWidget(part, 0, place)
        for place, part in enumerate((self._about, self._told, self._progress), 1):
            layout.addWidget(part, place, 1, 1, 3)
        self._act.clicked.connect(self._on_act)
        self._remove.clicked.connect(self._on_remove)

    def show_file(self, file: Attached, may_remove: bool, now: int, tz: tzinfo) -> None:
        """Show this file as it stands now."""
        self._standing = file.standing
        self._picture.set_picture(PICTURES[AttachmentKind(file.kind)], None)
        self._name.setText(file.file_name)
        when = formats.moment(file.created_at, now, tz)
        parts = (formats.file_size(file.size), when, "" if file.mine else file.person)
        self._about.setText(" · ".join(part for part in parts if part))
        words = told(file, now, tz)
        self._told.setText(words)
        self._told.set_tone(_TONES.get(file.standing))
        self._told.setVisible(bool(words))
        moving = file.standing is Standing.FETCHING or (
            file.standing is Standing.WAITING and file.position > 0
        )
        self._progress.setVisible(moving)
        self._progress.show_share(file.position / file.size, words)
        act = action(file)
        self._act.set_words(act)
        self._act.setAccessibleName(f"{act} {file.file_name}")
        self._act.setVisible(bool(act))
        self._remove.setVisible(may_remove)
        self._remove.setAccessibleName(translate("Attachments", "Remove {name}").format(name=file.file_name))

    @Slot()
    def _on_act(self) -> None:
        match self._standing:
            case Standing.FETCHING:
                self.cancelled.emit(self._id)
            case Standing.REFUSED:
                self.again_asked.emit(self._id)
            case _:
                self.open_asked.emit(self._id)

    @Slot()
    def _on_remove(self) -> None:
        self.remove_asked.emit(self._id)


def action(file: Attached) -> str:
    """What its button says; "" when there is nothing to do."""
    match file.standing:
        case Standing.ABSENT:
            return ""
        case Standing.FETCHING:
            return translate("Attachments", "Cancel")
        case Standing.REFUSED:
            return translate("Attachments", "Send again")
        case Standing.FAILED:
            return translate("Attachments", "Try again")
        case _:
            if file.media_type in VIEWABLE:
                return translate("Attachments", "Open")
            return translate("Attachments", "Save")


def told(file: Attached, now: int, tz: tzinfo) -> str:
    """Where its bytes are, in words; "" when there is nothing to say."""
    share = formats.percent(file.position / file.size)
    match file.standing:
        case Standing.WAITING if file.position >= file.size:
            return translate("Attachments", "Sent; being confirmed")
        case Standing.WAITING if file.position:
            return translate("Attachments", "Sending {share}").format(share=share)
        case Standing.WAITING:
            return translate("Attachments", "Waits to be sent; it is safe here")
        case Standing.FETCHING:
            return translate("Attachments", "Fetching {share}").format(share=share)
        case Standing.ABSENT:
            return translate("Attachments", "Not yet sent by the desk that added it")
        case Standing.FAILED if file.error == ErrorKind.NOT_FOUND:
            return translate("Attachments", "The server does not have this file any more")
        case Standing.REFUSED | Standing.FAILED:
            return error_text(file.error or "", {}, now, tz)
    return ""
