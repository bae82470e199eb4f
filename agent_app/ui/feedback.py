"""What the product says back, without ever being a dialog: banners, the undo bar, skeletons, empty states,
progress dots.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from agent_app.ui import painting, theme
from agent_app.ui.buttons import Button, IconButton, Kind
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Paragraph, Picture, Text
from agent_app.ui.tokens import SIZES, Tone, TypeRole, mix

PICTURES = {
    Tone.NEUTRAL: "info",
    Tone.ACCENT: "info",
    Tone.SUCCESS: "check-circle",
    Tone.WARNING: "warning",
    Tone.DANGER: "warning-circle",
}


class Banner(QWidget):
    """What happened, what is safe, what to do: one line across the top of what it concerns. Hidden until it
    says something.

    Signals: ``acted()`` when its action is pressed, ``dismissed()`` when it is closed.
    """

    acted = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = Tone.ACCENT
        self._picture = Picture(PICTURES[self._tone], tone=self._tone)
        self._words = Paragraph()
        self._action = Button("", small=True)
        self._action.hide()
        self._close = IconButton(translate("Feedback", "Close"), "x")
        self._close.setFixedSize(SIZES.control_small, SIZES.control_small)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.setSpacing(8)
        layout.addWidget(self._picture)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self._action.clicked.connect(self.acted)
        self._close.clicked.connect(self._on_close)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def words(self) -> str:
        return self._words.words()

    def say(self, words: str, tone: Tone = Tone.ACCENT, *, action: str = "", closable: bool = True) -> None:
        """Show these words; ``action`` is the one thing to do about it; "" hides the banner."""
        self._tone = tone
        self._picture.set_picture(PICTURES[tone], tone)
        self._words.set_words(words)
        self._action.set_words(action)
        self._action.setVisible(bool(action))
        self._close.setVisible(closable)
        self.setVisible(bool(words))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        line = mix(c.tones[self._tone], c.surface, 0.3)
        painting.box(QPainter(self), QRectF(self.rect()), fill=c.tints[self._tone], line=line)

    @Slot()
    def _on_close(self) -> None:
        self.hide()
        self.dismissed.emit()


class UndoBar(QWidget):
    """A bar over the bottom of its parent: says what was done and offers to undo it for 8 seconds. Takes no focus.

    Signals: ``undone(token)``, ``expired(token)``; exactly one of them for each ``offer``.
    """

    undone = Signal(object)
    expired = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self._token: object = None
        self._words = Text("")
        self._undo = Button(translate("Feedback", "Undo"), Kind.QUIET, key="Ctrl Z", small=True)
        self._undo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 8, 6)
        layout.setSpacing(12)
        layout.addWidget(self._words)
        layout.addWidget(self._undo)
        self._time = QTimer(self)
        self._time.setSingleShot(True)
        self._time.setInterval(SIZES.undo_ms)
        self._time.timeout.connect(self._on_time)
        self._undo.clicked.connect(self.undo)
        parent.installEventFilter(self)
        self.hide()

    def offer(self, words: str, token: object) -> None:
        """Say ``words`` and offer to undo ``token``; what was offered before expires."""
        self._end(undone=False)
        self._token = token
        self._words.setText(words)
        self._time.start()
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        """At the bottom of the parent, in the middle."""
        around = self._around.rect()
        self.move(around.center().x() - self.width() // 2, around.bottom() - self.height() - 4 * SIZES.grid)

    @Slot()
    def undo(self) -> None:
        """As if the button were pressed: for the key."""
        self._end(undone=True)

    def sizeHint(self) -> QSize:
        words = self._words.fontMetrics().horizontalAdvance(self._words.text())
        return QSize(words + self._undo.sizeHint().width() + 40, SIZES.control + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painting.box(QPainter(self), QRectF(self.rect()), fill=c.surface, line=c.strong_line)

    @Slot()
    def _on_time(self) -> None:
        self._end(undone=False)

    def _end(self, *, undone: bool) -> None:
        if self._token is None:
            return
        token, self._token = self._token, None
        self._time.stop()
        self.hide()
        (self.undone if undone else self.expired).emit(token)


class Skeleton(QWidget):
    """The shape of what will appear, shown when it takes longer than 300 ms; it does not move."""

    def __init__(self, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setAccessibleName(translate("Feedback", "Loading"))

    def sizeHint(self) -> QSize:
        return QSize(240, self._lines * 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        c = theme.colours()
        for line in range(self._lines):
            share = (0.4, 0.85, 0.65)[line % 3]
            rect = QRectF(0, line * 24 + 5, self.width() * share, 14)
            painting.box(painter, rect, fill=c.tints[Tone.NEUTRAL], radius=SIZES.radius_small)


class EmptyState(QWidget):
    """What will appear here and what to do now. Signal: ``acted()`` when its button is pressed."""

    acted = Signal()

    def __init__(
        self,
        title: str,
        words: str = "",
        *,
        icon: str = "tray",
        action: str = "",
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = Text(title, TypeRole.TITLE)
        self._words = Paragraph(words, quiet=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._words.setMaximumWidth(320)
        self._button = Button(action, Kind.PRIMARY, key=key)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addStretch(2)
        for thing in (Picture(icon, 40), self._title):
            layout.addWidget(thing, 0, Qt.AlignmentFlag.AlignHCenter)
        # As wide as reads well, and narrower where the column is.
        words_line = QHBoxLayout()
        words_line.addStretch(1)
        words_line.addWidget(self._words, 1_000)
        words_line.addStretch(1)
        layout.addLayout(words_line)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self._button.setVisible(bool(action))
        self._button.clicked.connect(self.acted)

    def say(self, title: str, words: str = "", action: str = "") -> None:
        """Say something else; "" hides the button."""
        self._title.setText(title)
        self._words.set_words(words)
        self._button.set_words(action)
        self._button.setVisible(bool(action))


class ProgressDots(QWidget):
    """How far through a few steps: done, the present one, those to come; its words stand beside it (3 / 6)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step, self._steps = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_step(self, step: int, steps: int) -> None:
        """``step`` from 1; 0 is before the first."""
        self._step, self._steps = step, steps
        self.setAccessibleName(f"{step} / {steps}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(max(0, min(self._steps * 32, 200) - 6), 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._steps:
            return
        painter = QPainter(self)
        c = theme.colours()
        gap = min(6.0, self.width() / self._steps / 3)
        width = (self.width() + gap) / self._steps
        for place in range(1, self._steps + 1):
            rect = QRectF((place - 1) * width, 4, width - gap, 4)
            half = mix(c.accent, c.surface, 0.55)
            fill = c.accent if place < self._step else half if place == self._step else c.line
            painting.box(painter, rect, fill=fill, radius=2)


class ProgressLine(QWidget):
    """A thin line that fills up; its words stand beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setFixedHeight(SIZES.grid)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float, words: str) -> None:
        """``share`` of 1; ``words`` are what a screen reader says."""
        self._share = min(max(share, 0.0), 1.0)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        c = theme.colours()
        rect = QRectF(self.rect())
        painting.box(painter, rect, fill=c.line, radius=2)
        if self._share:
            rect.setWidth(max(rect.width() * self._share, SIZES.grid))
            painting.box(painter, rect, fill=c.accent, radius=2)
