"""The settings of this machine: shown as they are, each choice kept at once, nothing else touched."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from agent_app.features.settings.view import SettingsFeature
from agent_app.host.settings import CHOICES, Settings
from agent_app.ui import i18n, theme
from agent_app.ui.accessibility import unnamed
from agent_app.ui.choices import Segments
from tests.agent_app.clipping import clipped

pytestmark = pytest.mark.usefixtures("look")
BEFORE = Settings("zh_CN", "light", "https://huifang.example", "agent01", "geometry", "link")


class Page:
    """The feature in a window of the smallest size over settings in memory."""

    def __init__(self, qtbot: QtBot, settings: Settings = BEFORE) -> None:
        self.settings = settings
        self.feature = SettingsFeature(lambda: self.settings, self.keep)
        self.window: QWidget = self.feature.widget
        qtbot.addWidget(self.window)
        self.window.resize(1280 - 56, 770)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def keep(self, settings: Settings) -> None:
        self.settings = settings

    def choice(self, name: str) -> Segments:
        (found,) = (one for one in self.window.findChildren(Segments) if one.accessibleName() == name)
        return found

    def choose(self, name: str, code: str) -> None:
        """By the mouse, on the segment of this code."""
        segments = self.choice(name)
        segments.set_code(code)
        segments.chosen.emit(code)


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    return Page(qtbot)


def test_what_is_in_force_is_shown(page: Page) -> None:
    shown = [page.choice(name).code() for name in ("语言", "外观", "拨号方式")]
    assert shown == ["zh_CN", "light", "link"]


@pytest.mark.parametrize(
    ("name", "code", "after"),
    [
        ("语言", "en", replace(BEFORE, language="en")),
        ("外观", "dark", replace(BEFORE, theme="dark")),
        ("拨号方式", "hand", replace(BEFORE, dialling="hand")),
    ],
)
def test_a_choice_is_kept_at_once_and_touches_nothing_else(
    page: Page, name: str, code: str, after: Settings
) -> None:
    page.choose(name, code)
    assert page.settings == after


def test_the_look_changes_at_once(page: Page) -> None:
    page.choose("外观", "dark")
    assert theme.colours().dark
    page.choose("外观", "light")
    assert not theme.colours().dark


def test_every_choice_is_one_that_is_read_back(page: Page) -> None:
    for name, field in (("语言", "language"), ("外观", "theme"), ("拨号方式", "dialling")):
        for code in CHOICES[field]:
            page.choice(name).set_code(code)
            assert page.choice(name).code() == code


def test_a_choice_is_made_by_keys_alone(page: Page) -> None:
    page.choice("外观").findChildren(QWidget)[1].setFocus()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Right)
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Space)
    assert page.settings.theme == "dark"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_everything_has_a_name_and_nothing_is_cut(qtbot: QtBot, language: str) -> None:
    i18n.install(language)
    page = Page(qtbot)
    assert unnamed(page.window) == []
    assert clipped(page.window) == []
