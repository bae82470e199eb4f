"""The settings of this machine: shown as they are, each choice kept at once, nothing else touched."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from agent_app.actions.session import DeskSession
from agent_app.features.settings.view import SettingsFeature
from agent_app.host.settings import CHOICES, Settings
from agent_app.ui import i18n, theme
from agent_app.ui.accessibility import unnamed
from agent_app.ui.buttons import Button
from agent_app.ui.choices import Segments
from agent_app.ui.fields import TextField
from agent_app.ui.labels import Paragraph
from server_sync.domain.errors import ErrorKind, KnownError
from tests.agent_app.clipping import clipped
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company

pytestmark = pytest.mark.usefixtures("look")
BEFORE = Settings("zh_CN", "light", "https://huifang.example", "agent01", "geometry", "link")


class Calendars:
    """A server's part: counts the addresses up, or is not there."""

    def __init__(self) -> None:
        self.made = 0
        self.trouble: KnownError | None = None

    def make_calendar(self) -> str:
        self._ask()
        self.made += 1
        return f"https://huifang.example/calendar/{self.made}.ics"

    def end_calendar(self) -> None:
        self._ask()

    def _ask(self) -> None:
        if self.trouble is not None:
            raise self.trouble


class Page:
    """The feature in a window of the smallest size over settings in memory."""

    def __init__(self, qtbot: QtBot, session: DeskSession, settings: Settings = BEFORE) -> None:
        self.settings = settings
        self.calendars = Calendars()
        self.feature = SettingsFeature(lambda: self.settings, self.keep, session, self.calendars)
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

    def press(self, name: str) -> None:
        (button,) = (one for one in self.window.findChildren(Button) if one.text() == name)
        button.click()

    def address(self) -> str:
        (found,) = (one for one in self.window.findChildren(TextField) if one.accessibleName() == "日历地址")
        return found.text() if found.isVisible() else ""

    def said(self) -> str:
        return "\n".join(one.text() for one in self.window.findChildren(Paragraph))


@pytest.fixture
def session(company: Company, work: ImmediateWork) -> DeskSession:
    return company.session(company.organisation.north_agents[0], work)


@pytest.fixture
def page(qtbot: QtBot, session: DeskSession) -> Page:
    return Page(qtbot, session)


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
def test_everything_has_a_name_and_nothing_is_cut(qtbot: QtBot, session: DeskSession, language: str) -> None:
    i18n.install(language)
    page = Page(qtbot, session)
    assert unnamed(page.window) == []
    assert clipped(page.window) == []


def test_a_private_calendar_address_is_made_copied_and_ended(page: Page) -> None:
    assert page.address() == ""
    page.press("生成私有地址")
    assert page.address() == "https://huifang.example/calendar/1.ics"
    page.press("复制")
    assert QApplication.clipboard().text() == page.address()
    page.press("停用地址")
    assert page.address() == ""
    assert "地址已停用" in page.said()


def test_without_the_server_no_address_is_shown_and_why_is_said(page: Page) -> None:
    page.calendars.trouble = KnownError(ErrorKind.OFFLINE)
    before = page.said()
    page.press("生成私有地址")
    assert page.address() == ""
    assert page.said() != before
