"""A form's page: which editor a question gets, which keys answer it, and that what is typed survives a redraw."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from agent_app.ui.choices import ChoiceRow, ScoreRow
from agent_app.ui.forms.cards import QuestionCard
from agent_app.ui.forms.editor import Editor, Means
from agent_app.ui.forms.editors import (
    AcknowledgeEditor,
    ChoiceEditor,
    ScoreEditor,
    editor_of,
)
from agent_app.ui.forms.page import FormPage
from agent_app.ui.forms.typed import TypedEditor
from server_sync.domain.forms.definition import QuestionKind
from server_sync.domain.forms.pages import QuestionState
from server_sync.domain.forms.scope import Choice

pytestmark = pytest.mark.usefixtures("look")


def question(
    kind: QuestionKind, *choices: tuple[str, str], name: str = "q", value: str = ""
) -> QuestionState:
    return QuestionState(
        path=f"/data/{name}",
        name=name,
        kind=kind,
        label="问题",
        hint="",
        guidance="",
        value=value,
        required=False,
        readonly=False,
        choices=tuple(Choice(*choice) for choice in choices),
        appearance=frozenset(),
        parameters={},
        problem=None,
    )


NPS = [(str(n), {0: "0（不会）", 10: "10（会）"}.get(n, str(n))) for n in range(11)]
CSAT = [("5", "很满意"), ("4", "满意"), ("3", "一般")]
ONE, SEVERAL = QuestionKind.SELECT_ONE, QuestionKind.SELECT_MULTIPLE


@pytest.mark.parametrize(
    ("state", "editor"),
    [
        (question(ONE, *CSAT), ChoiceEditor),
        (question(ONE, *NPS), ScoreEditor),
        (question(ONE, *[(str(n), f"第 {n} 档") for n in range(11)]), ChoiceEditor),
        (question(SEVERAL, *CSAT), ChoiceEditor),
        (question(QuestionKind.ACKNOWLEDGE), AcknowledgeEditor),
        (question(QuestionKind.DATE), TypedEditor),
        (
            replace(question(QuestionKind.RANGE), parameters={"start": "1", "end": "7", "step": "1"}),
            ScoreEditor,
        ),
        (
            replace(question(QuestionKind.RANGE), parameters={"start": "0", "end": "100", "step": "5"}),
            TypedEditor,
        ),
        (replace(question(QuestionKind.INTEGER), appearance=frozenset({"nps"})), ScoreEditor),
        (question(QuestionKind.INTEGER), TypedEditor),
    ],
)
def test_each_kind_has_its_editor(qtbot: QtBot, state: QuestionState, editor: type[Editor]) -> None:
    made = editor_of(state, Means())
    qtbot.addWidget(made)
    assert isinstance(made, editor)


def pressed(qtbot: QtBot, state: QuestionState, *caps: str) -> list[object]:
    """What an editor answers to these keys."""
    editor = editor_of(state, Means())
    qtbot.addWidget(editor)
    heard: list[object] = []
    editor.answered.connect(heard.append)
    for cap in caps:
        editor.press_key(cap)
    return heard


def test_the_key_of_a_score_is_the_score_and_others_count_from_one(qtbot: QtBot) -> None:
    assert pressed(qtbot, question(ONE, *CSAT), "5", "3", "1") == ["5", "3"]
    assert pressed(qtbot, question(ONE, ("yes", "是"), ("no", "否")), "2") == ["no"]


def test_several_answers_have_letters(qtbot: QtBot) -> None:
    assert pressed(qtbot, question(SEVERAL, ("a", "甲"), ("b", "乙")), "b", "A", "1") == ["b", "a b"]


def test_more_than_nine_choices_go_on_with_letters(qtbot: QtBot) -> None:
    many = [(f"v{n}", f"选项 {n}") for n in range(1, 13)]
    assert pressed(qtbot, question(ONE, *many), "9", "a", "c") == ["v9", "v10", "v12"]


def test_words_at_the_ends_of_a_scale_come_from_its_labels(qtbot: QtBot) -> None:
    editor = editor_of(question(ONE, *NPS), Means())
    qtbot.addWidget(editor)
    row = editor.findChild(ScoreRow)
    assert row is not None
    assert row.end_words() == ("不会", "会")


def test_tab_stops_once_in_a_row_and_arrows_go_along_it(qtbot: QtBot) -> None:
    row = ChoiceRow("满意吗", CSAT)
    qtbot.addWidget(row)
    with qtbot.waitActive(row):
        row.show()
        row.activateWindow()
    row.set_answer(["4"])
    row.start()
    first = row.focusWidget()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert row.focusWidget() is not first
    assert row.answer() == ("4",)


def test_what_is_being_typed_outlives_a_redraw(qtbot: QtBot) -> None:
    page = FormPage()
    qtbot.addWidget(page)
    text = question(QuestionKind.TEXT, name="remark")
    page.show_page("p", (text,), {})
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.start()
    line = page.findChild(QLineEdit)
    assert line is not None
    QTest.keyClicks(line, "half a sen")
    page.show_page("p", (question(ONE, *CSAT), text), {})
    assert page.findChild(QLineEdit) is line
    assert (line.text(), line.hasFocus()) == ("half a sen", True)


def test_what_is_wrong_is_said_when_typing_has_ended(qtbot: QtBot) -> None:
    page = FormPage()
    qtbot.addWidget(page)
    number = question(QuestionKind.INTEGER, name="people")
    page.show_page("p", (number,), {})
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.start()
    card, line = page.findChild(QuestionCard), page.findChild(QLineEdit)
    assert card is not None
    assert line is not None
    QTest.keyClicks(line, "4x")
    page.show_page("p", (number,), {"/data/people": "请填整数"})
    assert line.property("invalid") is not True
    page.flush()
    page.show_page("p", (number,), {"/data/people": "请填整数"})
    assert (line.property("invalid"), line.text()) == (True, "4x")


def test_tab_goes_through_the_questions_between_what_stands_before_and_behind_the_page(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    before, page, behind = QLineEdit(), FormPage(), QLineEdit()
    layout = QVBoxLayout(window)
    for thing in (before, page, behind):
        layout.addWidget(thing)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.show_page("p", (question(ONE, *CSAT, name="a"), question(QuestionKind.TEXT, name="b")), {})
    cards = page.findChildren(QuestionCard)
    qtbot.waitUntil(lambda: all(card.isVisible() for card in cards))

    def went(key: Qt.Key) -> object:
        QTest.keyClick(window.focusWidget(), key)
        focused = window.focusWidget()
        return next((card.path for card in cards if card.isAncestorOf(focused)), focused)

    before.setFocus()
    forward = [went(Qt.Key.Key_Tab) for _ in range(4)]
    assert forward == [page, "/data/a", "/data/b", behind]
    assert [went(Qt.Key.Key_Backtab) for _ in range(3)] == ["/data/b", "/data/a", before]
