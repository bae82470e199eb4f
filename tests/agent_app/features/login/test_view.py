"""The sign-in page as it is drawn: nothing is cut, everything has a name, keys are enough."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent_app.features.login.state import Credentials, LoginState
from agent_app.features.login.view import LoginView
from agent_app.ui import i18n, theme
from agent_app.ui.accessibility import unnamed
from agent_app.ui.feedback import Banner
from agent_app.ui.fields import TextField
from agent_app.ui.theme import SchemeChoice
from server_sync.domain.errors import ErrorKind
from tests.agent_app.clipping import clipped

EMPTY = LoginState("", "")
KNOWN = LoginState("https://huifang.example", "agent01")
ASKED = replace(KNOWN, earlier_asked=True, wrong_field="earlier_password")


@pytest.fixture(params=["zh_CN", "en"])
def page(request: pytest.FixtureRequest, qapp: QApplication, qtbot: QtBot) -> Iterator[LoginView]:
    """The page at the smallest size of the window, in Chinese and in English."""
    i18n.install(request.param)
    theme.install(qapp, SchemeChoice.LIGHT, request.param)
    view = LoginView()
    qtbot.addWidget(view)
    view.resize(1280, 800)
    view.render_state(EMPTY)
    view.show()
    yield view
    i18n.install("zh_CN")


def editors(page: LoginView) -> list[TextField]:
    return [editor for editor in page.findChildren(TextField) if editor.isVisible()]


def said(page: LoginView) -> str:
    (banner,) = page.findChildren(Banner)
    return banner.words() if banner.isVisible() else ""


@pytest.mark.parametrize(
    "state",
    [
        KNOWN,
        ASKED,
        replace(ASKED, error=ErrorKind.PASSPHRASE_WRONG),
        replace(KNOWN, error=ErrorKind.OFFLINE, wrong_field="server"),
        replace(KNOWN, error=ErrorKind.STORE_KEY_MISSING),
        replace(EMPTY, error=ErrorKind.FIELD_MISSING, error_values={"field": "login"}, wrong_field="login"),
    ],
)
def test_nothing_is_cut_whatever_is_said(page: LoginView, qtbot: QtBot, state: LoginState) -> None:
    page.render_state(state)
    qtbot.wait(1)
    assert clipped(page) == []


def test_a_field_does_not_grow_when_the_focus_comes(page: LoginView, qtbot: QtBot) -> None:
    page.render_state(KNOWN)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    qtbot.wait(1)
    assert len({editor.sizeHint().height() for editor in editors(page)}) == 1


def test_everything_that_takes_the_focus_has_a_spoken_name(page: LoginView) -> None:
    page.render_state(ASKED)
    assert unnamed(page) == []


def test_the_cursor_stands_where_something_is_missing(page: LoginView, qtbot: QtBot) -> None:
    server, login, password = editors(page)
    for state, wanted in ((EMPTY, server), (replace(EMPTY, server="s"), login), (KNOWN, password)):
        page.render_state(state)
        qtbot.waitUntil(wanted.hasFocus)


def test_tab_goes_from_top_to_bottom_and_enter_submits_from_anywhere(page: LoginView, qtbot: QtBot) -> None:
    heard: list[Credentials] = []
    page.submitted.connect(heard.append)
    page.render_state(ASKED)
    for editor, text in zip(editors(page), "slpe", strict=True):
        editor.setText(text)
    editors(page)[0].setFocus()
    qtbot.waitUntil(editors(page)[0].hasFocus)
    for editor in editors(page):
        assert editor.hasFocus()
        QTest.keyClick(editor, Qt.Key.Key_Return)
        QTest.keyClick(editor, Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Return)
    assert heard == [Credentials("s", "l", "p", "e")] * 5


def test_passwords_are_hidden(page: LoginView) -> None:
    page.render_state(ASKED)
    hidden = [editor.echoMode() == TextField.EchoMode.Password for editor in editors(page)]
    assert hidden == [False, False, True, True]


def test_what_is_typed_is_never_overwritten_by_a_state(page: LoginView) -> None:
    server, login, _ = editors(page)
    server.setText("typed")
    page.render_state(KNOWN)
    assert (server.text(), login.text()) == ("typed", "agent01")


def test_while_the_server_is_asked_nothing_can_be_typed_or_pressed(page: LoginView) -> None:
    page.render_state(replace(KNOWN, busy=True))
    assert not any(editor.isEnabled() for editor in editors(page))
    page.render_state(KNOWN)
    assert all(editor.isEnabled() for editor in editors(page))


def test_the_earlier_password_appears_with_an_explanation_only_when_it_is_asked_for(page: LoginView) -> None:
    page.render_state(KNOWN)
    assert (len(editors(page)), said(page)) == (3, "")
    page.render_state(ASKED)
    assert len(editors(page)) == 4
    assert said(page)
    page.render_state(replace(KNOWN, busy=True))
    assert (len(editors(page)), said(page)) == (3, "")


def test_away_on_an_unknown_computer_is_not_called_working_offline(page: LoginView) -> None:
    page.render_state(replace(KNOWN, error=ErrorKind.OFFLINE, wrong_field="server"))
    assert "here" not in said(page)
    assert said(page) == i18n.translate(
        "Login",
        "The server cannot be reached, and you have not signed in on this computer before. Please check the"
        " address and the network.",
    )


def test_an_empty_field_is_marked_for_eye_and_ear(page: LoginView) -> None:
    page.render_state(
        replace(EMPTY, error=ErrorKind.FIELD_MISSING, error_values={"field": "login"}, wrong_field="login")
    )
    server, login, _ = editors(page)
    assert (login.property("invalid"), server.property("invalid")) == (True, False)
    assert login.accessibleDescription()
    assert said(page) == ""
