"""A panel that slides over the work column: a scrolled body, a footer, Esc back, Ctrl+Enter done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.ui.cards import Separator
from agent_app.ui.panels import Bar, Ground, scrolled
from agent_app.ui.tokens import SIZES

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SlidePanel(Ground):
    """Put things into ``body`` and ``footer.line``. Signals: ``back_asked()`` (Esc), ``confirmed()`` (Ctrl+Enter),
    ``key_pressed(text)`` for a plain key that nothing in the panel wanted, ``shown()`` when it comes to the front."""

    back_asked = Signal()
    confirmed = Signal()
    key_pressed = Signal(object)
    shown = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inner = Ground("canvas")
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(24, 20, 24, 20)
        self.body.setSpacing(14)
        self.footer = Bar(SIZES.footer)
        self._scroll = scrolled(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(Separator())
        layout.addWidget(self.footer)

    def reveal(self, widget: QWidget) -> None:
        """Scroll so that this widget of the body can be seen."""
        self._scroll.ensureWidgetVisible(widget, 0, 24)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.shown.emit()

    def event(self, event: QEvent) -> bool:
        """While the focus is within, Esc and Ctrl+Enter are the panel's, whatever the window binds them to."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._mine(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._mine(event):
            (self.back_asked if event.key() == Qt.Key.Key_Escape else self.confirmed).emit()
        elif event.text().strip() and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.key_pressed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _mine(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Escape:
            return held == Qt.KeyboardModifier.NoModifier
        return event.key() in _ENTER and held == Qt.KeyboardModifier.ControlModifier
