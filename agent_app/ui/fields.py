"""Things to type into: text, longer text, search, a picker, each with a spoken name; ``Field`` adds label,
hint and error.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QStyle, QVBoxLayout, QWidget

from agent_app.ui import icons, painting, theme
from agent_app.ui.labels import Text
from agent_app.ui.tokens import SIZES, Tone, TypeRole

SEARCH_PAUSE_MS = 120


def _mark_invalid(widget: QWidget, invalid: bool) -> None:
    """Let the style sheet look again at the widget if this is new."""
    before = bool(widget.property("invalid"))
    widget.setProperty("invalid", invalid)
    if before == invalid:
        return
    style: QStyle = widget.style()
    style.unpolish(widget)
    style.polish(widget)


class TextField(QLineEdit):
    """One line. ``name`` is what screen readers say; ``secret`` hides what is typed (passwords)."""

    def __init__(
        self, name: str, placeholder: str = "", *, secret: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        if secret:
            self.setEchoMode(QLineEdit.EchoMode.Password)

    def set_invalid(self, invalid: bool) -> None:
        """Mark the field as wrong; the reason stands beside it (``Field.set_error``)."""
        _mark_invalid(self, invalid)


class TextArea(QPlainTextEdit):
    """Several lines, as tall as its words between ``lines`` and ``most`` lines. Tab leaves it. Signal:
    ``edited(text)``, after each change made by the user, composition of the input method excepted."""

    edited = Signal(object)

    def __init__(
        self,
        name: str,
        placeholder: str = "",
        *,
        lines: int = 2,
        most: int = 8,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._lines, self._most = lines, most
        self._quiet = False
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._on_text_changed)

    def text(self) -> str:
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show this text; sends no signal and leaves the cursor alone if nothing changes."""
        if text == self.toPlainText():
            return
        self._quiet = True
        self.setPlainText(text)
        self._quiet = False

    def set_invalid(self, invalid: bool) -> None:
        """Mark the field as wrong; the reason stands beside it (``Field.set_error``)."""
        _mark_invalid(self, invalid)

    def sizeHint(self) -> QSize:
        used = int(self.document().size().height())
        shown = min(max(used, self._lines), self._most)
        return QSize(240, shown * self.fontMetrics().lineSpacing() + 20)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    @Slot()
    def _on_text_changed(self) -> None:
        self.updateGeometry()
        if not self._quiet:
            self.edited.emit(self.toPlainText())


class SearchField(QLineEdit):
    """A search box with its icon and key. Signals: ``searched(text)`` when typing pauses or on Enter; ``left()`` by Esc
    when there is nothing in it, for Esc empties it first. Down goes to ``next_widget``, the list it searches."""

    searched = Signal(object)
    left = Signal()

    def __init__(self, name: str, placeholder: str, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self._next: QWidget | None = None
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        if key:
            self.setToolTip(f"{name} ({key})")
        right = round(painting.key_cap_width(key)) + 4 if key else 0
        self.setTextMargins(20, 0, right, 0)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        self.textEdited.connect(self._on_edited)

    def set_next(self, widget: QWidget) -> None:
        """Where the Down key leads."""
        self._next = widget

    def event(self, event: QEvent) -> bool:
        """Esc first empties the box, whatever the window binds it to."""
        asked = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if asked and event.type() == QEvent.Type.ShortcutOverride and self.text():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._on_pause()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key == Qt.Key.Key_Down and self._next is not None:
            self._next.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_pause()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        middle = self.height() / 2
        icons.paint_icon(painter, QRectF(9, middle - 8, 16, 16), "magnifying-glass", theme.colours().faint)
        if self._key and not self.text():
            painting.key_cap(painter, self.width() - painting.key_cap_width(self._key) - 8, middle, self._key)

    @Slot()
    def _on_edited(self) -> None:
        self._pause.start()

    @Slot()
    def _on_pause(self) -> None:
        self._pause.stop()
        self.searched.emit(self.text().strip())


class Picker(QComboBox):
    """One of a list, folded. ``choices`` are (code, label) pairs. Signal: ``picked(code)`` when the user picks."""

    picked = Signal(object)

    def __init__(
        self, name: str, choices: Sequence[tuple[str, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.view().setAccessibleName(name)
        self.set_choices(choices)
        self.activated.connect(self._on_activated)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these; what was picked stays picked if it is still there."""
        kept = self.code()
        self.clear()
        for code, label in choices:
            self.addItem(label, code)
        self.set_code(kept)

    def code(self) -> str:
        """The code in force; "" if there is none."""
        return str(self.currentData() or "")

    def set_code(self, code: str) -> None:
        """Show this one; sends no signal."""
        place = self.findData(code)
        if place >= 0:
            self.setCurrentIndex(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        spot = QRectF(self.width() - 22, self.height() / 2 - 6, 12, 12)
        icons.paint_icon(QPainter(self), spot, "caret-down", theme.colours().soft)

    @Slot(int)
    def _on_activated(self, place: int) -> None:
        self.picked.emit(self.itemData(place))


class Field(QWidget):
    """A labelled editor: label above, hint or error beneath. The editor takes the label as its spoken name if
    it has none.
    """

    def __init__(
        self,
        label: str,
        editor: QWidget,
        *,
        hint: str = "",
        required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._hint = hint
        self._note = Text(hint, TypeRole.SMALL, quiet=True, wrap=True)
        if not editor.accessibleName():
            editor.setAccessibleName(label)
        if isinstance(editor, Picker):
            editor.view().setAccessibleName(editor.accessibleName())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SIZES.grid)
        layout.addWidget(Text(f"{label} *" if required else label, TypeRole.SMALL, quiet=True))
        layout.addWidget(editor)
        layout.addWidget(self._note)
        layout.addStretch(0)
        self._note.setVisible(bool(hint))

    def set_hint(self, words: str) -> None:
        """Say this beneath the editor while nothing is wrong."""
        self._hint = words

    def set_error(self, words: str) -> None:
        """Say what is wrong beneath the editor; "" takes it back."""
        self._note.setText(words or self._hint)
        self._note.set_tone(Tone.DANGER if words else None)
        self._note.setVisible(bool(words or self._hint))
        self.editor.setAccessibleDescription(words or self._hint)
        if isinstance(self.editor, (TextField, TextArea)):
            self.editor.set_invalid(bool(words))
