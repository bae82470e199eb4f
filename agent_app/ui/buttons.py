"""Things to press: buttons with their key beside them, icon buttons, links; toggles and choices are in ``choices``.

``Button("挂断", Kind.DANGER, key="F6").clicked`` — the key is only shown here; ``shortcuts`` binds it.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from agent_app.ui import icons, painting, theme
from agent_app.ui.tokens import RGB, SIZES, Tone, TypeRole, Weight, mix


class Kind(Enum):
    """PRIMARY: the one thing to do here. SECONDARY: others. DANGER: ends or removes something.

    DESTRUCTIVE: the filled form of DANGER, for the answer in a dialog. QUIET: without a box.
    """

    PRIMARY = "primary"
    SECONDARY = "secondary"
    DANGER = "danger"
    DESTRUCTIVE = "destructive"
    QUIET = "quiet"


_FILLS = {Kind.PRIMARY: Tone.ACCENT, Kind.DESTRUCTIVE: Tone.DANGER}


class PressArea(QAbstractButton):
    """Base of everything pressable that draws itself: knows hover; Enter presses it as the space bar does."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(words)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hovered = False

    def set_words(self, words: str) -> None:
        """Show and speak these words."""
        self.setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered = False
        self.update()
        super().leaveEvent(event)


class Button(PressArea):
    """A button: icon, words, key cap. ``small`` fits into a row or a section's header."""

    def __init__(
        self,
        words: str,
        kind: Kind = Kind.SECONDARY,
        *,
        key: str = "",
        icon: str = "",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, parent)
        self._kind, self._key, self._icon, self._small = kind, key, icon, small
        self.setFont(theme.font(TypeRole.SMALL if small else TypeRole.BODY, Weight.MEDIUM))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._describe()

    def set_icon(self, icon: str) -> None:
        """Show another icon, in the room of the one before."""
        self._icon = icon
        self.update()

    def set_key(self, key: str) -> None:
        """Show another key (after the user re-mapped it)."""
        self._key = key
        self._describe()
        self.updateGeometry()
        self.update()

    def key(self) -> str:
        """The key that is shown."""
        return self._key

    def set_kind(self, kind: Kind) -> None:
        self._kind = kind
        self.update()

    def _describe(self) -> None:
        self.setToolTip(f"{self.text()} ({self._key})" if self._key else "")

    def sizeHint(self) -> QSize:
        padding = SIZES.grid * (2 if self._small else 3)
        width = self.fontMetrics().horizontalAdvance(self.text()) + 2 * padding
        if self._icon:
            width += SIZES.icon + (6 if self.text() else 0)
        if self._key:
            width += round(painting.key_cap_width(self._key)) + 10
        height = SIZES.control_small if self._small else SIZES.control
        return QSize(width + 2, max(height, self.fontMetrics().height() + 8))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if not self.isEnabled():
            painter.setOpacity(0.45)
        ink = self._paint_ground(painter, rect)
        padding = SIZES.grid * (2 if self._small else 3)
        content = self.sizeHint().width() - 2 * padding - 2
        x = max(float(padding), (rect.width() - content) / 2)
        if self._icon:
            icons.paint_icon(
                painter, QRectF(x, rect.center().y() - 8, SIZES.icon, SIZES.icon), self._icon, ink
            )
            x += SIZES.icon + (6 if self.text() else 0)
        words = QRectF(x, 0, self.fontMetrics().horizontalAdvance(self.text()) + 1, rect.height())
        painting.text(painter, words, self.text(), self.font(), ink)
        if self._key:
            filled = self._kind in _FILLS
            painting.key_cap(painter, words.right() + 9, rect.center().y(), self._key, on_fill=filled)
        if self.hasFocus():
            painting.focus_ring(painter, rect)

    def _paint_ground(self, painter: QPainter, rect: QRectF) -> RGB:
        c = theme.colours()
        down = self.isDown()
        if self._kind in _FILLS:
            fill = c.fills[_FILLS[self._kind]]
            shade = 0.16 if down else 0.08 if self.hovered else 0.0
            painting.box(painter, rect, fill=mix((0, 0, 0), fill, shade))
            if self.hasFocus():
                painting.box(
                    painter, rect.adjusted(2, 2, -2, -2), fill=None, line=c.on_fill, radius=SIZES.radius - 2
                )
            return c.on_fill
        ground = mix(c.text, c.surface, 0.09 if down else 0.04 if self.hovered else 0.0)
        if self._kind is Kind.QUIET:
            if down or self.hovered:
                painting.box(painter, rect, fill=ground)
            return c.inks[Tone.ACCENT]
        painting.box(painter, rect, fill=ground, line=c.strong_line if self.hovered else c.line)
        return c.inks[Tone.DANGER] if self._kind is Kind.DANGER else c.text


class IconButton(PressArea):
    """A button that shows only an icon; its words are its name for screen readers and its tooltip."""

    def __init__(self, words: str, icon: str, *, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._icon = icon
        self.setToolTip(f"{words} ({key})" if key else words)
        self.setFixedSize(SIZES.control, SIZES.control)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        c = theme.colours()
        rect = QRectF(self.rect())
        if not self.isEnabled():
            painter.setOpacity(0.45)
        if self.hovered or self.isDown():
            painting.box(painter, rect, fill=mix(c.text, c.surface, 0.09 if self.isDown() else 0.05))
        size = SIZES.icon_large - 2
        inner = QRectF(rect.center().x() - size / 2, rect.center().y() - size / 2, size, size)
        icons.paint_icon(painter, inner, self._icon, c.text if self.hovered else c.soft)
        if self.hasFocus():
            painting.focus_ring(painter, rect)
