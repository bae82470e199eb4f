"""Lines and things that are drawn anew: nothing of what was there before is seen again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from agent_app.ui.cards import KeyValues, TagFlow, clear, row
from agent_app.ui.labels import Badge, Text
from tests.agent_app.windows import opened_windows

pytestmark = pytest.mark.usefixtures("look")


def test_what_is_drawn_twice_in_one_turn_never_flashes_up_as_a_window(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    values, tags, lines = KeyValues(), TagFlow(), QVBoxLayout()
    layout.addWidget(values)
    layout.addWidget(tags)
    layout.addLayout(lines)
    window.show()
    with opened_windows() as opened:
        for _ in range(3):
            values.clear()
            clear(lines)
            values.add("等级", "VIP", "近一年")
            values.say("没有其他未完事项")
            lines.addWidget(Text("一行"))
            lines.addLayout(row(Text("左"), Text("右")))
            tags.set_things([Badge("高意向")])
        for _ in range(3):
            QCoreApplication.processEvents()
    assert opened == []


def test_values_of_two_lists_with_the_same_names_stand_in_line(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    names = ("等级", "免打扰")
    shown = [Text("VIP"), Text("营销")]
    for name, value in zip(names, shown, strict=True):
        values = KeyValues(names)
        values.add(name, value)
        layout.addWidget(values)
    window.show()
    QCoreApplication.processEvents()
    assert shown[0].mapTo(window, shown[0].pos()).x() == shown[1].mapTo(window, shown[1].pos()).x()
