"""A form through its real widgets, by keys alone: every kind of editor, the list beside it, what is asked first."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from agent_app.ui import i18n, theme
from agent_app.ui.accessibility import unnamed
from agent_app.ui.forms.cards import QuestionCard
from agent_app.ui.forms.keys import form_keys
from agent_app.ui.labels import Text
from agent_app.ui.shortcuts import ShortcutMap
from agent_app.ui.theme import SchemeChoice
from tests.agent_app.clipping import clipped
from tests.agent_app.desk import Company
from tests.agent_app.ui.forms.gallery import SIZES, STATES
from tests.agent_app.ui.forms.host import FormHost, every_kind, xform_of

ROOMS = """
| survey | | | | |
| | type | name | label | repeat_count |
| | integer | rooms | 几个房间？ | |
| | begin_repeat | room | 房间 | ${rooms} |
| | text | use | 做什么用？ | |
| | end_repeat | | | |
"""

Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture(params=["zh_CN"])
def host(
    request: pytest.FixtureRequest, company: Company, qapp: QApplication, qtbot: QtBot
) -> Iterator[FormHost]:
    """The form with every kind of question, active."""
    i18n.install(request.param)
    theme.install(qapp, SchemeChoice.LIGHT, request.param)
    yield opened(company, every_kind(), qtbot)
    i18n.install("zh_CN")


def opened(company: Company, xform: str, qtbot: QtBot) -> FormHost:
    """A form with the keyboard."""
    made = FormHost(company, xform)
    qtbot.addWidget(made.column)
    made.column.resize(*SIZES["usual"])
    with qtbot.waitActive(made.column):
        made.column.show()
        made.column.activateWindow()
    return made


def press(*keys: Qt.Key, held: Qt.KeyboardModifier = Mod.NoModifier) -> None:
    """Press keys where the focus is."""
    for key in keys:
        target = QApplication.focusWidget()
        assert target is not None, "nothing has the focus"
        QTest.keyClick(target, key, held)


def write(text: str) -> None:
    """Write as an input method does."""
    target = QApplication.focusWidget()
    assert target is not None, "nothing has the focus"
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QCoreApplication.sendEvent(target, event)
    if isinstance(target, QLineEdit):
        target.textEdited.emit(target.text())


def at(host: FormHost, name: str) -> None:
    """On the page of a question, its editor with the keyboard."""
    host.sheet.go(name)
    page = host.sheet.state.page
    assert page is not None
    host.view.start_at(next(one.path for one in page.questions if one.name == name))


def shown(host: FormHost) -> list[str]:
    """What the list beside the form has, as it is spoken."""
    view = host.view.side.findChild(QListView)
    assert view is not None
    model = view.model()
    return [str(model.index(line, 0).data()) for line in range(model.rowCount())]


def test_scores_stars_and_ten_take_one_key_each(host: FormHost) -> None:
    at(host, "csat")
    press(Key.Key_4, Key.Key_Minus, Key.Key_5)
    assert [host.sheet.value(name) for name in ("csat", "nps", "stars")] == ["4", "10", "5"]


def test_a_range_is_moved_by_the_arrow_keys(host: FormHost) -> None:
    at(host, "budget")
    press(Key.Key_Up, Key.Key_Up, Key.Key_Up, Key.Key_Down)
    assert host.sheet.value("budget") == "0.5"
    press(Key.Key_PageUp)
    assert host.sheet.value("budget") == "5.5"


def test_letters_put_choices_into_their_order_and_alt_arrows_move_them(host: FormHost) -> None:
    at(host, "order")
    press(Key.Key_C, Key.Key_A)
    assert host.sheet.value("order") == "fresh price"
    press(Key.Key_D)  # the last one falls into its place
    assert host.sheet.value("order") == "fresh price move repair"
    press(Key.Key_Up, held=Mod.AltModifier)
    assert host.sheet.value("order") == "fresh move price repair"
    press(Key.Key_Backspace)
    assert host.sheet.value("order") == "fresh move price"


def test_backspace_takes_an_answer_back(host: FormHost) -> None:
    at(host, "csat")
    press(Key.Key_4)
    at(host, "csat")
    press(Key.Key_Backspace)
    assert host.sheet.value("csat") == ""


def test_every_line_of_a_table_takes_one_key(host: FormHost) -> None:
    at(host, "speed")
    press(Key.Key_4, Key.Key_2)
    assert (host.sheet.value("speed"), host.sheet.value("manner")) == ("4", "2")


def test_what_is_typed_and_would_drop_others_is_asked_on_enter(
    company: Company, look: theme.Theme, qtbot: QtBot
) -> None:
    rooms = opened(company, xform_of(ROOMS), qtbot)
    rooms.sheet.on_answered("/data/rooms", "2")
    rooms.sheet.on_answered("/data/room[2]/use", "书房")
    at(rooms, "rooms")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    write("1")
    press(Key.Key_Return)
    assert rooms.sheet.names() == ["rooms"]
    press(Key.Key_N)
    assert (rooms.sheet.value("rooms"), field.text()) == ("2", "2")
    at(rooms, "rooms")
    write("1")
    press(Key.Key_Return, Key.Key_Y)
    assert (rooms.sheet.value("rooms"), rooms.sheet.value("room[2]/use")) == ("1", "")


def test_a_long_list_is_searched_by_pinyin_initials_and_words(host: FormHost) -> None:
    at(host, "city")
    for typed, code in (("sjz", "sjz"), ("chong", "cq"), ("厦", "xm")):
        write(typed)
        press(Key.Key_Return)
        assert host.sheet.value("city") == code
    assert host.sheet.names() == ["city"]
    press(Key.Key_Return)
    assert host.sheet.names() == ["cities"]


def test_several_of_a_long_list_are_taken_one_after_the_other_and_back(host: FormHost) -> None:
    at(host, "cities")
    for typed in ("shanghai", "cd"):
        write(typed)
        press(Key.Key_Return)
    press(Key.Key_Down, Key.Key_Return)
    assert host.sheet.value("cities") == "bj sh cd"
    press(Key.Key_Backspace)
    assert host.sheet.value("cities") == "bj sh"


def test_enter_with_words_that_match_nothing_stays(host: FormHost) -> None:
    at(host, "city")
    write("xyz")
    press(Key.Key_Return)
    assert host.sheet.names() == ["city"]
    press(Key.Key_Escape, Key.Key_Return)
    assert host.sheet.names() == ["cities"]


def test_a_day_says_how_it_was_understood_while_it_is_typed(host: FormHost) -> None:
    at(host, "moving")
    write("下周三")
    card = next(card for card in host.view.page.findChildren(QuestionCard) if card.path.endswith("moving"))
    assert "2026-10-07 周三" in [label.text() for label in card.findChildren(Text)]
    press(Key.Key_Tab)
    assert host.sheet.value("moving") == "2026-10-07"


def test_the_repeat_is_asked_by_one_key(host: FormHost) -> None:
    at(host, "who")
    write("成员甲")
    press(Key.Key_Return, Key.Key_Return)
    press(Key.Key_1)
    assert host.sheet.names() == ["who"]
    write("成员乙")
    press(Key.Key_Return, Key.Key_Return, Key.Key_2)
    assert host.sheet.names() == ["problem"]


def test_what_would_be_dropped_is_answered_by_y_or_n(host: FormHost) -> None:
    for name, value in (("problem", "y"), ("what", "失灵")):
        host.sheet.on_answered(f"/data/{name}", value)
    at(host, "problem")
    press(Key.Key_2, Key.Key_N)
    assert host.sheet.value("problem") == "y"
    press(Key.Key_2, Key.Key_Y)
    assert host.sheet.value("problem") == "n"
    press(Key.Key_1)  # the keyboard is back at the question
    assert host.sheet.value("problem") == "y"


def test_the_list_is_opened_searched_and_left_for_a_question(host: FormHost) -> None:
    host.view.toggle_side()
    write("shijian")
    press(Key.Key_Return)
    assert host.sheet.names() == ["moving", "month", "at", "visit"]
    assert not host.view.side.isVisible()


def test_escape_folds_the_list_and_gives_the_keyboard_back(host: FormHost) -> None:
    at(host, "people")
    before = QApplication.focusWidget()
    host.view.toggle_side()
    press(Key.Key_Escape)
    assert not host.view.side.isVisible()
    assert QApplication.focusWidget() is before


def test_the_list_says_what_is_open_wrong_or_left_out(host: FormHost) -> None:
    host.sheet.on_answered("/data/words/people", "40")
    host.sheet.on_answered("/data/problem", "n")
    host.view.toggle_side()
    lines = shown(host)
    assert "2. 家里几口人？ · 有误" in lines
    assert "什么问题？ · 已跳过 · 因 使用中遇到问题吗=没有" in lines
    assert any(line.endswith("1 · 姓名 · 必答，未答") for line in lines)


def test_a_question_is_gone_to_by_its_number(host: FormHost) -> None:
    host.view.toggle_side()
    write("2")
    press(Key.Key_Return)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "家里几口人？"


def test_a_question_that_is_left_out_leaves_the_list_open(host: FormHost) -> None:
    host.sheet.on_answered("/data/problem", "n")
    host.view.toggle_side()
    write("什么问题")
    press(Key.Key_Return)
    assert host.view.side.isVisible()
    assert "remark" in host.sheet.names()


def test_guidance_is_shown_to_who_asks(host: FormHost) -> None:
    cards = host.view.page.findChildren(QuestionCard)
    assert not any(card.guidance.isVisible() for card in cards)
    host.view.page.toggle_guidance()
    assert [card.guidance.isVisible() for card in cards if card.path.endswith("remark")] == [True]


def test_the_next_language_is_a_key_away_and_what_is_typed_stays(host: FormHost) -> None:
    at(host, "people")
    write("4")
    host.view.turn_language()
    page = host.sheet.state.page
    assert page is not None
    assert [(one.label, one.value) for one in page.questions if one.name == "people"] == [
        ("How many people?", "4")
    ]
    press(Key.Key_5)
    press(Key.Key_Tab)
    assert "5" in host.sheet.value("people")


def test_the_keys_of_a_window_go_to_the_form_that_is_seen_and_escape_is_first_the_lists(
    company: Company, look: theme.Theme, qtbot: QtBot
) -> None:
    window, heard = QWidget(), list[str]()
    qtbot.addWidget(window)
    keys, hosts = ShortcutMap(window), [FormHost(company, xform_of(ROOMS)) for _ in range(2)]
    layout = QVBoxLayout(window)
    for host in hosts:
        layout.addWidget(host.column)
    for one in form_keys(window):
        keys.register(one.action, one.keys, one.callback, title=one.title)
    for name, host in zip(("guide", "forms"), hosts, strict=True):
        keys.register(f"{name}.back", "Esc", lambda: heard.append("back"), title="返回", scope=host.column)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    for seen, covered in (hosts, reversed(hosts)):
        covered.column.hide()
        seen.column.show()
        at(seen, "rooms")
        press(Key.Key_G, held=Mod.ControlModifier)
        assert (seen.view.side.isVisible(), covered.view.side.isVisible()) == (True, False)
        press(Key.Key_Escape)
        assert (seen.view.side.isVisible(), heard) == (False, [])
    press(Key.Key_Escape)
    assert heard == ["back"]


def test_the_keys_of_forms_do_nothing_where_no_form_is_seen(host: FormHost) -> None:
    host.column.hide()
    for one in form_keys(host.column):
        one.callback()
    assert (host.sheet.state.asking, host.sheet.kept, host.view.side.isVisible()) == (None, 0, False)


@pytest.mark.parametrize("state", list(STATES))
@pytest.mark.parametrize("host", ["zh_CN", "en"], indirect=True)
def test_everything_has_a_name_and_nothing_is_cut(host: FormHost, state: str) -> None:
    host.column.resize(*SIZES["narrow"])
    STATES[state](host)
    for size in ("narrow", "wide"):
        host.column.resize(*SIZES[size])
        for _ in range(6):
            QCoreApplication.processEvents()
        assert unnamed(host.column) == []
        assert clipped(host.column) == [], size
