"""Keys: one map of every action and its key, with a check for conflicts, and quiet while an input method is composing.

``ShortcutMap(window)`` belongs to the shell; a feature registers with its own widget as ``scope`` when its
keys shall only work there. What is registered can be listed for F1 and the palette, re-mapped, and disabled.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

_NOT_TEXT = frozenset(
    {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
) | {Qt.Key(Qt.Key.Key_F1 + number) for number in range(35)}
_HELD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class KeyTaken(Exception):
    """Two actions of overlapping scope want the same key."""

    def __init__(self, keys: str, wanted_by: str, held_by: str) -> None:
        super().__init__(f"{keys} is wanted by {wanted_by} and held by {held_by}")
        self.keys, self.wanted_by, self.held_by = keys, wanted_by, held_by


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the F1 sheet and of the palette. ``keys`` as shown to a person (native text, "" if none)."""

    action: str
    title: str
    group: str
    keys: str
    enabled: bool


class ComposingGuard(QObject):
    """Watches the focus widget: while an input method composes, no key press becomes a shortcut, and a key that edits
    no text (Esc, Enter, F1 …) does nothing else either."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.composing = False
        app.focusChanged.connect(self._on_focus_changed)
        if (focused := app.focusWidget()) is not None:
            focused.installEventFilter(self)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        self.composing = False
        if old is not None:
            old.removeEventFilter(self)
        if new is not None:
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent):
            self.composing = bool(event.preeditString())
        elif event.type() == QEvent.Type.ShortcutOverride and self.composing:
            event.accept()
            return True
        elif self.composing and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return event.key() in _NOT_TEXT or bool(event.modifiers() & _HELD)
        return False


class _Binding(QObject):
    """One action, its key and what it does."""

    def __init__(
        self,
        action: str,
        title: str,
        group: str,
        keys: str,
        callback: Callable[[], object],
        scope: QWidget,
        whole: bool,
    ) -> None:
        super().__init__(scope)
        self.action, self.title, self.group = action, title, group
        self.scope, self.whole = scope, whole
        self._callback = callback
        self.shortcut = QShortcut(QKeySequence(keys), scope)
        context = Qt.ShortcutContext
        self.shortcut.setContext(context.WindowShortcut if whole else context.WidgetWithChildrenShortcut)
        self.shortcut.setAutoRepeat(False)
        self.shortcut.activated.connect(self.fire)

    @Slot()
    def fire(self) -> None:
        self._callback()


class ShortcutMap(QObject):
    """Every action of one window. Main thread."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._bindings: dict[str, _Binding] = {}
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._guard = ComposingGuard(app)

    def register(
        self,
        action: str,
        keys: str,
        callback: Callable[[], object],
        *,
        title: str,
        group: str = "",
        scope: QWidget | None = None,
    ) -> None:
        """Bind ``keys`` (portable text such as "Ctrl+Return", or "") to ``callback``.

        ``scope`` None: the whole window; a widget: only while the focus is within it. Raises KeyTaken if an
        action of the window, or of the same, an outer or an inner scope, has the key, and ValueError if the
        action is registered already.
        """
        if action in self._bindings:
            raise ValueError(f"{action} is registered already")
        where = scope if scope is not None else self._window
        self._check(action, keys, where, whole=scope is None)
        binding = _Binding(action, title, group, keys, callback, where, whole=scope is None)
        self._bindings[action] = binding

    def forget(self, action: str) -> None:
        """Take the action and its key away."""
        binding = self._bindings.pop(action)
        binding.shortcut.setEnabled(False)
        binding.shortcut.deleteLater()
        binding.deleteLater()

    def rebind(self, action: str, keys: str) -> None:
        """Give the action another key (the user's own). Raises KeyTaken and leaves all as it was if it is taken."""
        binding = self._bindings[action]
        self._check(action, keys, binding.scope, whole=binding.whole)
        binding.shortcut.setKey(QKeySequence(keys))

    def set_enabled(self, action: str, enabled: bool) -> None:
        self._bindings[action].shortcut.setEnabled(enabled)

    def run(self, action: str) -> None:
        """Do it without its key: from the palette. A disabled action does nothing."""
        binding = self._bindings[action]
        if binding.shortcut.isEnabled():
            binding.fire()

    def keys_of(self, action: str) -> str:
        """The key as shown on buttons: ``F6``, ``Ctrl K``."""
        return shown(self._bindings[action].shortcut.key())

    def listed(self) -> list[Listed]:
        """Every action, in the order of registration."""
        return [
            Listed(b.action, b.title, b.group, shown(b.shortcut.key()), b.shortcut.isEnabled())
            for b in self._bindings.values()
        ]

    def _check(self, action: str, keys: str, where: QWidget, *, whole: bool) -> None:
        wanted = QKeySequence(keys)
        if wanted.isEmpty():
            return
        for other in self._bindings.values():
            if other.action == action or other.shortcut.key() != wanted:
                continue
            overlap = whole or other.whole or where is other.scope
            if overlap or where.isAncestorOf(other.scope) or other.scope.isAncestorOf(where):
                raise KeyTaken(keys, action, other.action)


_CAPS = {
    "Return": "↵",
    "Enter": "↵",
    "Shift": "⇧",
    **({"Ctrl": "⌘", "Meta": "⌃", "Alt": "⌥"} if sys.platform == "darwin" else {}),
}


def shown(keys: QKeySequence | str) -> str:
    """A key as it is printed on the keyboard: ``Ctrl+Return`` → ``Ctrl ↵``; the same in every language."""
    sequence = QKeySequence(keys) if isinstance(keys, str) else keys
    parts = sequence.toString(QKeySequence.SequenceFormat.PortableText).split("+")
    return " ".join(_CAPS.get(part, part) for part in parts if part)
