"""Fields: what they tell, when they tell it, and that a state never overwrites what is being typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from agent_app.ui.fields import Field, Picker, SearchField, TextArea, TextField
from agent_app.ui.shortcuts import ShortcutMap

pytestmark = pytest.mark.usefixtures("look")


def compose(field: TextArea | TextField | SearchField, preedit: str, commit: str = "") -> None:
    """Type as an input method does: qtbot cannot type Chinese."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(field, event)


def test_a_text_area_tells_what_was_typed_but_not_what_was_set(qtbot: QtBot) -> None:
    area = TextArea("备注")
    qtbot.addWidget(area)
    heard: list[object] = []
    area.edited.connect(heard.append)
    area.set_text("原文")
    compose(area, "", "新")
    assert heard == ["新原文"]


def test_setting_the_same_text_leaves_the_cursor(qtbot: QtBot) -> None:
    area = TextArea("备注")
    qtbot.addWidget(area)
    area.set_text("一二三")
    area.moveCursor(area.textCursor().MoveOperation.End)
    area.set_text("一二三")
    assert area.textCursor().position() == 3


def test_a_text_area_grows_with_its_lines_to_its_most(qtbot: QtBot) -> None:
    area = TextArea("备注", lines=2, most=4)
    qtbot.addWidget(area)
    area.resize(300, 100)
    area.show()
    empty = area.sizeHint().height()
    area.set_text("一\n二\n三")
    grown = area.sizeHint().height()
    area.set_text("\n".join("一" * 20))
    assert empty < grown < area.sizeHint().height()
    assert area.sizeHint().height() == 4 * area.fontMetrics().lineSpacing() + 20


def test_a_search_is_told_when_typing_pauses(qtbot: QtBot) -> None:
    search = SearchField("搜索", "姓名", "F3")
    qtbot.addWidget(search)
    with qtbot.waitSignal(search.searched) as told:
        QTest.keyClicks(search, " zs ")
    assert told.args == ["zs"]


def test_enter_searches_at_once_and_escape_empties(qtbot: QtBot) -> None:
    search = SearchField("搜索", "姓名")
    qtbot.addWidget(search)
    heard: list[object] = []
    search.searched.connect(heard.append)
    QTest.keyClicks(search, "zs")
    QTest.keyClick(search, Qt.Key.Key_Return)
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert heard == ["zs", ""]


def test_escape_is_the_full_search_boxs_before_it_is_the_windows(qtbot: QtBot) -> None:
    window, search, heard = QWidget(), SearchField("搜索", "姓名"), list[str]()
    qtbot.addWidget(window)
    search.setParent(window)
    ShortcutMap(window).register("back", "Esc", lambda: heard.append("back"), title="返回")
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    search.setFocus()
    QTest.keyClicks(search, "zs")
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert (search.text(), heard) == ("", [])
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert heard == ["back"]


def test_a_picker_keeps_what_was_picked_when_it_is_offered_again(qtbot: QtBot) -> None:
    picker = Picker("时段", [("a", "上午"), ("p", "下午")])
    qtbot.addWidget(picker)
    picker.set_code("p")
    picker.set_choices([("p", "下午"), ("e", "晚间")])
    assert picker.code() == "p"
    picker.set_choices([("e", "晚间")])
    assert picker.code() == "e"


def test_a_field_says_its_error_to_the_eye_and_to_the_ear(qtbot: QtBot) -> None:
    editor = TextField("")
    field = Field("手机号", editor, hint="11 位")
    qtbot.addWidget(field)
    field.set_error("号码少一位")
    assert editor.accessibleName() == "手机号"
    assert editor.accessibleDescription() == "号码少一位"
    assert editor.property("invalid") is True
    field.set_error("")
    assert editor.accessibleDescription() == "11 位"
    assert editor.property("invalid") is False
