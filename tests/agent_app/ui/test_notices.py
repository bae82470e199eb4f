"""Notices at the edge: they move nothing, take no focus, and go when they have been seen to."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from agent_app.ui.notices import Notice, Notices
from agent_app.ui.tokens import Tone
from tests.agent_app.clipping import clipped

pytestmark = pytest.mark.usefixtures("look")
BAR = 30


class Window(QWidget):
    """A field that is being typed in, and what lies over it."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)
        self.notices = Notices(self, lambda: BAR)
        self.resize(900, 600)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    made.field.setFocus()
    return made


def shown(window: Window) -> list[Notice]:
    notices = [notice for notice in window.notices.findChildren(Notice) if notice.isVisible()]
    return sorted(notices, key=lambda notice: notice.y())


def test_a_notice_moves_nothing_and_takes_no_focus(window: Window) -> None:
    before = window.field.geometry()
    window.notices.say("a", "10:30 约定回拨：客户 A", Tone.WARNING, action="打开", key="Ctrl O")
    QApplication.processEvents()
    assert window.field.geometry() == before
    assert QApplication.focusWidget() is window.field
    takes = [
        one for one in window.notices.findChildren(QWidget) if one.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    assert takes == []


def test_it_stands_at_the_lower_right_edge_above_what_stays_free(window: Window) -> None:
    window.notices.say("a", "一句话", Tone.DANGER)
    for size in ((900, 600), (1440, 900)):
        window.resize(*size)
        QApplication.processEvents()
        corner = window.notices.geometry().bottomRight()
        assert window.rect().contains(corner)
        assert window.height() - BAR - 16 < corner.y() < window.height() - BAR
        assert window.width() - 16 < corner.x()


def test_long_words_are_shown_whole(window: Window) -> None:
    window.notices.say(
        "a",
        "服务器表示这些客户已不再归您负责，请先询问主管，确认之前不会移除任何资料。" * 3,
        Tone.DANGER,
        action="打开",
    )
    QApplication.processEvents()
    assert clipped(window.notices) == []


def test_its_words_and_its_key_open_what_it_is_about(window: Window) -> None:
    opened: list[str] = []
    window.notices.say("a", "甲", Tone.WARNING, action="打开", on_action=lambda: opened.append("a"))
    QTest.mouseClick(shown(window)[0], Qt.MouseButton.LeftButton, pos=QPoint(60, 12))
    window.notices.say("b", "乙", Tone.WARNING, action="打开", on_action=lambda: opened.append("b"))
    window.notices.say("c", "丙", Tone.DANGER)
    window.notices.open_latest()
    window.notices.open_latest()
    assert (opened, window.notices.words()) == (["a", "b"], "丙")


def test_what_is_said_about_the_same_replaces_it(window: Window) -> None:
    window.notices.say("sync", "一", Tone.DANGER)
    window.notices.say("sync", "二", Tone.DANGER)
    assert [notice.words() for notice in shown(window)] == ["二"]
    window.notices.take_away("sync")
    window.notices.take_away("sync")
    assert window.notices.isHidden()


def test_more_than_three_wait_for_room(window: Window) -> None:
    for number in range(5):
        window.notices.say(str(number), str(number), Tone.ACCENT)
    assert [notice.words() for notice in shown(window)] == ["2", "3", "4"]
    window.notices.close_latest()
    window.notices.close_latest()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [notice.words() for notice in shown(window)] == ["0", "1", "2"]
