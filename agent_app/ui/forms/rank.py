"""Putting choices into an order by keys: letters in the order that is said, or moving a line up and down."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from agent_app.ui import painting, theme
from agent_app.ui.choices import LETTERS
from agent_app.ui.forms.editor import Editor, choices_of, fill, name_of
from agent_app.ui.i18n import translate
from agent_app.ui.tokens import SIZES, Tone, TypeRole
from server_sync.domain.forms.pages import QuestionState

_GAP = 4
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class RankList(QWidget):
    """Lines in their order: those with a place first. A letter gives the next place to its line, Up and Down mark a
    line, with Alt they move it, Backspace takes the last place back. Signal: ``ranked(tuple of codes)``, those that
    have a place."""

    ranked = Signal(object)

    def __init__(
        self, name: str, choices: tuple[tuple[str, str], ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._labels = dict(choices)
        self._codes = tuple(code for code, _ in choices)
        self._placed: tuple[str, ...] = ()
        self._marked = 0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(theme.font(TypeRole.BODY))
        self._describe()

    def order(self) -> tuple[str, ...]:
        """The codes that have a place, the first one first."""
        return self._placed

    def show_order(self, codes: tuple[str, ...]) -> None:
        """Show this order; sends no signal."""
        if codes != self._placed:
            self._placed = tuple(code for code in codes if code in self._labels)
            self._describe()
            self.update()

    def press_key(self, cap: str) -> bool:
        """As if the letter of a line were pressed; False if it is none."""
        place = LETTERS.find(cap.upper()) if len(cap) == 1 else -1
        if not 0 <= place < len(self._codes) or not self.isEnabled():
            return False
        code = self._codes[place]
        if code not in self._placed:
            self._put((*self._placed, code))
        self._marked = self._lines().index(code)
        self.update()
        return True

    def sizeHint(self) -> QSize:
        return QSize(320, len(self._codes) * (SIZES.control + _GAP) - _GAP)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def _lines(self) -> tuple[str, ...]:
        return (*self._placed, *(code for code in self._codes if code not in self._placed))

    def _put(self, placed: tuple[str, ...]) -> None:
        left = [code for code in self._codes if code not in placed]
        self._placed = (*placed, *left) if len(left) == 1 and len(placed) > len(self._placed) else placed
        self._describe()
        self.update()
        self.ranked.emit(self._placed)

    def _describe(self) -> None:
        """What a screen reader says of the order."""
        self.setAccessibleDescription("、".join(self._labels[code] for code in self._placed))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if step is not None and held == Qt.KeyboardModifier.AltModifier:
            self._move(step)
        elif step is not None and not held:
            self._marked = min(max(self._marked + step, 0), len(self._codes) - 1)
            self.update()
        elif event.key() == Qt.Key.Key_Backspace and self._placed:
            self._put(self._placed[:-1])
        else:
            super().keyPressEvent(event)

    def _move(self, step: int) -> None:
        """Move the marked line; the order as it is shown then counts as said."""
        to = self._marked + step
        if not 0 <= to < len(self._codes) or not self.isEnabled():
            return
        lines = list(self._lines())
        lines[self._marked], lines[to] = lines[to], lines[self._marked]
        self._marked = to
        self._put(tuple(lines))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        line = int(event.position().y()) // (SIZES.control + _GAP)
        if 0 <= line < len(self._codes):
            self.press_key(LETTERS[self._codes.index(self._lines()[line])])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        c = theme.colours()
        if not self.isEnabled():
            painter.setOpacity(0.45)
        for line, code in enumerate(self._lines()):
            rect = QRectF(0, line * (SIZES.control + _GAP), self.width(), SIZES.control)
            placed = line < len(self._placed)
            painting.box(
                painter, rect, fill=c.selection if placed else c.surface, line=c.accent if placed else c.line
            )
            middle = rect.center().y()
            number = QRectF(10, rect.top(), 24, rect.height())
            figures = theme.font(TypeRole.BODY, tabular=True)
            if placed:
                painting.text(painter, number, f"{line + 1}.", figures, c.inks[Tone.ACCENT])
            words = QRectF(36, rect.top(), rect.width() - 76, rect.height())
            painting.text(painter, words, self._labels[code], self.font(), c.text)
            cap = LETTERS[self._codes.index(code)] if self._codes.index(code) < len(LETTERS) else ""
            if cap and not placed:
                painting.key_cap(painter, rect.right() - 10 - painting.key_cap_width(cap), middle, cap)
            if self.hasFocus() and line == self._marked:
                painting.focus_ring(painter, rect)


class RankEditor(Editor):
    """A list, or the first of it, in an order; the last one falls into its place."""

    def __init__(self, state: QuestionState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rank = RankList(name_of(state), choices_of(state))
        fill(self, self.rank)
        self.rank.ranked.connect(self._on_ranked)

    def show_answer(self, state: QuestionState, *, wrong: bool) -> None:
        self.rank.setEnabled(not state.readonly)
        self.rank.show_order(tuple(state.value.split()))

    def start(self) -> None:
        self.rank.setFocus(Qt.FocusReason.TabFocusReason)

    def press_key(self, cap: str) -> bool:
        return self.rank.press_key(cap)

    def settled(self) -> bool:
        return False

    def key_hint(self) -> str:
        return translate("Form", "Letters in the order that is said; Alt+↑ and Alt+↓ move a line")

    def _on_ranked(self, codes: tuple[str, ...]) -> None:
        self.answered.emit(" ".join(codes))
