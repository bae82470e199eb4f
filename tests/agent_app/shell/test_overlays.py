"""What is laid over the window: keys sheet and palette have the keyboard to themselves and give it back."""

from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLineEdit, QListView, QScrollArea, QWidget

from agent_app.actions.session import DeskSession
from agent_app.ports import KeyBinding, Route, Work
from agent_app.shell.keys_sheet import KeysSheet
from agent_app.shell.palette import Palette
from agent_app.shell.places import Place
from agent_app.store import search_terms
from agent_app.ui.labels import KeyCap
from agent_app.ui.shortcuts import Listed
from tests.agent_app.clipping import clipped
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.deferred import DeferredWork
from tests.agent_app.features.workplace import Workplace
from tests.agent_app.shell.conftest import Part, Shell

Key = Qt.Key
T = TypeVar("T")
W = TypeVar("W", bound=QWidget)


@pytest.fixture
def routes() -> list[Route]:
    return []


def palette_over(shell: Shell, place: Workplace, work: Work, routes: list[Route]) -> Palette:
    """The palette of the window, on the store of an agent with one customer 客户 A."""
    with place.company.store.write() as connection:
        search_terms.index_portion(connection)
    session = DeskSession(place.session.desk, work, place.company.told.append, place.session.timezone)
    return Palette(shell.window, session, routes.append)


@pytest.fixture
def palette(shell: Shell, place: Workplace, work: ImmediateWork, routes: list[Route]) -> Palette:
    return palette_over(shell, place, work, routes)


def type_in(text: str) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QCoreApplication.sendEvent(target, event)


def the(parent: QWidget, kind: type[W]) -> W:
    """The one widget of its kind."""
    (found,) = parent.findChildren(kind)
    return found


def lines(palette: Palette) -> list[str]:
    model = the(palette, QListView).model()
    return [str(model.data(model.index(place, 0))) for place in range(model.rowCount())]


def test_the_palette_has_the_keyboard_and_gives_it_back(shell: Shell, palette: Palette) -> None:
    shell.note.setFocus()
    palette.ask()
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    assert QApplication.focusWidget() is not shell.note
    type_in("客户")
    shell.press(Key.Key_Escape)
    assert palette.isHidden()
    assert QApplication.focusWidget() is shell.note


def test_no_key_reaches_what_lies_beneath(shell: Shell, palette: Palette) -> None:
    palette.ask()
    shell.press(Key.Key_F5)
    shell.press(Key.Key_Tab)
    shell.press(Key.Key_F2)
    assert (shell.done, palette.isVisible()) == ([], True)


def test_actions_are_found_by_words_and_by_key_while_one_types(shell: Shell, palette: Palette) -> None:
    palette.ask()
    assert len(lines(palette)) > 2
    type_in("拨打")
    assert len(lines(palette)) == 1
    shell.press(Key.Key_Return)
    assert (shell.done, palette.isHidden()) == (["dial"], True)
    palette.ask()
    type_in("f2")
    shell.press(Key.Key_Return)
    assert shell.done == ["dial", "next"]


def test_what_is_called_just_so_stands_first(shell: Shell, palette: Palette) -> None:
    shell.window.add_place(Place("search", "path", "拨", Part(QLineEdit())))
    palette.ask()
    type_in("拨")
    assert [one.partition(" · ")[0] for one in lines(palette)] == ["拨", "拨打"]


def test_enter_before_the_answer_waits_for_it(shell: Shell, routes: list[Route], place: Workplace) -> None:
    work = DeferredWork()
    palette = palette_over(shell, place, work, routes)
    palette.ask()
    type_in("1234")
    shell.press(Key.Key_Return)
    assert (routes, palette.isVisible()) == ([], True)
    work.finish()
    assert (routes, palette.isHidden()) == ([Route("task", place.task.row_id)], True)


def test_what_nobody_has_is_said(shell: Shell, palette: Palette) -> None:
    palette.ask()
    type_in("没有这个人")
    assert lines(palette) == []
    shell.press(Key.Key_Return)
    assert palette.isVisible()
    assert clipped(palette) == []


def test_any_key_closes_the_sheet_and_does_nothing_else(shell: Shell) -> None:
    shell.note.setFocus()
    shell.window.show_keys()
    sheet = the(shell.window, KeysSheet)
    assert sheet.isVisible()
    shell.press(Key.Key_Shift)
    assert sheet.isVisible()
    shell.press(Key.Key_F5)
    assert (sheet.isHidden(), shell.done) == (True, [])
    assert QApplication.focusWidget() is shell.note


def test_more_keys_than_the_window_has_room_for_are_scrolled_and_none_is_squashed(shell: Shell) -> None:
    shell.window.resize(1280, 800)
    sheet = the(shell.window, KeysSheet)
    sheet.show_keys(
        [
            Listed(f"{group}{n}", f"动作 {n}", f"组 {group}", f"F{n}", True)
            for group in range(13)
            for n in range(7)
        ]
    )
    QCoreApplication.processEvents()
    assert all(cap.height() >= cap.sizeHint().height() for cap in sheet.findChildren(KeyCap))
    assert sheet.rect().contains(sheet.childrenRect())
    bar = the(sheet, QScrollArea).verticalScrollBar()
    shell.press(Key.Key_End)
    assert (sheet.isVisible(), bar.value()) == (True, bar.maximum())
    assert bar.maximum() > 0
    shell.press(Key.Key_F5)
    assert (sheet.isHidden(), shell.done) == (True, [])


def test_a_group_of_keys_stays_together(shell: Shell) -> None:
    sheet = the(shell.window, KeysSheet)
    groups = {"队列": 2, "通话": 7, "导航": 3, "窗口": 6}
    sheet.show_keys(
        [
            Listed(f"{group}{n}", f"动作 {n}", group, f"F{n}", True)
            for group, count in groups.items()
            for n in range(count)
        ]
    )
    columns = [_caps(grid) for grid in sheet.findChildren(QGridLayout)]
    assert sorted(columns) == [9, 9]
    assert clipped(sheet) == []


def _caps(grid: QGridLayout) -> int:
    items = [grid.itemAt(place) for place in range(grid.count())]
    return sum(item is not None and isinstance(item.widget(), KeyCap) for item in items)


def test_actions_without_a_key_are_in_the_palette_alone(shell: Shell, palette: Palette) -> None:
    shell.window.bind([KeyBinding("look.dark", "", "外观：深色", shell.note_down("dark"))], "设置")
    palette.ask()
    type_in("深色")
    shell.press(Key.Key_Return)
    assert shell.done == ["dark"]
