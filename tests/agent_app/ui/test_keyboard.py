"""The keyboard is given back to what had it, unless that is gone, and Tab goes as things are laid out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QSplitter, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from agent_app.ui.fields import Field, TextField
from agent_app.ui.keyboard import KeyboardLoan, step
from agent_app.ui.panels import WorkColumn

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def window() -> QWidget:
    return QWidget()


@pytest.fixture
def fields(window: QWidget, qtbot: QtBot) -> list[QLineEdit]:
    qtbot.addWidget(window)
    made = [QLineEdit(window) for _ in range(3)]
    layout = QVBoxLayout(window)
    for field in made:
        layout.addWidget(field)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made[0].setFocus()
    return made


def test_it_is_given_back_even_when_it_was_asked_for_twice(fields: list[QLineEdit]) -> None:
    loan = KeyboardLoan()
    loan.take(fields[1])
    loan.take(fields[1])
    assert QApplication.focusWidget() is fields[1]
    assert loan.give_back()
    assert QApplication.focusWidget() is fields[0]


@pytest.mark.parametrize("fate", ["hidden", "disabled", "deleted"])
def test_what_cannot_take_it_any_more_is_left_alone(fields: list[QLineEdit], fate: str) -> None:
    loan = KeyboardLoan()
    loan.take(fields[1])
    if fate == "hidden":
        fields[0].hide()
    elif fate == "disabled":
        fields[0].setEnabled(False)
    else:
        fields[0].deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not loan.give_back()
    assert QApplication.focusWidget() is fields[1]


def test_tab_goes_as_things_are_laid_out_whatever_was_made_first(qtbot: QtBot) -> None:
    window, column = QWidget(), WorkColumn()
    last, first, hidden, off, middle = (
        TextField(name) for name in ("last", "first", "hidden", "off", "middle")
    )
    for thing in (first, hidden, off):
        column.body.addWidget(thing)
    column.footer.line.addWidget(last)
    column.set_footer_shown(True)
    columns = QSplitter()
    listed = QLineEdit()
    columns.addWidget(column)
    columns.insertWidget(0, listed)
    column_of_window = QVBoxLayout(window)
    column_of_window.addWidget(columns)
    column.body.insertWidget(1, Field("middle", middle))
    hidden.hide()
    off.setEnabled(False)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    listed.setFocus()
    for there in (first, middle, last, listed):
        assert step(window, forward=True)
        assert there.hasFocus()
    for there in (last, middle):
        assert step(window, forward=False)
        assert there.hasFocus()
    middle.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    assert not step(window, forward=True)


def test_tab_begins_a_part_where_that_wants_the_keyboard(qtbot: QtBot) -> None:
    window, part = QWidget(), QWidget()
    before, bar, start, behind = (QLineEdit() for _ in range(4))
    for outer, things in ((part, (bar, start, behind)), (window, (before, part))):
        layout = QVBoxLayout(outer)
        for thing in things:
            layout.addWidget(thing)
    part.setFocusProxy(start)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    before.setFocus()
    for there in (start, behind, before):
        assert step(window, forward=True)
        assert there.hasFocus()


class _Window(QWidget):
    """Tab goes by `step`."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        return step(self, forward=forward) or super().focusNextPrevChild(forward)


class _Watched(QLineEdit):
    """Knows how often it was looked at."""

    looks = 0

    def isVisible(self) -> bool:
        self.looks += 1
        return super().isVisible()


@pytest.mark.parametrize(
    "going", [QWidget.hide, lambda field: field.setEnabled(False)], ids=["hidden", "off"]
)
def test_nothing_is_looked_at_while_what_has_the_keyboard_goes(
    qtbot: QtBot, going: Callable[[QWidget], object]
) -> None:
    window = _Window()
    layout = QVBoxLayout(window)
    first, last = QLineEdit(), _Watched()
    for field in (first, last):
        layout.addWidget(field)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    first.setFocus()
    going(first)
    assert last.hasFocus()
    assert last.looks == 0
