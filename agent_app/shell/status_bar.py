"""The line at the bottom: how far this desk is in step, presence, the call, today's figures; everything is
told to it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from agent_app.shell.first_sync import figures
from agent_app.store.queries.today import Today
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
    """Signals: `presence_asked()`, `conflicts_asked()`, `keys_asked()` when one of its parts is pressed."""

    presence_asked = Signal()
    conflicts_asked = Signal()
    keys_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("chrome", parent)
        self.setFixedHeight(HEIGHT)
        self._dot = StatusDot("", Tone.NEUTRAL)
        self._waiting = Text("", TypeRole.SMALL, quiet=True, tabular=True)
        self._conflicts = Button("", Kind.QUIET, small=True)
        self._presence = Button("", Kind.QUIET, key="F7", small=True)
        self._today = Text("", TypeRole.SMALL, quiet=True, tabular=True)
        self._connect = Text("", TypeRole.SMALL, quiet=True, tabular=True)
        self._score = Text("", TypeRole.SMALL, quiet=True, tabular=True)
        self._keys = Button(translate("StatusBar", "Keys"), Kind.QUIET, key="F1", small=True)
        self._status = SyncStatus(SyncState.INCOMPLETE)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 8, 0)
        layout.setSpacing(16)
        for part in (self._dot, self._waiting, self._conflicts, self._presence):
            layout.addWidget(part)
        layout.addStretch(1)
        for part in (self._today, self._connect, self._score, self._keys):
            layout.addWidget(part)
        self._conflicts.hide()
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
        words, tone = _sync_words(status, now)
        self._dot.set_status(words, tone)
        self._waiting.setText(translate("StatusBar", "To send: {count}").format(count=status.waiting))
        self._conflicts.setVisible(status.conflicts > 0)
        self._conflicts.set_words(
            translate("StatusBar", "To look at: {count}").format(count=status.conflicts)
        )

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


def _sync_words(status: SyncStatus, now: int) -> tuple[str, Tone]:
    if status.state is SyncState.OFFLINE:
        since = formats.ago(status.since_at, now)
        return translate("StatusBar", "Offline since {since}").format(since=since), Tone.WARNING
    if status.state is SyncState.ATTENTION:
        return translate("StatusBar", "Needs attention"), Tone.DANGER
    if status.state is SyncState.INCOMPLETE:
        words = (
            translate("StatusBar", "First sync paused: {figures}")
            if status.paused
            else translate("StatusBar", "First sync: {figures}")
        )
        return words.format(figures=figures(status.received)), Tone.ACCENT
    if status.state is SyncState.SYNCING:
        return translate("StatusBar", "Syncing"), Tone.ACCENT
    return translate("StatusBar", "Up to date"), Tone.SUCCESS
