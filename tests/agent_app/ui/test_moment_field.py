"""The field for a time agreed: quick choices, what was typed and how it was understood; and the panel around it."""

from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from agent_app.ui.choices import ChoiceRow
from agent_app.ui.fields import TextArea
from agent_app.ui.moment_field import MomentField, moment_words, quick_words
from agent_app.ui.slide_panel import SlidePanel
from server_sync.domain.clock import DAY, HOUR

pytestmark = pytest.mark.usefixtures("look")

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = 1_790_820_000_000  # Thursday, 2026-10-01 10:00 in Shanghai


def test_a_moment_is_said_with_its_weekday_and_day() -> None:
    assert moment_words(NOW + DAY + HOUR // 2, NOW, SHANGHAI) == "明天 10:30 · 周五 10-02"
    assert moment_words(None, NOW, SHANGHAI) == ""


def test_a_quick_choice_is_short() -> None:
    assert quick_words(NOW + HOUR, NOW, SHANGHAI) == "今天 11:00"
    assert quick_words(NOW + 4 * DAY, NOW, SHANGHAI) == "周一 10:00"


def test_typing_and_picking_are_told_apart_and_neither_is_interpreted(qtbot: QtBot) -> None:
    field = MomentField("回拨时间")
    qtbot.addWidget(field)
    field.offer([(NOW + HOUR, "今天 11:00"), (NOW + DAY, "明天 10:00")])
    heard: list[object] = []
    field.edited.connect(heard.append)
    field.picked.connect(heard.append)
    line = field.findChild(QLineEdit)
    assert line is not None
    QTest.keyClicks(line, "9:30")
    row = field.findChild(ChoiceRow)
    assert row is not None
    row.press(1)
    assert heard == ["9", "9:", "9:3", "9:30", NOW + DAY]


def test_the_quick_choice_that_is_meant_is_shown_as_chosen(qtbot: QtBot) -> None:
    field = MomentField("回拨时间")
    qtbot.addWidget(field)
    field.offer([(NOW + HOUR, "今天 11:00")])
    field.show_moment("一小时后", NOW + HOUR, "今天 11:00", "")
    row = field.findChild(ChoiceRow)
    assert row is not None
    assert row.answer() == (str(NOW + HOUR),)
    field.show_moment("22:00", None, "", "超出 08:00–21:00")
    assert row.answer() == ()
    line = field.findChild(QLineEdit)
    assert line is not None
    assert (line.text(), line.property("invalid")) == ("22:00", True)


def test_escape_and_ctrl_enter_are_the_panels_even_where_the_window_binds_them(qtbot: QtBot) -> None:
    panel = SlidePanel("小结")
    qtbot.addWidget(panel)
    note = TextArea("备注")
    panel.body.addWidget(note)
    taken = QShortcut(QKeySequence("Ctrl+Return"), panel)
    heard: list[str] = []
    taken.activated.connect(lambda: heard.append("window"))
    panel.back_asked.connect(lambda: heard.append("back"))
    panel.confirmed.connect(lambda: heard.append("confirmed"))
    with qtbot.waitActive(panel):
        panel.show()
        panel.activateWindow()
    note.setFocus()
    QTest.keyClick(note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(note, Qt.Key.Key_Escape)
    assert heard == ["confirmed", "back"]
    assert note.text() == ""


def test_a_key_that_nothing_wanted_is_told(qtbot: QtBot) -> None:
    panel = SlidePanel("小结")
    qtbot.addWidget(panel)
    heard: list[object] = []
    panel.key_pressed.connect(heard.append)
    with qtbot.waitActive(panel):
        panel.show()
        panel.activateWindow()
    assert QApplication.focusWidget() is panel
    QTest.keyClick(panel, Qt.Key.Key_3)
    assert heard == ["3"]
