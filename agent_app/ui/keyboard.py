"""Who has the keyboard and had it before: what takes it for a while gives it back; nothing is drawn here."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid


class KeyboardLoan:
    """Keeps in mind what had the keyboard while something else of the same window has it."""

    def __init__(self) -> None:
        self._before: QWidget | None = None

    def keep(self, before: QWidget | None) -> None:
        """This has it, and shall have it again."""
        self._before = before

    def take(self, borrower: QWidget, start: QWidget | None = None) -> None:
        """``start`` (else the borrower itself) has the keyboard from now on."""
        before: QWidget | None = borrower.window().focusWidget()
        if before is not borrower and (before is None or not borrower.isAncestorOf(before)):
            self._before = before
        (start or borrower).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def give_back(self) -> bool:
        """Give it back; False when what had it is gone meanwhile."""
        before, self._before = self._before, None
        if before is None or not isValid(before) or not before.isVisible() or not before.isEnabled():
            return False
        before.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True


def typing() -> bool:
    """Whether somebody is in the midst of writing: a field that can be written in has the keyboard and something in
    it."""
    field = QApplication.focusWidget()
    if isinstance(field, QLineEdit):
        return bool(field.text()) and not field.isReadOnly()
    if isinstance(field, QPlainTextEdit):
        return bool(field.toPlainText()) and not field.isReadOnly()
    return False
