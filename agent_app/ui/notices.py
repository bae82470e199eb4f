"""Notices at the lower right edge of a window: they lie over what is there, move nothing and take no focus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_app.ui import painting, theme
from agent_app.ui.buttons import Button, IconButton, Kind
from agent_app.ui.cards import column, row
from agent_app.ui.feedback import PICTURES
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Paragraph, Picture
from agent_app.ui.tokens import SIZES, Tone

WIDTH = 304
EDGE = 3 * SIZES.grid
MOST = 3
_SHADOW = ((3, 0.03), (2, 0.04), (1, 0.06))


class Notice(QWidget):
    """One of them: what it says and, where something can be done about it, the button that does it; clicking its words
    does the same. Signals: ``opened(about)``, ``closed(about)``."""

    opened = Signal(str)
    closed = Signal(str)

    def __init__(
        self, about: str, words: str, tone: Tone, action: str, key: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.about, self._tone, self._words = about, tone, words
        self._acts = bool(action)
        close = IconButton(translate("Feedback", "Close"), "x")
        close.setFixedSize(SIZES.control_small, SIZES.control_small)
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(self._on_close)
        said = Paragraph(words)
        said.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = column(said, gap=6)
        if action:
            button = Button(action, Kind.SECONDARY, key=key, small=True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(self._on_open)
            inside.addLayout(row(button, 1))
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 10, 8, 10)
        layout.setSpacing(8)
        layout.addWidget(Picture(PICTURES[tone], tone=tone), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(inside, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(words)

    def words(self) -> str:
        return self._words

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._acts and event.button() == Qt.MouseButton.LeftButton:
            self._on_open()

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painter = QPainter(self)
        painting.box(painter, QRectF(self.rect()), fill=c.surface, line=c.strong_line)
        painting.box(painter, QRectF(1, 8, 3, self.height() - 16), fill=c.tones[self._tone], radius=1.5)

    @Slot()
    def _on_open(self) -> None:
        self.opened.emit(self.about)

    @Slot()
    def _on_close(self) -> None:
        self.closed.emit(self.about)


class Notices(QWidget):
    """The notices of one window, the latest beneath; at most three are seen, earlier ones wait until those are gone.

    ``clear_of`` tells how many pixels at the window's lower edge stay free. A notice about something replaces the one
    that was there about the same.
    """

    def __init__(self, window: QWidget, clear_of: Callable[[], int]) -> None:
        super().__init__(window)
        self._window = window
        self._clear_of = clear_of
        self._notices: dict[str, Notice] = {}
        self._actions: dict[str, Callable[[], object]] = {}
        self._closings: dict[str, Callable[[], object]] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(4, 4, 4, 4)
        self._column.setSpacing(8)
        window.installEventFilter(self)
        self.hide()

    def say(
        self,
        about: str,
        words: str,
        tone: Tone,
        *,
        details: str = "",
        action: str = "",
        key: str = "",
        on_action: Callable[[], object] | None = None,
        on_closed: Callable[[], object] | None = None,
    ) -> None:
        """Show a notice, and a screen reader says it; ``details`` are in its tooltip. ``on_closed``: a person has
        closed it."""
        self._drop(about)
        notice = Notice(about, words, tone, action, key, self)
        notice.setToolTip(details)
        notice.opened.connect(self._on_opened)
        notice.closed.connect(self._on_closed)
        self._notices[about] = notice
        if on_action is not None:
            self._actions[about] = on_action
        if on_closed is not None:
            self._closings[about] = on_closed
        self._column.addWidget(notice)
        self._show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    @Slot(str)
    def take_away(self, about: str) -> None:
        """What this one was about has been seen to."""
        if self._drop(about):
            self._show()

    def words(self) -> str:
        """What is said now, a line for each."""
        return "\n".join(notice.words() for notice in self._notices.values())

    def open_latest(self) -> None:
        """As if the button of the latest one were pressed: for the key."""
        if about := next(reversed(self._actions), ""):
            self._on_opened(about)

    def close_latest(self) -> None:
        """As if the latest one were closed: for the key."""
        if about := next(reversed(self._notices), ""):
            self._on_closed(about)

    def place(self) -> None:
        """Take the place at the edge again, after what is beneath has changed."""
        self.setFixedWidth(WIDTH + 8)
        height = self._column.heightForWidth(WIDTH + 8)
        around = self._window.rect()
        left = around.width() - self.width() - EDGE + 4
        top = around.height() - height - EDGE + 4 - self._clear_of()
        self.setGeometry(left, top, self.width(), height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """The soft shadow by which they stand off from what they lie over."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for notice in self._notices.values():
            if notice.isVisible():
                for spread, strength in _SHADOW:
                    painter.setBrush(theme.color((0, 0, 0), strength * (3 if theme.colours().dark else 1)))
                    rect = QRectF(notice.geometry()).adjusted(-spread, -spread + 1, spread, spread + 1)
                    painter.drawRoundedRect(rect, SIZES.radius + spread, SIZES.radius + spread)

    def _drop(self, about: str) -> bool:
        self._actions.pop(about, None)
        self._closings.pop(about, None)
        notice = self._notices.pop(about, None)
        if notice is None:
            return False
        notice.hide()
        self._column.removeWidget(notice)
        notice.deleteLater()
        return True

    def _show(self) -> None:
        seen = list(self._notices.values())[-MOST:]
        for notice in self._notices.values():
            notice.setVisible(notice in seen)
        self.setVisible(bool(seen))
        if seen:
            self.place()
            self.raise_()
            self.update()

    @Slot(str)
    def _on_closed(self, about: str) -> None:
        closing = self._closings.get(about)
        self.take_away(about)
        if closing is not None:
            closing()

    @Slot(str)
    def _on_opened(self, about: str) -> None:
        action = self._actions.get(about)
        self.take_away(about)
        if action is not None:
            action()
