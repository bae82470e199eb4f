"""The window: places take and give back the keyboard, keys work from everywhere and are seen to."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from agent_app.ports import KeyBinding
from agent_app.shell.places import Place
from tests.agent_app.shell.conftest import Part, Shell


def test_a_place_gives_the_keyboard_to_its_list_first(shell: Shell) -> None:
    assert QApplication.focusWidget() is shell.rows


def test_a_place_come_back_to_has_the_keyboard_where_it_was(shell: Shell) -> None:
    shell.note.setFocus()
    shell.window.show_place("settings")
    assert QApplication.focusWidget() is shell.setting
    shell.window.show_place("queue")
    assert QApplication.focusWidget() is shell.note


def test_a_place_that_is_shown_already_steals_nothing(shell: Shell) -> None:
    shell.note.setFocus()
    shell.window.show_place("queue")
    assert QApplication.focusWidget() is shell.note


def test_a_key_of_another_place_brings_that_to_the_front_first(shell: Shell) -> None:
    shell.window.show_place("settings")
    shell.press(Qt.Key.Key_F5)
    assert (shell.window.place_shown(), shell.done) == ("queue", ["dial"])


def test_every_place_has_its_number(shell: Shell) -> None:
    asked: list[object] = []
    shell.window.routed.connect(lambda route: asked.append(route.place))
    shell.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert asked == ["settings"]


def test_a_place_without_a_number_is_found_by_its_name(shell: Shell) -> None:
    for number in range(8):
        shell.window.add_place(Place(f"room{number}", "gear-six", f"第 {number} 间", Part(QLineEdit())))
    asked: list[object] = []
    shell.window.routed.connect(lambda route: asked.append(route.place))
    names = [one.title for one in shell.window.shortcuts.listed() if not one.keys]
    assert names == ["第 6 间", "第 7 间"]
    shell.window.shortcuts.run("place.room7")
    assert asked == ["room7"]


def test_an_action_of_a_place_chosen_elsewhere_brings_that_to_the_front_first(shell: Shell) -> None:
    within = KeyBinding("room.new", "Alt+N", "新建", shell.note_down("new"))
    shell.window.add_place(Place("room", "gear-six", "房间", Part(QLineEdit(), within)))
    shell.window.shortcuts.run("room.new")
    assert (shell.window.place_shown(), shell.done) == ("room", ["new"])


def test_a_place_with_the_same_work_shares_its_columns_and_shows_its_own_list(shell: Shell) -> None:
    shell.window.show_place("visits")
    assert shell.window.place_shown() == "visits"
    assert shell.visits.isVisible()
    assert shell.note.isVisible()
    assert not shell.rows.isVisible()
    shell.window.show_place("queue")
    assert shell.rows.isVisible()


def test_a_key_of_shared_work_leaves_the_list_that_is_shown_and_a_key_of_a_list_brings_it(
    shell: Shell,
) -> None:
    shell.window.show_place("visits")
    shell.press(Qt.Key.Key_F5)
    assert (shell.window.place_shown(), shell.done) == ("visits", ["dial"])
    shell.window.show_place("settings")
    shell.press(Qt.Key.Key_F5)
    assert shell.window.place_shown() == "visits"
    shell.press(Qt.Key.Key_F2)
    assert (shell.window.place_shown(), shell.done[-1]) == ("queue", "next")


def test_what_two_places_share_hears_of_everything_once(shell: Shell) -> None:
    features = shell.window.features()
    assert len(features) == len(set(map(id, features))) == 4
