"""The conflicts room as it is drawn: read, gone through by keys, nothing cut, no stray window."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from agent_app.actions.session import DeskSession
from agent_app.features.conflicts.view import ConflictsFeature
from agent_app.features.conflicts.view.comparison import MarkedText
from agent_app.ports import Route
from agent_app.shell.main_window import MainWindow
from agent_app.shell.places import Place
from agent_app.shell.status_bar import StatusBar
from agent_app.store.changes import StoreChanges
from agent_app.ui.accessibility import unnamed
from agent_app.ui.buttons import Button
from agent_app.ui.feedback import Banner
from agent_app.ui.labels import Badge
from agent_app.ui.row_views import RowList
from tests.agent_app.clipping import clipped
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.agent_app.features.conflicts.room import Room
from tests.agent_app.windows import opened_windows

pytestmark = pytest.mark.usefixtures("look")
CHANGED = StoreChanges(frozenset({"conflict", "team_conflict"}), frozenset(), "sync")


class Page:
    """The room in the smallest window."""

    def __init__(self, company: Company, qtbot: QtBot, *, leads: bool) -> None:
        self.company, self.room = company, Room(company)
        self.routes: list[Route] = []
        self.feature: ConflictsFeature | None = None
        session = DeskSession(
            company.desk(self.room.actor(leads=leads)), ImmediateWork(), self.tell, TIMEZONE
        )
        self.feature = feature = ConflictsFeature(session, self.routes.append)
        self.window = MainWindow("回访", StatusBar())
        self.window.add_place(Place("conflicts", "git-merge", "冲突", feature.detail, feature.listing))
        self.window.show_place("conflicts")
        qtbot.addWidget(self.window)
        self.window.resize(1280, 800)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def tell(self, changes: StoreChanges = CHANGED) -> None:
        assert self.feature is not None
        self.feature.detail.on_changed(changes)
        settle()

    def words(self) -> str:
        room = self.part()
        labels = [label.text() for label in room.findChildren(QLabel) if label.isVisible()]
        marked = [one.accessibleName() for one in room.findChildren(MarkedText)]
        return "\n".join(labels + marked + [badge.words() for badge in room.findChildren(Badge)])

    def part(self) -> QWidget:
        assert self.feature is not None
        return self.feature.detail.widget

    def button(self, words: str) -> Button | None:
        settle()
        found = [one for one in self.part().findChildren(Button) if one.isVisible() and one.text() == words]
        return found[0] if found else None

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key, where the keyboard is."""
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, held)
        settle()


def settle() -> None:
    for _ in range(3):
        QCoreApplication.processEvents()


Open = Callable[[bool], Page]


@pytest.fixture
def opened(company: Company, qtbot: QtBot) -> Open:
    return lambda leads: Page(company, qtbot, leads=leads)


@pytest.fixture
def page(opened: Open) -> Page:
    return opened(False)


@pytest.fixture
def lead(opened: Open) -> Page:
    return opened(True)


def test_without_entries_the_room_says_so(page: Page) -> None:
    assert "都已被接受" in page.words()
    page.room.own(page.room.note())
    page.tell()
    assert "都已被接受" not in page.words()


def test_an_entry_says_what_it_was_why_it_was_refused_and_what_now_stands(page: Page) -> None:
    told = page.room.told("note", "周末不便", "只接受短信", "周末不便接听,请打手机")
    page.room.own(page.room.field("note", "周末不便", "只接受短信"), "field_conflict", values=told)
    page.tell()
    words = page.words()
    for part in ("未被接受", "客户 A", "基准", "周末不便", "我的", "只接受短信", "坐席 04", "请打手机"):
        assert part in words


def test_a_merged_entry_is_read_and_its_value_can_be_pressed(page: Page) -> None:
    values = page.room.told("city", "杭州", "绍兴", "宁波") | {"merged": ["city"]}
    page.room.own(page.room.field("city", "杭州", "绍兴"), "merged", status="merged", values=values)
    page.tell()
    assert "以较晚的修改为准" in page.words()
    assert page.button("已阅") is not None
    again = page.button("重新提交")
    assert again is not None
    again.click()
    settle()
    assert page.company.rows("SELECT city FROM customer") == [("绍兴",)]


@pytest.mark.parametrize("leads", [False, True])
def test_everything_has_a_name_and_nothing_is_cut(opened: Open, leads: bool) -> None:
    page = opened(leads)
    assert clipped(page.part()) == []
    page.room.fill()
    page.room.own(page.room.note("很长的备注" * 60))
    page.tell()
    assert page.feature is not None
    presenter = page.feature.detail.presenter
    for entry in presenter.state.entries:
        presenter.on_chosen(entry.id)
        presenter.on_edit_asked()
        settle()
        for column in (page.part(), page.feature.listing):
            assert (unnamed(column), clipped(column)) == ([], []), entry.command


def test_the_list_is_gone_through_by_keys_alone(page: Page) -> None:
    for text in ("一", "二", "三"):
        page.room.own(page.room.note(text))
    page.tell()
    assert page.feature is not None
    (rows,) = page.feature.listing.findChildren(RowList)
    rows.setFocus()
    page.key(Qt.Key.Key_Down)
    assert "二" in page.words()
    page.key(Qt.Key.Key_Return)
    again = page.button("重新提交")
    assert again is not None
    assert again.hasFocus(), "Enter goes on to what can be done"
    page.key(Qt.Key.Key_Return)
    assert page.company.rows("SELECT text FROM activity") == [("二",)]
    assert "一" in page.words(), "the entry that took the place"
    page.key(Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    page.key(Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    assert page.company.rows("SELECT count(*) FROM conflict WHERE settled_at IS NULL") == [(0,)]


def test_it_is_written_otherwise_and_sent_by_keys(page: Page) -> None:
    page.room.own(page.room.note("喜欢上午"))
    page.tell()
    page.part().setFocus()
    page.key(Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QPlainTextEdit)
    assert editor.toPlainText() == "喜欢上午"
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    page.key(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    assert page.company.rows("SELECT text FROM activity") == [("喜欢上",)]


def test_what_comes_in_takes_neither_keyboard_nor_what_is_typed(page: Page) -> None:
    page.room.own(page.room.note("一"))
    page.tell()
    note = next(one for one in page.part().findChildren(QPlainTextEdit) if one.isVisible())
    note.setFocus()
    note.setPlainText("请看")
    page.room.own(page.room.note("二"))
    page.tell()
    assert note.hasFocus()
    assert note.toPlainText() == "请看"
    hand = page.button("转交主管")
    assert hand is not None
    hand.click()
    settle()
    assert page.company.rows("SELECT note FROM team_conflict") == [("请看",)]
    assert note.toPlainText() == "", "the next entry is another matter"


def test_a_refusal_is_said(page: Page) -> None:
    page.room.own(page.room.field("mood", None, "furious"))
    page.tell()
    again = page.button("重新提交")
    assert again is not None
    again.click()
    settle()
    (banner,) = page.part().findChildren(Banner)
    assert banner.isVisible()
    assert "情绪" in banner.words()


def test_the_customer_is_a_button_away_while_he_is_here(page: Page) -> None:
    page.room.own(page.room.note())
    page.tell()
    look = page.button("查看客户")
    assert look is not None
    look.click()
    assert page.routes[-1] == Route("customer", page.room.customer.row_id)
    page.room.own(page.room.note(), customer_id=bytes(16))
    page.tell()
    assert page.feature is not None
    page.feature.detail.open((2).to_bytes(16))
    assert page.button("查看客户") is None


def test_section_5_a_lead_settles_two_numbers(lead: Page) -> None:
    lead.room.disputed()
    lead.tell()
    assert "暂停拨打" in lead.words()
    assert "138***71234" in lead.words()
    keep = lead.button("保留对方的")
    assert keep is not None
    keep.click()
    settle()
    assert lead.company.rows("SELECT resolution FROM team_conflict") == [("theirs",)]
    assert "没有未处理的冲突" in lead.words()


def test_drawing_opens_no_window_of_its_own(lead: Page) -> None:
    with opened_windows() as opened:
        lead.room.fill()
        lead.tell()
        assert lead.feature is not None
        for entry in lead.feature.detail.presenter.state.entries:
            lead.feature.detail.open(entry.id)
            settle()
    assert opened == []
