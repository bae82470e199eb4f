"""Choosing with a key or a click: answers with number caps, 0–10 scores, segmented filters."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from agent_app.ui import icons, painting, theme
from agent_app.ui.buttons import PressArea
from agent_app.ui.labels import Text
from agent_app.ui.tokens import SIZES, Tone, TypeRole

_GAP = 8
_STAR = 52

NUMBERS = "123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class _Toggle(PressArea):
    """One answer: a box with an optional number cap; ``code`` is what it stands for."""

    def __init__(
        self, words: str, code: str, cap: str, *, centred: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(words, parent)
        self.code, self._cap, self._centred = code, cap, centred
        self.setCheckable(True)
        self.setFont(theme.font(TypeRole.BODY, tabular=centred))
        self.set_cap(cap)

    def set_cap(self, cap: str) -> None:
        self._cap = cap
        self.setToolTip(f"{self.text()} ({cap})" if cap else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        cap = round(painting.key_cap_width(self._cap)) + 8 if self._cap else 0
        padding = 2 * (SIZES.grid if self._centred else 10)
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + cap + padding + 2, 36)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            event.ignore()  # the row moves the focus
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        c = theme.colours()
        rect = QRectF(self.rect())
        if not self.isEnabled():
            painter.setOpacity(0.45)
        on = self.isChecked()
        ground = c.selection if on else c.hover if self.hovered else c.surface
        line = c.accent if on else c.strong_line if self.hovered else c.line
        painting.box(painter, rect, fill=ground, line=line)
        x = rect.left() + 10
        if self._cap:
            x += painting.key_cap(painter, x, rect.center().y(), self._cap) + 8
        words = rect if self._centred else QRectF(x, 0, rect.right() - x - 6, rect.height())
        side = Qt.AlignmentFlag.AlignHCenter if self._centred else Qt.AlignmentFlag.AlignLeft
        ink = c.inks[Tone.ACCENT] if on else c.text
        painting.text(painter, words, self.text(), self.font(), ink, side)
        if self.hasFocus():
            painting.focus_ring(painter, rect)


class _Star(_Toggle):
    """One star of a rating, ``lit`` when the rating is at least its score."""

    lit = False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        c = theme.colours()
        rect = QRectF(self.rect())
        if not self.isEnabled():
            painter.setOpacity(0.45)
        if self.hovered:
            painting.box(painter, rect, fill=c.hover)
        size = SIZES.icon_large + 4
        spot = QRectF(rect.center().x() - size / 2, rect.center().y() - size / 2, size, size)
        ink = c.inks[Tone.WARNING] if self.lit else c.faint
        icons.paint_icon(painter, spot, "star-fill" if self.lit else "star", ink)
        if self.hasFocus():
            painting.focus_ring(painter, rect)


class _Answers(QWidget):
    """Base of ``ChoiceRow`` and ``ScoreRow``: a set of toggles, answered by keys while the focus is within.

    Tab stops once, at the chosen toggle or the first; the arrow keys go from one to the next.
    """

    answered = Signal(object)

    def __init__(self, name: str, *, several: bool, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._several = several
        self._toggles: list[_Toggle] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._group.idClicked.connect(self._on_clicked)

    def _add(self, toggle: _Toggle) -> None:
        self._group.addButton(toggle, len(self._toggles))
        self._toggles.append(toggle)
        self._set_stop()

    def start(self) -> None:
        """Take the keyboard."""
        stop = self._stop()
        if stop is not None:
            stop.setFocus(Qt.FocusReason.TabFocusReason)

    def _stop(self) -> _Toggle | None:
        chosen = (toggle for toggle in self._toggles if toggle.isChecked())
        return next(chosen, self._toggles[0] if self._toggles else None)

    def _set_stop(self) -> None:
        stop = self._stop()
        for toggle in self._toggles:
            policy = Qt.FocusPolicy.StrongFocus if toggle is stop else Qt.FocusPolicy.ClickFocus
            toggle.setFocusPolicy(policy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _ARROWS.get(Qt.Key(event.key()))
        focused = self.focusWidget()
        if step is None or not isinstance(focused, _Toggle):
            super().keyPressEvent(event)
            return
        place = (self._toggles.index(focused) + step) % len(self._toggles)
        self._toggles[place].setFocus(Qt.FocusReason.TabFocusReason)

    def answer(self) -> tuple[str, ...]:
        """Codes of what is chosen, in the order shown."""
        return tuple(toggle.code for toggle in self._toggles if toggle.isChecked())

    def set_answer(self, codes: Sequence[str]) -> None:
        """Show these as chosen; sends no signal."""
        for toggle in self._toggles:
            toggle.setChecked(toggle.code in codes)
        self._set_stop()
        self._light()

    def press(self, place: int) -> bool:
        """As if the toggle at ``place`` (0-based) were clicked; False if there is none. For the guide's number keys."""
        if not 0 <= place < len(self._toggles) or not self.isEnabled():
            return False
        self._toggles[place].click()
        return True

    @Slot(int)
    def _on_clicked(self, place: int) -> None:
        if not self._several:
            for other, toggle in enumerate(self._toggles):
                toggle.setChecked(other == place)
        self._set_stop()
        self._light()
        self.answered.emit(self.answer())

    def _light(self) -> None:
        """Light every star up to the one that is chosen."""
        chosen = max((place for place, toggle in enumerate(self._toggles) if toggle.isChecked()), default=-1)
        for place, toggle in enumerate(self._toggles):
            if isinstance(toggle, _Star):
                toggle.lit = place <= chosen
                toggle.update()


class ChoiceRow(_Answers):
    """Answers side by side, wrapping into as many rows as the width needs; one or ``several`` may be chosen.

    ``choices`` are (code, label) pairs, ``caps`` their keys in order (1–9 if not said, "" for none), single digits or
    letters. Signal: ``answered(tuple of codes)`` after a click or a key.
    """

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[str, str]],
        *,
        several: bool = False,
        caps: Sequence[str] = NUMBERS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, several=several, parent=parent)
        self._caps = list(caps)[: len(choices)]
        for place, (code, label) in enumerate(choices):
            self._add(_Toggle(label, code, self._caps[place] if place < len(self._caps) else "", parent=self))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _columns(self, width: int) -> int:
        widest = max((toggle.sizeHint().width() for toggle in self._toggles), default=1)
        fit = max(1, (width + _GAP) // (widest + _GAP))
        rows = -(-len(self._toggles) // fit)
        return -(-len(self._toggles) // rows) if rows else 1

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = -(-len(self._toggles) // self._columns(width))
        return max(0, rows * (36 + _GAP) - _GAP)

    def sizeHint(self) -> QSize:
        return QSize(480, self.heightForWidth(480))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 36)

    def resizeEvent(self, event: QResizeEvent) -> None:
        columns = self._columns(self.width())
        width = (self.width() - (columns - 1) * _GAP) / columns
        for place, toggle in enumerate(self._toggles):
            row, column = divmod(place, columns)
            left = round(column * (width + _GAP))
            toggle.setGeometry(
                left, row * (36 + _GAP), round((column + 1) * (width + _GAP)) - _GAP - left, 36
            )

    def set_caps(self, caps: Sequence[str]) -> None:
        """Answer by these keys from now on; none takes the keys away."""
        self._caps = list(caps)[: len(self._toggles)]
        for place, toggle in enumerate(self._toggles):
            toggle.set_cap(self._caps[place] if place < len(self._caps) else "")

    def press_key(self, cap: str) -> bool:
        """As if the toggle with this cap were clicked; False if there is none."""
        return cap.upper() in self._caps and self.press(self._caps.index(cap.upper()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _held(event) and self.press_key(event.text()):
            return
        super().keyPressEvent(event)


class ScoreRow(_Answers):
    """A score from ``low`` to ``high`` (0–10 for NPS) with words at both ends, as ``stars`` if it is a rating; 10 is
    the key beside the 0 (``-``), or 1 and 0. Signal: ``answered(tuple of one code)``.
    """

    def __init__(
        self,
        name: str,
        low: int = 0,
        high: int = 10,
        *,
        low_words: str = "",
        high_words: str = "",
        stars: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, several=False, parent=parent)
        self._stars = stars
        self._words = (
            Text(low_words, TypeRole.SMALL, faint=True, parent=self),
            Text(high_words, TypeRole.SMALL, faint=True, parent=self),
        )
        for text in self._words:
            text.setVisible(bool(text.text()))
        self._low = low
        for score in range(low, high + 1):
            self._add((_Star if stars else _Toggle)(str(score), str(score), "", centred=True, parent=self))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def end_words(self) -> tuple[str, str]:
        """What stands beneath the least and the most."""
        return self._words[0].text(), self._words[1].text()

    def sizeHint(self) -> QSize:
        worded = any(text.text() for text in self._words)
        return QSize(480, 36 + (6 + theme.line_height(TypeRole.SMALL) if worded else 0))

    def minimumSizeHint(self) -> QSize:
        return QSize(36 * len(self._toggles), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        count = len(self._toggles)
        across = min(self.width(), count * _STAR) if self._stars else self.width()
        step = (across + _GAP) / count
        for place, toggle in enumerate(self._toggles):
            left = round(place * step)
            toggle.setGeometry(left, 0, round((place + 1) * step) - _GAP - left, 36)
        low, high = self._words
        height = theme.line_height(TypeRole.SMALL)
        low.setGeometry(0, 42, self.width() // 2, height)
        high.setGeometry(self.width() // 2, 42, self.width() - self.width() // 2, height)
        high.setAlignment(Qt.AlignmentFlag.AlignRight)

    def press_key(self, cap: str) -> bool:
        """As if the score with this key were clicked; False if there is none."""
        if cap == "-":
            return self.press(10 - self._low)
        if len(cap) != 1 or cap not in "0123456789":
            return False
        score = 10 if cap == "0" and self.answer() == ("1",) else int(cap)
        return self.press(score - self._low)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _held(event) and self.press_key(event.text()):
            return
        super().keyPressEvent(event)


def _held(event: QKeyEvent) -> bool:
    """Whether Ctrl, Alt or Meta is held; the number pad and Shift do not count."""
    held = Qt.KeyboardModifier
    return bool(event.modifiers() & (held.ControlModifier | held.AltModifier | held.MetaModifier))


class _Segment(PressArea):
    """One word of a segmented filter."""

    def __init__(self, words: str, code: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.code = code
        self.setCheckable(True)
        self.setFont(theme.font(TypeRole.BODY))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 18, 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        c = theme.colours()
        rect = QRectF(self.rect())
        if self.isChecked():
            painting.box(painter, rect, fill=c.tints[Tone.ACCENT])
        elif self.hovered:
            painting.box(painter, rect, fill=c.hover)
        ink = c.inks[Tone.ACCENT] if self.isChecked() else c.soft
        painting.text(painter, rect, self.text(), self.font(), ink, Qt.AlignmentFlag.AlignHCenter)
        if self.hasFocus():
            painting.focus_ring(painter, rect)


class Segments(QWidget):
    """A filter of a few words of which one is in force (全部 未拨打 …). Signal: ``chosen(code)`` by click or
    arrow keys.
    """

    chosen = Signal(object)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._segments: list[_Segment] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for place, (code, label) in enumerate(choices):
            segment = _Segment(label, code, self)
            self._group.addButton(segment, place)
            self._segments.append(segment)
            layout.addWidget(segment)
        layout.addStretch(1)
        if self._segments:
            self._segments[0].setChecked(True)
        self._group.idClicked.connect(self._on_clicked)

    def code(self) -> str:
        """The code in force."""
        return next((segment.code for segment in self._segments if segment.isChecked()), "")

    def set_code(self, code: str) -> None:
        """Show this one as in force; sends no signal."""
        for segment in self._segments:
            if segment.code == code:
                segment.setChecked(True)

    def start(self) -> None:
        """Take the keyboard, at the one in force."""
        for segment in self._segments:
            if segment.isChecked():
                segment.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(int)
    def _on_clicked(self, place: int) -> None:
        self.chosen.emit(self._segments[place].code)
