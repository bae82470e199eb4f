"""The knowledge panel with the keyboard: found, read, and back to the very place that one came from."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from agent_app.ui.accessibility import unnamed
from agent_app.ui.fields import SearchField
from agent_app.ui.row_views import RowList
from tests.agent_app.clipping import clipped
from tests.agent_app.features.call_gallery import SIZES
from tests.agent_app.features.knowledge.scene import LookingUp
from tests.agent_app.features.workplace import Workplace

pytestmark = pytest.mark.usefixtures("look")

Key = Qt.Key


@pytest.fixture
def scene(place: Workplace, qtbot: QtBot) -> LookingUp:
    made = LookingUp(place)
    for panel in (made.knowledge.widget, made.wrap_up.widget, made.callback.widget, made.guide.widget):
        qtbot.addWidget(panel)
    made.guide.widget.resize(*SIZES["1280"])
    made.guide.widget.show()
    made.guide.widget.activateWindow()
    made.open()
    return made


def press(key: Qt.Key, text: str = "") -> None:
    target = QApplication.focusWidget()
    assert target is not None
    if text:
        QTest.keyClicks(target, text)
    else:
        QTest.keyClick(target, key)
    for _ in range(4):
        QCoreApplication.processEvents()


def words(scene: LookingUp) -> str:
    labels = scene.knowledge.widget.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


def chosen(scene: LookingUp) -> str:
    (found,) = scene.knowledge.widget.findChildren(RowList)
    at = found.chosen()
    return next(one.title for one in scene.knowledge.presenter.state.found if one.id == at)


def test_m5_11_one_types_reads_and_is_back_where_one_was(scene: LookingUp) -> None:
    scene.answer("opening/received", "yes")
    press(Key.Key_Tab)
    before = QApplication.focusWidget()
    assert before is not None
    scene.ask()
    assert isinstance(QApplication.focusWidget(), SearchField)
    press(Key.Key_unknown, "dymh")
    assert chosen(scene) == "打印模糊怎么办"
    press(Key.Key_Return)
    assert "省墨" in words(scene)
    press(Key.Key_Escape)
    assert not scene.knowledge.widget.isVisible()
    assert QApplication.focusWidget() is before


def test_arrows_choose_while_the_line_keeps_the_keyboard(scene: LookingUp) -> None:
    scene.ask()
    first = chosen(scene)
    press(Key.Key_Down)
    assert chosen(scene) != first
    assert isinstance(QApplication.focusWidget(), SearchField)
    press(Key.Key_Return)
    assert scene.knowledge.presenter.state.opened is not None
    press(Key.Key_unknown, "a")
    assert scene.knowledge.presenter.state.opened is None


def test_what_is_not_there_says_so_and_asked_again_it_begins_anew(scene: LookingUp) -> None:
    scene.ask()
    press(Key.Key_unknown, "zzzz")
    assert "没有找到" in words(scene)
    press(Key.Key_Return)
    assert scene.knowledge.presenter.state.opened is None
    press(Key.Key_Escape)
    scene.ask()
    assert scene.knowledge.presenter.state.text == ""
    assert "没有找到" not in words(scene)


def test_the_panel_has_all_the_room_below_the_customers_name(scene: LookingUp) -> None:
    scene.ask()
    panel, column = scene.knowledge.widget, scene.guide.widget
    assert panel.geometry().bottom() == column.rect().bottom()


def test_nothing_is_cut_and_everything_has_a_name(scene: LookingUp) -> None:
    scene.ask()
    assert unnamed(scene.knowledge.widget) == []
    assert clipped(scene.knowledge.widget) == []
    press(Key.Key_Return)
    assert clipped(scene.knowledge.widget) == []
