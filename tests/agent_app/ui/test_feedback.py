"""Banners, the undo bar, dialogs: what they tell their owners."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from agent_app.ui.buttons import Button
from agent_app.ui.dialogs import DialogService, Question
from agent_app.ui.feedback import Banner, UndoBar
from agent_app.ui.fields import TextField
from agent_app.ui.tokens import SIZES, Tone

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.resize(800, 600)
    shown.show()
    yield shown
    for dialog in shown.findChildren(QDialog):
        dialog.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press(parent: QWidget, words: str) -> None:
    (button,) = (b for b in parent.findChildren(Button) if b.text() == words)
    button.click()


def test_a_banner_shows_only_while_it_has_something_to_say(window: QWidget) -> None:
    banner = Banner(window)
    assert not banner.isVisibleTo(window)
    banner.say("离线：照常工作。", Tone.WARNING, action="再试一次")
    assert banner.isVisibleTo(window)
    heard: list[str] = []
    banner.acted.connect(lambda: heard.append("acted"))
    press(banner, "再试一次")
    assert heard == ["acted"]
    banner.say("")
    assert not banner.isVisibleTo(window)


@pytest.fixture
def bar(window: QWidget) -> Iterator[tuple[UndoBar, list[tuple[str, object]]]]:
    made = UndoBar(window)
    heard: list[tuple[str, object]] = []
    made.undone.connect(lambda token: heard.append(("undone", token)))
    made.expired.connect(lambda token: heard.append(("expired", token)))
    yield made, heard
    made.undo()


def test_an_offer_is_undone_once(bar: tuple[UndoBar, list[tuple[str, object]]]) -> None:
    undo, heard = bar
    undo.offer("已改派 3 条", "batch")
    press(undo, "撤销")
    undo.undo()
    assert heard == [("undone", "batch")]
    assert not undo.isVisible()


def test_a_new_offer_lets_the_old_one_expire(bar: tuple[UndoBar, list[tuple[str, object]]]) -> None:
    undo, heard = bar
    undo.offer("已改派 3 条", "first")
    undo.offer("已取消 1 条", "second")
    assert heard == [("expired", "first")]


def test_an_offer_expires_by_itself_after_eight_seconds(
    qtbot: QtBot, window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert SIZES.undo_ms == 8_000
    undo = UndoBar(window)
    undo._time.setInterval(1)
    with qtbot.waitSignal(undo.expired) as told:
        undo.offer("已改派 3 条", "batch")
    assert told.args == ["batch"]


def test_the_bar_stays_at_the_bottom_of_a_window_that_is_resized(
    window: QWidget, bar: tuple[UndoBar, list[tuple[str, object]]]
) -> None:
    undo, _ = bar
    undo.offer("已改派 3 条", "batch")
    window.resize(1000, 700)
    QApplication.processEvents()
    assert window.rect().contains(undo.geometry())
    assert undo.geometry().bottom() > 600


def test_a_confirmed_question_hands_over_what_was_typed(window: QWidget) -> None:
    heard: list[str] = []
    service = DialogService(window)
    service.ask(Question("解除免打扰", "该客户曾明确拒绝。", "解除", asks_for="原因"), heard.append)
    (dialog,) = window.findChildren(QDialog)
    field = dialog.findChildren(TextField)[0]
    field.setText(" 客户来电同意 ")
    press(dialog, "解除")
    assert heard == ["客户来电同意"]


def test_a_cancelled_question_does_nothing(window: QWidget) -> None:
    heard: list[str] = []
    DialogService(window).ask(Question("删除草稿", "不能撤销。", "删除", danger=True), heard.append)
    (dialog,) = window.findChildren(QDialog)
    focused = dialog.focusWidget()
    assert isinstance(focused, Button)
    assert focused.text() == "取消"
    press(dialog, "取消")
    assert heard == []
