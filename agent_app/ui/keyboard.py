"""Who has the keyboard, had it before and has it next: what takes it for a while gives it back, and Tab goes as things
are laid out; nothing is drawn here."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout, QLineEdit, QPlainTextEdit, QSplitter, QWidget
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


def step(window: QWidget, *, forward: bool) -> bool:
    """Give the keyboard to what is laid out next to what has it, whatever was made first; False when that is not among
    what Tab stops at.

    Qt asks for the next one also when what has it is hidden, disabled or taken down: nothing is looked at then, as what
    is half gone would be remembered, and something new at its place in memory be taken for it.
    """
    now: QWidget | None = window.focusWidget()
    if now is None or not now.isVisible() or not now.isEnabled():
        return False
    stops = list(_stops(window))
    if now not in stops:
        return False
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    stops[(stops.index(now) + (1 if forward else -1)) % len(stops)].setFocus(reason)
    return True


def _stops(widget: QWidget) -> Iterator[QWidget]:
    """Where Tab stops within a widget, itself first; a part that gives the keyboard on to one of its own begins there:
    what stands before, such as a bar of buttons, has keys of its own."""
    if not widget.isVisible():
        return
    within = list(_stops_within(widget))
    start = widget.focusProxy()
    yield from within[within.index(start) :] if start in within else within


def _stops_within(widget: QWidget) -> Iterator[QWidget]:
    tab = Qt.FocusPolicy.TabFocus
    if widget.focusPolicy() & tab == tab and widget.isEnabled() and widget.focusProxy() is None:
        yield widget
    children = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    for part in dict.fromkeys([*_laid_out(widget), *children]):
        if not part.isWindow():
            yield from _stops(part)


def _laid_out(within: QWidget | QLayout) -> Iterator[QWidget]:
    """The parts of a widget or layout in the order in which it shows them."""
    if isinstance(within, QSplitter):
        for place in range(within.count()):
            if (part := within.widget(place)) is not None:
                yield part
        return
    layout = within if isinstance(within, QLayout) else within.layout()
    items = (layout.itemAt(place) for place in range(layout.count())) if layout is not None else ()
    for item in filter(None, items):
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)
