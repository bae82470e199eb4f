"""The keyboard is given back to what had it, unless that is gone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from agent_app.ui.keyboard import KeyboardLoan

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
