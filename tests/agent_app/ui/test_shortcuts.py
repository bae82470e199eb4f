"""Keys: conflicts are refused, scopes hold, and nothing fires while an input method composes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from agent_app.ui.shortcuts import KeyTaken, ShortcutMap, shown

pytestmark = pytest.mark.usefixtures("look")


class Desk:
    """A window with two halves, a field in each, and a note of what was done."""

    def __init__(self, qtbot: QtBot) -> None:
        self.bot = qtbot
        self.window = QWidget()
        self.left, self.right = QWidget(), QWidget()
        self.fields = (QLineEdit(), QLineEdit())
        outer = QVBoxLayout(self.window)
        for half, field in zip((self.left, self.right), self.fields, strict=True):
            QVBoxLayout(half).addWidget(field)
            outer.addWidget(half)
        qtbot.addWidget(self.window)
        self.done: list[str] = []
        self.keys = ShortcutMap(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is self.window)
        self.fields[0].setFocus()

    def bind(self, action: str, keys: str, scope: QWidget | None = None) -> None:
        self.keys.register(action, keys, lambda: self.done.append(action), title=action, scope=scope)

    def press(self, key: Qt.Key) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_a_key_does_its_action_wherever_the_focus_is(desk: Desk) -> None:
    desk.bind("dial", "F5")
    desk.press(Qt.Key.Key_F5)
    desk.fields[1].setFocus()
    desk.press(Qt.Key.Key_F5)
    assert desk.done == ["dial", "dial"]


def test_no_key_fires_while_an_input_method_composes(desk: Desk) -> None:
    desk.bind("dial", "F5")
    QApplication.sendEvent(desk.fields[0], QInputMethodEvent("ni hao", []))
    desk.press(Qt.Key.Key_F5)
    assert desk.done == []
    committed = QInputMethodEvent("", [])
    committed.setCommitString("你好")
    QApplication.sendEvent(desk.fields[0], committed)
    desk.press(Qt.Key.Key_F5)
    assert desk.done == ["dial"]


def test_keys_that_edit_no_text_do_nothing_at_all_while_an_input_method_composes(desk: Desk) -> None:
    seen: list[int] = []

    class Watcher(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                seen.append(event.key())
            return False

    watcher = Watcher()
    desk.left.installEventFilter(watcher)
    QApplication.sendEvent(desk.fields[0], QInputMethodEvent("ni hao", []))
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_F5):
        desk.press(key)
    assert seen == []
    QApplication.sendEvent(desk.fields[0], QInputMethodEvent("", []))
    desk.press(Qt.Key.Key_Escape)
    assert seen == [Qt.Key.Key_Escape]


def test_leaving_the_field_ends_the_composition(desk: Desk) -> None:
    desk.bind("dial", "F5")
    QApplication.sendEvent(desk.fields[0], QInputMethodEvent("ni hao", []))
    desk.fields[1].setFocus()
    desk.press(Qt.Key.Key_F5)
    assert desk.done == ["dial"]


def test_a_scoped_key_works_only_within_its_scope(desk: Desk) -> None:
    desk.bind("left", "F8", desk.left)
    desk.bind("right", "F8", desk.right)
    desk.press(Qt.Key.Key_F8)
    desk.fields[1].setFocus()
    desk.press(Qt.Key.Key_F8)
    assert desk.done == ["left", "right"]


def test_two_actions_of_one_scope_cannot_have_one_key(desk: Desk) -> None:
    desk.bind("dial", "F5")
    with pytest.raises(KeyTaken) as taken:
        desk.bind("refresh", "F5", desk.left)
    assert (taken.value.wanted_by, taken.value.held_by) == ("refresh", "dial")
    with pytest.raises(ValueError, match="registered already"):
        desk.bind("dial", "F6")


def test_a_key_can_be_changed_and_a_taken_one_is_refused(desk: Desk) -> None:
    desk.bind("dial", "F5")
    desk.bind("hang_up", "F6")
    desk.keys.rebind("dial", "F10")
    desk.press(Qt.Key.Key_F5)
    desk.press(Qt.Key.Key_F10)
    assert desk.done == ["dial"]
    with pytest.raises(KeyTaken):
        desk.keys.rebind("dial", "F6")
    assert desk.keys.keys_of("dial") == "F10"


def test_a_disabled_or_forgotten_action_does_nothing(desk: Desk) -> None:
    desk.bind("dial", "F5")
    desk.keys.set_enabled("dial", False)
    desk.press(Qt.Key.Key_F5)
    desk.keys.run("dial")
    desk.keys.set_enabled("dial", True)
    desk.keys.run("dial")
    desk.keys.forget("dial")
    desk.press(Qt.Key.Key_F5)
    assert desk.done == ["dial"]
    desk.bind("refresh", "F5")


def test_every_action_is_listed_with_its_key(desk: Desk) -> None:
    desk.bind("dial", "F5")
    desk.bind("about", "")
    assert [(line.action, line.keys, line.enabled) for line in desk.keys.listed()] == [
        ("dial", "F5", True),
        ("about", "", True),
    ]


@pytest.mark.parametrize(
    ("keys", "cap"), [("F6", "F6"), ("Ctrl+K", "Ctrl K"), ("Ctrl+Return", "Ctrl ↵"), ("Shift+Return", "⇧ ↵")]
)
def test_keys_are_shown_as_on_the_keyboard(keys: str, cap: str) -> None:
    assert shown(keys) == cap
