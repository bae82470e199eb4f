"""The band above the places while the first sync is under way: how far it has come, and the button that puts it off or
goes on with it. What is there already can be worked with beneath it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_app.sync.status import SyncState, SyncStatus
from agent_app.ui import formats
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import Separator, column
from agent_app.ui.feedback import ProgressLine
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.panels import Ground
from agent_app.ui.tokens import TypeRole, Weight

HEIGHT = 52
_LINE = 180


class FirstSyncBand(Ground):
    """Signals: `paused()` and `resumed()` when its button is pressed."""

    paused = Signal()
    resumed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("chrome", parent)
        self.setFixedHeight(HEIGHT)
        self._is_paused = False
        self._title = Text("", weight=Weight.MEDIUM)
        self._figures = Text("", TypeRole.SMALL, quiet=True, tabular=True)
        self._line = ProgressLine()
        self._line.setFixedWidth(_LINE)
        self._button = Button(translate("FirstSync", "Pause"), Kind.SECONDARY, small=True)
        self._button.clicked.connect(self._on_pressed)
        line = QHBoxLayout()
        line.setContentsMargins(16, 6, 12, 6)
        line.setSpacing(16)
        line.addLayout(column(self._title, self._figures, gap=0), 1)
        line.addWidget(self._line)
        line.addWidget(self._button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line, 1)
        layout.addWidget(Separator())
        self.hide()

    def show_sync(self, status: SyncStatus) -> None:
        """Be there as long as the first sync is not over."""
        self.setVisible(not status.complete)
        if status.complete:
            return
        self._is_paused = status.paused
        self._title.setText(_title(status))
        received, known = status.received, figures(status)
        self._figures.setText(known)
        self._figures.setVisible(bool(known))
        self._line.show_share(received.rows / received.of_rows if received.of_rows else 0.0, known)
        self._line.setVisible(bool(known))
        words = translate("FirstSync", "Resume") if status.paused else translate("FirstSync", "Pause")
        self._button.set_words(words)

    @Slot()
    def _on_pressed(self) -> None:
        (self.resumed if self._is_paused else self.paused).emit()


def figures(status: SyncStatus) -> str:
    """Rows, bytes and what is left of the time, as far as they are known; "" where nobody asks for them."""
    received = status.received
    if not received.of_rows:
        return "" if status.paused else translate("FirstSync", "Asking the server")
    parts = [
        translate("FirstSync", "{rows} of {total} rows").format(
            rows=formats.number(received.rows), total=formats.number(received.of_rows)
        ),
        formats.file_size(received.bytes),
    ]
    if received.remaining is not None:
        left = formats.span(received.remaining)
        parts.append(translate("FirstSync", "{span} left").format(span=left))
    return " · ".join(parts)


def _title(status: SyncStatus) -> str:
    if status.paused:
        return translate("FirstSync", "First sync paused. Lists and figures are incomplete.")
    if status.state is SyncState.OFFLINE:
        return translate(
            "FirstSync", "First sync goes on when the server is there. Lists and figures are incomplete."
        )
    return translate("FirstSync", "First sync. Lists and figures are incomplete until it is over.")
