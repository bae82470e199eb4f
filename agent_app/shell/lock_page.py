"""The page that covers the whole window when this desk may not be worked at: why, and what to do (SYNC E4)."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from agent_app.shell.overlay import Overlay
from agent_app.ui import theme
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import Card, row
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Paragraph, Text
from agent_app.ui.tokens import TypeRole, Weight

WIDTH = 480


class Lock(StrEnum):
    """Why a desk is locked."""

    LEASE = "lease"
    REVOKED = "revoked"
    DISABLED = "disabled"
    WIPING = "wiping"


class LockPage(Overlay):
    """Opaque: nothing beneath can be seen or reached, and no key takes it away. `retry` contacts the server now."""

    def __init__(self, window: QWidget, otherwise: Callable[[], object], retry: Callable[[], object]) -> None:
        super().__init__(window, otherwise)
        self._shown: Lock | None = None
        self._title = Text("", TypeRole.FIGURE, weight=Weight.MEDIUM, wrap=True)
        self._words = Paragraph()
        self._button = Button(translate("Lock", "Contact the server now"), Kind.PRIMARY)
        self._retry = retry
        card = Card()
        card.setFixedWidth(WIDTH)
        inside = card.body
        inside.setContentsMargins(28, 28, 28, 28)
        inside.setSpacing(14)
        inside.addWidget(self._title)
        inside.addWidget(self._words)
        inside.addLayout(row(1, self._button))
        page = QVBoxLayout(self)
        page.addStretch(2)
        page.addLayout(row(1, card, 1))
        page.addStretch(3)
        self._button.clicked.connect(self._on_retry)

    def locked(self) -> Lock | None:
        """Why the window is covered, None while it is not."""
        return self._shown

    def lock(self, why: Lock, days: int = 0) -> None:
        """Cover the window. `days`: for how long there has been no contact, for a lease that is over."""
        title, words = _said(why, days)
        self._title.setText(title)
        self._words.set_words(words)
        self._button.setVisible(why is not Lock.WIPING)
        if self._shown is None:
            for dialog in self.window().findChildren(QDialog):
                dialog.reject()
            self.pop_up(self._button)
        self._shown = why
        self.raise_()

    def unlock(self) -> None:
        """Let the window be worked at again."""
        if self._shown is not None:
            self._shown = None
            self.go_away()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ChildAdded and self._shown is not None:
            self.raise_()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc does nothing here."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Nor does a click."""

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color(theme.colours().canvas))

    @Slot()
    def _on_retry(self) -> None:
        self._retry()


def _said(why: Lock, days: int) -> tuple[str, str]:
    safe = translate("Lock", "What you have saved is safe on this computer.")
    match why:
        case Lock.LEASE:
            title = translate("Lock", "This computer needs its server")
            words = translate(
                "Lock",
                "It has had no contact for %n day(s), longer than customers' data may stay on it unseen. Connect it to "
                "the network: as soon as it reaches the server it unlocks by itself and sends what is waiting.",
                days,
            )
            return title, f"{words}\n\n{safe}"
        case Lock.REVOKED:
            title = translate("Lock", "This computer is no longer admitted")
            words = translate(
                "Lock",
                "Your supervisor has revoked it. What had not been sent was handed to your supervisor.",
            )
            return title, words
        case Lock.DISABLED:
            title = translate("Lock", "Your account is disabled")
            words = translate(
                "Lock", "What had not been sent was handed to your supervisor; please ask there."
            )
            return title, words
        case Lock.WIPING:
            title = translate("Lock", "The data on this computer is being deleted")
            words = translate(
                "Lock",
                "Your supervisor has ordered it. What has not been sent is handed over first; please leave the "
                "computer on until then.",
            )
            return title, words
