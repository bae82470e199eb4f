"""A number of a range: typed, or moved along a line with the arrow keys."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from agent_app.ui import painting, theme
from agent_app.ui.forms.editor import name_of
from agent_app.ui.forms.typed import TypedEditor
from agent_app.ui.i18n import translate
from agent_app.ui.tokens import Tone, TypeRole
from server_sync.domain.forms.pages import QuestionState

_KNOB = 8.0
_STEPS = {Qt.Key.Key_Down: -1, Qt.Key.Key_Up: 1, Qt.Key.Key_PageDown: -10, Qt.Key.Key_PageUp: 10}
DEFAULTS = (("start", "1"), ("end", "10"), ("step", "1"))
"""What a range is where its parameters do not say (XLSForm)."""


class Track(QWidget):
    """A line from least to most with a knob where an answer is. Signal: ``moved(text)`` by `step` or the mouse."""

    moved = Signal(object)

    def __init__(self, name: str, state: QuestionState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._start, self._end, self._step = (
            _decimal(state.parameters.get(key, usual), Decimal(usual)) for key, usual in DEFAULTS
        )
        self._value: Decimal | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(480)

    def show_value(self, text: str) -> None:
        """Put the knob there; none where it is no number."""
        self._value = _decimal(text, None)
        self.setAccessibleDescription(text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 24 + theme.line_height(TypeRole.SMALL))

    def step(self, steps: int) -> None:
        """Go so many steps towards the end; the first one leads to the start."""
        self._go(self._start if self._value is None else self._value + steps * self._toward())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        share = (event.position().x() - _KNOB) / max(self.width() - 2 * _KNOB, 1)
        steps = round(min(max(share, 0.0), 1.0) * self._count())
        self._go(self._start + steps * self._toward())

    def _toward(self) -> Decimal:
        """One step from least to most, whatever its sign in the form."""
        step = abs(self._step) or abs(self._end - self._start) / 100 or Decimal(1)
        return step if self._end >= self._start else -step

    def _count(self) -> int:
        return int(abs(self._end - self._start) / abs(self._toward()))

    def _go(self, at: Decimal) -> None:
        low, high = sorted((self._start, self._start + self._count() * self._toward()))
        value = min(max(at, low), high)
        self.moved.emit(format(value.normalize(), "f"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = theme.colours()
        if not self.isEnabled():
            painter.setOpacity(0.45)
        line = QRectF(_KNOB, 10, self.width() - 2 * _KNOB, 4)
        painting.box(painter, line, fill=c.line, radius=2)
        span = self._end - self._start
        if self._value is not None and span:
            share = float(min(max((self._value - self._start) / span, Decimal(0)), Decimal(1)))
            done = QRectF(line.left(), line.top(), line.width() * share, line.height())
            painting.box(painter, done, fill=c.accent, radius=2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(c.accent))
            painter.drawEllipse(QPointF(line.left() + line.width() * share, 12), _KNOB - 1, _KNOB - 1)
        ends = QRectF(0, 22, self.width(), theme.line_height(TypeRole.SMALL))
        small = theme.font(TypeRole.SMALL, tabular=True)
        painting.text(painter, ends, str(self._start), small, c.faint)
        painting.text(painter, ends, str(self._end), small, c.faint, Qt.AlignmentFlag.AlignRight)
        if self._value is None:
            words = translate("Form", "No answer yet")
            painting.text(painter, ends, words, small, c.inks[Tone.NEUTRAL], Qt.AlignmentFlag.AlignHCenter)


class RangeEditor(TypedEditor):
    """A line to type into, and a track along which the arrow keys of that line move."""

    def __init__(self, state: QuestionState, parent: QWidget | None = None) -> None:
        super().__init__(state, parent=parent)
        self._track = Track(name_of(state), state)
        self.parts.addWidget(self._track)
        self._track.moved.connect(self._on_moved)
        self._track.show_value(state.value)

    def show_answer(self, state: QuestionState, *, wrong: bool) -> None:
        super().show_answer(state, wrong=wrong)
        self._track.setEnabled(not state.readonly)
        self._track.show_value(state.value)

    def key_hint(self) -> str:
        return translate("Form", "Type the number, or ↑ and ↓")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = _STEPS.get(Qt.Key(event.key()))
            if steps is not None and self._track.isEnabled():
                self._track.step(steps)
                return True
        return super().eventFilter(watched, event)

    @Slot(object)
    def _on_moved(self, text: str) -> None:
        self._track.show_value(text)
        self.type_in(text)
        self.flush()


_Usual = TypeVar("_Usual", Decimal, None)


def _decimal(text: str, usual: _Usual) -> Decimal | _Usual:
    try:
        return Decimal(text)
    except InvalidOperation:
        return usual
