"""A call through the real widgets with the keyboard alone: guide, wrap-up and callback as the window joins them."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from agent_app.features.call_guide.model import countdown
from agent_app.features.call_guide.view.header import HeaderBar
from agent_app.ports import Route
from agent_app.ui import i18n, theme
from agent_app.ui.accessibility import unnamed
from agent_app.ui.forms.state import FormState
from agent_app.ui.theme import SchemeChoice
from server_sync.domain.clock import DAY, HOUR
from tests.agent_app.clipping import clipped
from tests.agent_app.features.call_gallery import SIZES, STATES, Scene
from tests.agent_app.features.workplace import Workplace
from tests.server_sync.organisation import NOW

Key = Qt.Key


@pytest.fixture(params=["zh_CN"])
def scene(
    request: pytest.FixtureRequest, place: Workplace, qapp: QApplication, qtbot: QtBot
) -> Iterator[Scene]:
    """An agent's work column, active and empty."""
    i18n.install(request.param)
    theme.install(qapp, SchemeChoice.LIGHT, request.param)
    made = Scene(place)
    for panel in (made.guide.widget, made.wrap_up.widget, made.callback.widget):
        qtbot.addWidget(panel)
    made.guide.widget.resize(*SIZES["1440"])
    made.guide.widget.show()
    made.guide.widget.activateWindow()
    yield made
    i18n.install("zh_CN")


def press(*keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press keys where the focus is."""
    for key in keys:
        target = QApplication.focusWidget()
        assert target is not None, "nothing has the focus"
        QTest.keyClick(target, key, held)


def commit(text: str) -> None:
    """Write as an input method does."""
    target = QApplication.focusWidget()
    assert target is not None, "nothing has the focus"
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QCoreApplication.sendEvent(target, event)


def run(scene: Scene, action: str) -> None:
    """What the shell does for a function key."""
    bindings = (*scene.guide.shortcuts(), *scene.wrap_up.shortcuts(), *scene.callback.shortcuts())
    next(one for one in bindings if one.action == action).callback()


def shown(scene: Scene) -> FormState:
    """The guide as it stands."""
    form = scene.guide.presenter.state.form
    assert form is not None
    return form


def test_a_whole_call_needs_no_mouse(scene: Scene) -> None:
    scene.open()
    run(scene, "call.dial")
    press(Key.Key_1, Key.Key_Return)  # received
    press(Key.Key_5, Key.Key_9, Key.Key_Return)  # CSAT 5, then the keys are the NPS's
    press(Key.Key_A, Key.Key_B, Key.Key_Return)  # several, by letters
    press(Key.Key_4, Key.Key_Return)  # a number
    press(Key.Key_3, Key.Key_Slash, Key.Key_1, Key.Key_5, Key.Key_Return)  # a day
    commit("遥控器偶尔失灵")
    press(Key.Key_Return)
    assert [line.answer for line in shown(scene).read_back][:3] == [
        "收到了",
        "5 · 很满意",
        "9",
    ]
    run(scene, "call.wrap_up")
    press(Key.Key_1)
    press(Key.Key_Return, held=Qt.KeyboardModifier.ControlModifier)
    assert scene.place.one("select disposition from attempt")[0] == "1.1"
    assert scene.place.one("select csat, nps, complete from response") == (5, 9, 1)
    answers = scene.place.one("select answers from response")[0]
    for answer in ('"price repair"', '"2026-03-15"', '"遥控器偶尔失灵"', '"/data/people":"4"'):
        assert answer in answers


def test_ten_is_one_key_or_one_and_nought(scene: Scene) -> None:
    scene.open()
    press(Key.Key_1, Key.Key_Return, Key.Key_4, Key.Key_Minus)
    assert '"/data/service/nps":"10"' in scene.place.one("select content from draft")[0]
    press(Key.Key_1, Key.Key_0)
    assert '"/data/service/nps":"10"' in scene.place.one("select content from draft")[0]
    press(Key.Key_1)
    assert '"/data/service/nps":"1"' in scene.place.one("select content from draft")[0]


def test_enter_on_a_page_that_lacks_an_answer_leads_to_the_question(scene: Scene) -> None:
    scene.open()
    press(Key.Key_1, Key.Key_Return, Key.Key_5, Key.Key_Return)
    press(Key.Key_7)
    assert '"/data/service/nps":"7"' in scene.place.one("select content from draft")[0]


def test_shift_enter_goes_back(scene: Scene) -> None:
    scene.open()
    press(Key.Key_1, Key.Key_Return)
    press(Key.Key_Return, held=Qt.KeyboardModifier.ShiftModifier)
    page = shown(scene).page
    assert page is not None
    assert page.key == "/data/opening"


def test_tab_goes_from_question_to_question(scene: Scene) -> None:
    scene.open()
    press(Key.Key_1, Key.Key_Return, Key.Key_Tab, Key.Key_8)
    content = scene.place.one("select content from draft")[0]
    assert '"/data/service/nps":"8"' in content
    assert "csat" not in content


def test_typed_text_is_saved_when_typing_pauses(scene: Scene, qtbot: QtBot) -> None:
    scene.open()
    press(Key.Key_2, Key.Key_Return, Key.Key_Return, Key.Key_Return, Key.Key_Return)
    commit("师傅很准时")
    qtbot.waitUntil(lambda: "师傅很准时" in scene.place.one("select content from draft")[0], timeout=5_000)


def test_alt_enter_begins_a_line_in_an_area(scene: Scene) -> None:
    scene.open()
    press(Key.Key_2, Key.Key_Return, Key.Key_Return, Key.Key_Return, Key.Key_Return)
    commit("一")
    press(Key.Key_Return, held=Qt.KeyboardModifier.AltModifier)
    commit("二")
    area = QApplication.focusWidget()
    assert isinstance(area, QPlainTextEdit)
    assert area.toPlainText() == "一\n二"


def test_a_wrong_date_is_said_beside_it_and_stays_as_typed(scene: Scene) -> None:
    scene.open()
    press(Key.Key_2, Key.Key_Return, Key.Key_Return, Key.Key_Return)
    commit("2月30")
    field = QApplication.focusWidget()
    press(Key.Key_Return)
    page = shown(scene).page
    assert page is not None
    assert page.questions[0].name == "moving"
    assert field is not None
    assert field.property("text") == "2月30"


def test_number_keys_go_down_the_tree_and_escape_up(scene: Scene) -> None:
    scene.open()
    run(scene, "call.wrap_up")
    press(Key.Key_3, Key.Key_2)
    assert scene.wrap_up.presenter.state.code == "3.12"
    press(Key.Key_Escape, Key.Key_1)
    assert scene.wrap_up.presenter.state.code == "3.13"
    press(Key.Key_Escape, Key.Key_Escape, Key.Key_Escape)
    press(Key.Key_1)  # back in the guide, at its question
    assert '"/data/opening/received":"yes"' in scene.place.one("select content from draft")[0]


def test_a_hard_refusal_is_saved_by_keys_alone(scene: Scene) -> None:
    scene.open()
    run(scene, "call.dial")
    run(scene, "call.wrap_up")
    press(Key.Key_4, Key.Key_1, Key.Key_1)  # refused, hard, for all purposes
    commit("别再打了")
    press(Key.Key_Return, held=Qt.KeyboardModifier.ControlModifier)
    assert scene.place.one("select scope, note from do_not_call") == ("all", "别再打了")


def test_a_callback_in_a_call_is_typed_and_saved(scene: Scene) -> None:
    scene.open()
    run(scene, "call.dial")
    run(scene, "call.callback")
    commit("明天 10:30 本人")
    press(Key.Key_Return, held=Qt.KeyboardModifier.ControlModifier)
    assert scene.place.one("select callback_at from callback")[0] == NOW + DAY + HOUR // 2
    assert scene.place.one("select disposition from attempt")[0] == "2.12a"


def test_a_callback_without_a_call_is_typed_and_saved(scene: Scene) -> None:
    scene.open()
    run(scene, "call.callback")
    commit("明天 10:30 他人")
    press(Key.Key_Return, held=Qt.KeyboardModifier.ControlModifier)
    assert scene.place.one("select with_whom from callback")[0] == "other"


def test_save_keys_do_nothing_while_the_wrap_up_is_not_in_front(scene: Scene) -> None:
    scene.open()
    run(scene, "call.wrap_up")
    press(Key.Key_1)
    scene.go(Route("guide"))
    run(scene, "wrap_up.save_next")
    assert scene.place.count("attempt") == 0


@pytest.mark.parametrize("state", [name for name in STATES if name != "sample"])
@pytest.mark.parametrize("scene", ["zh_CN", "en"], indirect=True)
def test_everything_has_a_name_and_nothing_is_cut(scene: Scene, state: str) -> None:
    window: QWidget = scene.guide.widget
    window.resize(*SIZES["1280"])
    STATES[state](scene)
    for _ in range(6):
        QCoreApplication.processEvents()
    assert unnamed(window) == []
    assert clipped(window) == []


@pytest.mark.parametrize("width", [594, 640, 760, 1100])
def test_the_deadline_stands_whole_at_every_width(scene: Scene, width: int) -> None:
    scene.open()
    run(scene, "call.dial")
    header = scene.guide.widget.findChildren(HeaderBar)[0]
    scene.guide.widget.resize(width + 48, 800)
    QApplication.processEvents()
    state = scene.guide.presenter.state.header
    assert state is not None
    words, _ = countdown(state, NOW, scene.place.session.timezone)
    assert header.line().endswith(f" · {words}")
    assert (state.place in header.line()) == (width > 700)
    assert clipped(header) == []
