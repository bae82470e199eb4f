"""The articles' room as it is seen and typed into: by keys, every field with a name, nothing cut."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from agent_app.actions.session import DeskSession
from agent_app.features.articles.view import ArticlesFeature
from agent_app.store.changes import StoreChanges
from agent_app.ui.accessibility import unnamed
from agent_app.ui.buttons import Button
from agent_app.ui.fields import TextArea, TextField
from tests.agent_app.clipping import clipped
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.agent_app.features.articles.conftest import CHANGED, PRICE

pytestmark = pytest.mark.usefixtures("look")


class Page:
    def __init__(self, base: Company, qtbot: QtBot) -> None:
        self.base = base
        desk = base.desk(base.organisation.north_lead)
        self.feature = ArticlesFeature(DeskSession(desk, ImmediateWork(), self.tell, TIMEZONE))
        self.window = QWidget()
        qtbot.addWidget(self.window)
        layout = QHBoxLayout(self.window)
        layout.addWidget(self.feature.listing)
        layout.addWidget(self.feature.widget, 1)
        self.window.resize(1100, 760)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def tell(self, changes: StoreChanges) -> None:
        self.feature.on_changed(changes)

    def press(self, action: str) -> None:
        next(one for one in self.feature.shortcuts() if one.action == action).callback()

    def field(self, name: str) -> TextField | TextArea:
        fields: list[TextField | TextArea] = list(self.window.findChildren(TextField))
        fields += self.window.findChildren(TextArea)
        return next(one for one in fields if one.accessibleName() == name)

    def commit(self, name: str, text: str) -> None:
        """Type as an input method does."""
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QCoreApplication.sendEvent(self.field(name), event)

    def words(self) -> list[str]:
        return [one.text() for one in self.window.findChildren(QLabel) if one.isVisible()]

    def button(self, words: str) -> Button:
        return next(one for one in self.window.findChildren(Button) if one.text() == words)


@pytest.fixture
def page(base: Company, qtbot: QtBot) -> Page:
    return Page(base, qtbot)


def test_an_article_is_written_and_saved_by_keys(page: Page) -> None:
    page.press("articles.new")
    assert QApplication.focusWidget() is page.field("标题")
    page.press("articles.save")
    assert page.words().count("必填") == 2
    page.commit("标题", "怎样道歉")
    page.commit("关键词", "道歉，对不起")
    page.commit("话术内容", "先道歉。")
    page.press("articles.save")
    rows = page.base.rows(
        "SELECT title, keywords, body, active FROM article ORDER BY changed_at DESC, id DESC"
    )
    assert ("怎样道歉", '["道歉","对不起"]', "先道歉。", 1) in rows
    assert not page.button("保存").isEnabled()


def test_who_else_wrote_is_named_with_what_stands_now(page: Page, elsewhere: Callable[..., None]) -> None:
    page.feature.open(PRICE)
    page.commit("话术内容", "再说价值。")
    elsewhere(PRICE, body="第三种说法。")
    page.feature.on_changed(CHANGED)
    [told] = [
        one for one in page.window.findChildren(QLabel) if "第三种说法" in one.text() and one.isVisible()
    ]
    assert "话术内容" in told.text()
    page.button("仍保存我的版本").click()
    ((body,),) = page.base.rows("SELECT body FROM article WHERE id = ?", PRICE)
    assert "再说价值。" in str(body)


def test_what_one_types_stays_where_it_is_while_something_arrives(
    page: Page, elsewhere: Callable[..., None]
) -> None:
    page.feature.open(PRICE)
    page.commit("话术内容", "再说价值。")
    area = page.field("话术内容")
    assert isinstance(area, TextArea)
    place = area.textCursor().position()
    elsewhere(PRICE, title="价格太高")
    page.feature.on_changed(CHANGED)
    assert page.field("标题").text() == "价格太高"
    assert area.textCursor().position() == place


def test_everything_has_a_name_and_nothing_is_cut(page: Page, elsewhere: Callable[..., None]) -> None:
    page.feature.open(PRICE)
    page.commit("话术内容", "再说价值。")
    elsewhere(PRICE, body="第三种说法。")
    page.feature.on_changed(CHANGED)
    for _ in range(6):
        QCoreApplication.processEvents()
    assert unnamed(page.window) == []
    assert clipped(page.window) == []
