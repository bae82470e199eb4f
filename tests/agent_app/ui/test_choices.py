"""Answers by number keys and clicks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from agent_app.ui.choices import ChoiceRow, ScoreRow, Segments

pytestmark = pytest.mark.usefixtures("look")

ANSWERS = [("5", "很满意"), ("4", "满意"), ("3", "一般")]


def test_a_number_key_answers_a_single_choice(qtbot: QtBot) -> None:
    row = ChoiceRow("满意吗", ANSWERS)
    qtbot.addWidget(row)
    heard: list[object] = []
    row.answered.connect(heard.append)
    QTest.keyClick(row, Qt.Key.Key_2)
    QTest.keyClick(row, Qt.Key.Key_3)
    assert heard == [("4",), ("3",)]
    assert row.answer() == ("3",)


def test_number_keys_toggle_several_choices(qtbot: QtBot) -> None:
    row = ChoiceRow("哪些", ANSWERS, several=True)
    qtbot.addWidget(row)
    for key in (Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_1):
        QTest.keyClick(row, key)
    assert row.answer() == ("3",)


def test_a_number_without_a_choice_and_a_disabled_row_answer_nothing(qtbot: QtBot) -> None:
    row = ChoiceRow("满意吗", ANSWERS)
    qtbot.addWidget(row)
    QTest.keyClick(row, Qt.Key.Key_9)
    row.setEnabled(False)
    assert not row.press(0)
    assert row.answer() == ()


def test_a_state_sets_answers_without_a_signal(qtbot: QtBot) -> None:
    row = ChoiceRow("满意吗", ANSWERS)
    qtbot.addWidget(row)
    heard: list[object] = []
    row.answered.connect(heard.append)
    row.set_answer(["4"])
    assert (row.answer(), heard) == (("4",), [])


def test_many_choices_wrap_into_rows(qtbot: QtBot) -> None:
    row = ChoiceRow("选项", [(str(n), f"很长的选项文字 {n}") for n in range(8)])
    qtbot.addWidget(row)
    assert row.heightForWidth(400) > row.heightForWidth(1600)
    row.resize(400, row.heightForWidth(400))
    row.show()
    inside = row.rect()
    assert all(inside.contains(button.geometry()) for button in row.findChildren(QAbstractButton))


@pytest.mark.parametrize(
    ("keys", "score"),
    [
        ([Qt.Key.Key_9], "9"),
        ([Qt.Key.Key_0], "0"),
        ([Qt.Key.Key_1, Qt.Key.Key_0], "10"),
        ([Qt.Key.Key_1], "1"),
    ],
)
def test_scores_by_their_digits(qtbot: QtBot, keys: list[Qt.Key], score: str) -> None:
    row = ScoreRow("推荐")
    qtbot.addWidget(row)
    for key in keys:
        QTest.keyClick(row, key)
    assert row.answer() == (score,)


def test_a_scale_of_one_to_five_takes_no_other_digit(qtbot: QtBot) -> None:
    row = ScoreRow("评分", 1, 5)
    qtbot.addWidget(row)
    for key in (Qt.Key.Key_5, Qt.Key.Key_6, Qt.Key.Key_0):
        QTest.keyClick(row, key)
    assert row.answer() == ("5",)


def test_one_segment_is_always_in_force(qtbot: QtBot) -> None:
    segments = Segments("筛选", [("all", "全部"), ("open", "未拨打")])
    qtbot.addWidget(segments)
    heard: list[object] = []
    segments.chosen.connect(heard.append)
    assert segments.code() == "all"
    segments.set_code("open")
    segments.set_code("no_such")
    assert (segments.code(), heard) == ("open", [])
    segments.findChildren(QAbstractButton)[0].click()
    assert (segments.code(), heard) == ("all", ["all"])
