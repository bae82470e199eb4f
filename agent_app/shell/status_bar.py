"""The line at the bottom: how far this desk is in step, presence, the call, today's figures; everything is
told to it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from agent_app.shell.first_sync import figures
from agent_app.store.queries.today import Today
from agent_app.store.queries.uploads import Uploads, Wait
from agent_app.sync.status import SyncState, SyncStatus
from agent_app.ui import formats
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.i18n import translate
from agent_app.ui.labels import StatusDot, Text
from agent_app.ui.panels import Ground
from agent_app.ui.tokens import Tone, TypeRole
from agent_app.ui.words import presence_label

HEIGHT = 30


class StatusBar(Ground):
    """Signals: `presence_asked()`, `conflicts_asked()`, `uploads_asked(customer_id)`, `keys_asked()` when one of its
    parts is pressed."""

    presence_asked = Signal()
    conflicts_asked = Signal()
    uploads_asked = Signal(object)
    keys_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("chrome", parent)
        self.setFixedHeight(HEIGHT)
        self._dot = StatusDot("", Tone.NEUTRAL)
        self._waiting = Text("", TypeRole.SMALL, quiet=True, tabular=True)
        self._conflicts = Button("", Kind.QUIET, small=True)
        self._uploads = Button("", Kind.QUIET, small=True)
        self._customer_id: bytes | None = None
        self._presence = Button("", Kind.QUIET, key="F7", small=True)
        self._today = Text("", TypeRole.SMALL, quiet=True, tabular=True)
        self._connect = Text("", TypeRole.SMALL, quiet=True, tabular=True)
        self._score = Text("", TypeRole.SMALL, quiet=True, tabular=True)
        self._keys = Button(translate("StatusBar", "Keys"), Kind.QUIET, key="F1", small=True)
        self._status = SyncStatus(SyncState.INCOMPLETE)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 8, 0)
        layout.setSpacing(12)
        for part in (self._dot, self._waiting, self._uploads, self._conflicts, self._presence):
            layout.addWidget(part)
        layout.addStretch(1)
        for part in (self._today, self._connect, self._score, self._keys):
            layout.addWidget(part)
        self._conflicts.hide()
        self._uploads.hide()
        self._uploads.clicked.connect(self._on_uploads)
        self._presence.clicked.connect(self.presence_asked)
        self._conflicts.clicked.connect(self.conflicts_asked)
        self._keys.clicked.connect(self.keys_asked)

    @property
    def sync_state(self) -> SyncState:
        """What the dot says."""
        return self._status.state

    def show_sync(self, status: SyncStatus, now: int) -> None:
        """How far this desk is in step."""
        self._status = status
        for figure in (self._today, self._connect, self._score):  # they would be wrong (SYNC L4)
            figure.setVisible(status.complete and status.state is not SyncState.INCOMPLETE)
        words, tone = _sync_words(status, now)
        self._dot.set_status(words, tone)
        self._waiting.setText(translate("StatusBar", "To send: {count}").format(count=status.waiting))
        self._conflicts.setVisible(status.conflicts > 0)
        self._conflicts.set_words(
            translate("StatusBar", "To look at: {count}").format(count=status.conflicts)
        )

    def show_uploads(self, uploads: Uploads) -> None:
        """What goes up beside the rows, how far it has come, and what it waits for."""
        words, told = _upload_words(uploads)
        self._customer_id = uploads.customer_id
        self._uploads.setVisible(bool(words))
        self._uploads.setEnabled(self._customer_id is not None)
        self._uploads.set_words(words)
        self._uploads.setToolTip(told)

    @Slot()
    def _on_uploads(self) -> None:
        self.uploads_asked.emit(self._customer_id)

    def show_presence(self, state: str, pause_reason: str | None, since_at: int, now: int) -> None:
        """What one is doing, and for how long."""
        label, _ = presence_label(state, pause_reason)
        self._presence.set_words(f"{label} {formats.stopwatch(max(now - since_at, 0))}")

    def show_today(self, today: Today) -> None:
        """The figures of one's own day."""
        self._today.setText(
            translate("StatusBar", "Today {done} / {target}").format(
                done=today.completed, target=today.target
            )
        )
        connect = today.answered / today.dialled if today.dialled else None
        self._connect.setText(
            translate("StatusBar", "Connect rate {rate}").format(rate=formats.percent(connect))
        )
        mean = today.csat_sum / today.scored if today.scored else None
        self._score.setText(
            translate("StatusBar", "Mean score {score}").format(score=formats.number(mean, 1))
        )


def _upload_words(uploads: Uploads) -> tuple[str, str]:
    """In short, and in full; "" when there is nothing to say."""
    refused = translate("StatusBar", "%n file(s) refused", uploads.refused)
    if not uploads.files:
        return (refused, refused) if uploads.refused else ("", "")
    words = translate("StatusBar", "Files: {count} · {progress}").format(
        count=uploads.files, progress=formats.file_progress(uploads.position, uploads.size)
    )
    told = translate("StatusBar", "%n file(s) to send", uploads.files)
    if uploads.wait is not None:
        why, told = _why(uploads.wait)
        words = f"{words} · {why}"
    return words, f"{told}\n{refused}" if uploads.refused else told


def _why(wait: Wait) -> tuple[str, str]:
    """In short, and in full."""
    match wait:
        case Wait.RETRY:
            return (
                translate("StatusBar", "tried again soon"),
                translate("StatusBar", "Sending files failed; it is tried again by itself."),
            )
        case Wait.ROW:
            return (
                translate("StatusBar", "entry first"),
                translate("StatusBar", "The entry that a file belongs to is sent before the file."),
            )
        case Wait.SERVER:
            return (
                translate("StatusBar", "server away"),
                translate(
                    "StatusBar", "The server cannot be reached; files are sent when it is there again."
                ),
            )


def _sync_words(status: SyncStatus, now: int) -> tuple[str, Tone]:
    if status.state is SyncState.OFFLINE:
        since = formats.ago(status.since_at, now)
        return translate("StatusBar", "Offline since {since}").format(since=since), Tone.WARNING
    if status.state is SyncState.ATTENTION:
        return translate("StatusBar", "Needs attention"), Tone.DANGER
    if status.state is SyncState.INCOMPLETE:
        return _first_sync_words(status.paused, figures(status)), Tone.ACCENT
    if status.state is SyncState.SYNCING:
        return translate("StatusBar", "Syncing"), Tone.ACCENT
    return translate("StatusBar", "Up to date"), Tone.SUCCESS


def _first_sync_words(paused: bool, known: str) -> str:
    if not paused:
        return translate("StatusBar", "First sync: {figures}").format(figures=known)
    if not known:
        return translate("StatusBar", "First sync paused")
    return translate("StatusBar", "First sync paused: {figures}").format(figures=known)
