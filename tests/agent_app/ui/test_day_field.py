"""A day that is typed: understood as one types, told in full, and said where nobody understands it."""

from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from agent_app.ui.day_field import DayField

pytestmark = pytest.mark.usefixtures("look")
THURSDAY = date(2026, 10, 1)


@pytest.fixture
def given() -> list[object]:
    return []


@pytest.fixture
def field(qtbot: QtBot, given: list[object]) -> DayField:
    made = DayField("从", lambda: THURSDAY)
    made.day_given.connect(given.append)
    qtbot.addWidget(made)
    made.show()
    return made


def commit(field: DayField, text: str) -> None:
    """Type as an input method does."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QCoreApplication.sendEvent(field.editor, event)


def said(field: DayField) -> list[str]:
    return [one.text() for one in field.findChildren(QLabel) if one.isVisible()]


@pytest.mark.parametrize(
    ("typed", "day"),
    [("3/15", date(2026, 3, 15)), ("上周一", date(2026, 9, 21)), ("-7", date(2026, 9, 24))],
)
def test_a_day_is_understood_as_people_say_it(
    field: DayField, given: list[object], typed: str, day: date
) -> None:
    commit(field, typed)
    assert given == [day]
    assert any(day.isoformat() in words for words in said(field))


def test_what_nobody_understands_is_said_and_means_no_day(field: DayField, given: list[object]) -> None:
    field.show_day(THURSDAY)
    assert any("2026-10-01 周四" in words for words in said(field))
    commit(field, "某天")
    assert given == [None]
    assert any("日期" in words for words in said(field))
