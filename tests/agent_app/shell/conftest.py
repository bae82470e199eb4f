"""A window of the shell with two places, whose features note what they are asked."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from agent_app.ports import KeyBinding
from agent_app.shell.main_window import MainWindow
from agent_app.shell.places import Place
from agent_app.shell.status_bar import StatusBar
from agent_app.store.changes import StoreChanges
from agent_app.ui import i18n, theme
from agent_app.ui.theme import SchemeChoice
from tests.agent_app.features.workplace import Workplace, guide_xform, open_workplace


class Part:
    """A feature with one thing that takes the keyboard, and its keys."""

    def __init__(self, thing: QWidget, *bindings: KeyBinding) -> None:
        self.thing = thing
        self._widget = QWidget()
        QVBoxLayout(self._widget).addWidget(thing)
        self._bindings = bindings

    @property
    def widget(self) -> QWidget:
        return self._widget

    def open(self, item: bytes | None, detail: object = None) -> None:
        """Nothing to show."""

    def on_changed(self, changes: StoreChanges) -> None:
        """Nothing to read."""

    def on_tick(self, now: int) -> None:
        """Nothing counts down."""

    def shortcuts(self) -> Sequence[KeyBinding]:
        return self._bindings


@dataclass
class Shell:
    """The window, what was done by its keys, and the things in it that take the keyboard."""

    window: MainWindow
    rows: QListWidget
    note: QLineEdit
    setting: QLineEdit
    visits: QListWidget
    done: list[str] = field(default_factory=list)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        focused = QApplication.focusWidget()
        assert focused is not None, "nothing has the keyboard"
        QTest.keyClick(focused, key, held)

    def note_down(self, what: str) -> Callable[[], object]:
        """A callback that remembers that it was called."""
        return lambda: self.done.append(what)


@pytest.fixture
def shell(qapp: QApplication, qtbot: QtBot) -> Iterator[Shell]:
    """A queue with a list and a call, a page of settings, and visits beside the same call; the queue is at the
    front."""
    i18n.install("zh_CN")
    theme.install(qapp, SchemeChoice.LIGHT, "zh_CN")
    window = MainWindow("回访", StatusBar())
    qtbot.addWidget(window)
    made = Shell(window, QListWidget(), QLineEdit(), QLineEdit(), QListWidget())
    made.rows.addItems(["甲", "乙"])
    listing = Part(made.rows, KeyBinding("queue.next", "F2", "下一位", made.note_down("next")))
    call = Part(made.note, KeyBinding("call.dial", "F5", "拨打", made.note_down("dial")))
    window.add_place(Place("queue", "list-bullets", "队列", call, listing, work_title="通话"))
    window.add_place(Place("settings", "gear-six", "设置", Part(made.setting), at_bottom=True))
    window.add_place(Place("visits", "map-pin", "走访", call, Part(made.visits)))
    window.show()
    window.show_place("queue")
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    yield made
    i18n.install("zh_CN")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    """An agent's store with one customer."""
    made = open_workplace(tmp_path, guide_xform())
    yield made
    made.company.store.close()
