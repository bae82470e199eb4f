"""The room of the calendar on a screen: by keyboard, nothing clipped, all of it named."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from agent_app.features.calendar.view import CalendarFeature
from agent_app.features.calendar.view.month import MonthPage
from agent_app.ui.accessibility import unnamed
from agent_app.ui.choices import Segments
from agent_app.ui.fields import TextField
from tests.agent_app.clipping import clipped
from tests.agent_app.features.calendar.scene import october, open_room

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> CalendarFeature:
    company = october(tmp_path / "desk")
    feature = open_room(company, company.organisation.administrator)
    qtbot.addWidget(feature.widget)
    feature.widget.resize(1280, 800)
    feature.widget.show()
    return feature


def page_of(room: CalendarFeature) -> MonthPage:
    found = room.widget.findChild(MonthPage)
    assert isinstance(found, MonthPage)
    return found


def test_days_are_walked_by_arrows_and_months_by_page_keys(room: CalendarFeature) -> None:
    page = page_of(room)
    assert page.accessibleDescription().startswith("2026-10-01")
    QTest.keyClick(page, Qt.Key.Key_Right)
    QTest.keyClick(page, Qt.Key.Key_Down)
    assert page.accessibleDescription().startswith("2026-10-09")
    QTest.keyClick(page, Qt.Key.Key_PageDown)
    assert page.accessibleDescription().startswith("2026-11-09")


def test_a_day_is_picked_by_the_mouse(room: CalendarFeature) -> None:
    page = page_of(room)
    QTest.mouseClick(page, Qt.MouseButton.LeftButton, pos=page.place_of("2026-10-20").center().toPoint())
    assert page.accessibleDescription().startswith("2026-10-20")


def test_a_day_gets_other_hours_without_the_mouse(room: CalendarFeature) -> None:
    page = page_of(room)
    room.presenter.on_day("2026-10-20")
    QTest.keyClick(page, Qt.Key.Key_Return)
    segments = next(one for one in room.widget.findChildren(Segments) if one.isVisible())
    for _ in range(3):
        focus = room.widget.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Right)
    assert segments.code() == "hours"
    hours = next(
        one for one in room.widget.findChildren(TextField) if one.isVisible() and one.text().startswith("09")
    )
    hours.setText("9-11")
    QTest.keyClick(hours, Qt.Key.Key_Return)
    assert "09:00–11:00" in page.accessibleDescription()


def test_all_has_its_words_and_its_name(room: CalendarFeature) -> None:
    room.presenter.on_trial("2026-10-09 16:30", "4", "working_hours")
    assert unnamed(room.widget) == []
    assert clipped(room.widget) == []
