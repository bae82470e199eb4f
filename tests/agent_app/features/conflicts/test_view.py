"""The conflicts page as it is drawn: read, gone through by keys, nothing cut, no stray window."""

from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import insert

from agent_app.actions.session import DeskSession
from agent_app.features.conflicts.view import ConflictsFeature
from agent_app.ports import Route
from agent_app.store.changes import StoreChanges
from agent_app.store.tables import conflict
from agent_app.ui.accessibility import unnamed
from agent_app.ui.buttons import Button
from agent_app.ui.feedback import Banner
from agent_app.ui.labels import Badge
from server_sync.domain.commands import AddNote, Command, CorrectCustomer, Insert
from server_sync.domain.wire.codec import encode_arguments
from tests.agent_app.clipping import clipped
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.agent_app.windows import opened_windows
from tests.server_sync.organisation import NOW

pytestmark = pytest.mark.usefixtures("look")


class Page:
    """The feature in a window of the smallest size, without entries."""

    def __init__(self, company: Company, qtbot: QtBot) -> None:
        organisation = company.organisation
        agent = organisation.north_agents[0]
        self.company = company
        self.customer: Insert = organisation.customer(organisation.north, owner=agent, name="客户 A")
        company.put(self.customer)
        self.routes: list[Route] = []
        self.feature: ConflictsFeature | None = None
        session = DeskSession(company.desk(agent), ImmediateWork(), self.tell, TIMEZONE)
        self.feature = ConflictsFeature(session, self.routes.append)
        self.window = self.feature.widget
        qtbot.addWidget(self.window)
        self.window.resize(1280 - 56, 770)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def tell(self, changes: StoreChanges) -> None:
        assert self.feature is not None
        self.feature.on_changed(changes)
        settle()

    def refuse(self, mid: int, recorded: Command | None = None, **values: Any) -> None:
        """One more entry comes in."""
        recorded = recorded or AddNote(self.company.ids.new(), self.customer.row_id, f"备注 {mid}", NOW)
        row = {
            "mid": mid,
            "status": "rejected",
            "command": recorded.name,
            "args": encode_arguments(recorded),
            "kind": "not_found",
            "values": {},
            "customer_id": self.customer.row_id,
            "recorded_at": NOW,
            "answered_at": NOW - mid,
        }
        with self.company.store.write() as connection:
            connection.execute(insert(conflict).values(row | values))
        self.tell(StoreChanges(frozenset({"conflict"}), frozenset(), "sync"))

    def words(self) -> str:
        labels = [label.text() for label in self.window.findChildren(QLabel) if label.isVisible()]
        return "\n".join(labels + [badge.words() for badge in self.window.findChildren(Badge)])

    def buttons(self, words: str) -> list[Button]:
        """From top to bottom."""
        settle()
        found = [one for one in self.window.findChildren(Button) if one.isVisible() and one.text() == words]
        return sorted(found, key=lambda button: button.mapTo(self.window, QPoint(0, 0)).y())

    def press(self) -> None:
        """Enter, where the keyboard is."""
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Return)
        settle()


def settle() -> None:
    for _ in range(3):
        QCoreApplication.processEvents()


@pytest.fixture
def page(company: Company, qtbot: QtBot) -> Page:
    return Page(company, qtbot)


def test_without_entries_the_page_says_so(page: Page) -> None:
    assert "没有需要处理的冲突" in page.words()
    page.refuse(1)
    assert "没有需要处理的冲突" not in page.words()


def test_an_entry_says_what_it_was_why_it_was_refused_and_what_now_stands(page: Page) -> None:
    page.refuse(
        1,
        CorrectCustomer(page.company.ids.new(), page.customer.row_id, "name", "客户 Z", "客户 B", NOW),
        kind="field_conflict",
        values={"field": "name", "theirs": "客户 甲"},
    )
    words = page.words()
    for part in ("更正客户资料", "未被接受", "客户 A", "客户 B", "客户 Z", "客户 甲", "姓名"):
        assert part in words


def test_a_merged_entry_is_only_to_be_read(page: Page) -> None:
    page.refuse(1, status="merged", kind="merged", values={"merged": ["address"]})
    assert "以较晚的修改为准" in page.words()
    assert "地址" in page.words()
    assert page.buttons("重新提交") == []
    assert len(page.buttons("已处理")) == 1


def test_everything_has_a_name_and_nothing_is_cut(page: Page) -> None:
    assert clipped(page.window) == []
    for mid in range(1, 4):
        page.refuse(mid, AddNote(page.company.ids.new(), page.customer.row_id, "很长的备注" * 60, NOW))
    assert unnamed(page.window) == []
    assert clipped(page.window) == []


def test_the_list_is_gone_through_by_keys_alone(page: Page) -> None:
    for mid in (1, 2, 3):
        page.refuse(mid)
    page.buttons("已处理")[1].setFocus()
    page.press()
    assert len(page.buttons("已处理")) == 2
    assert page.buttons("已处理")[1].hasFocus(), "the entry that took the place"
    page.press()
    assert page.buttons("已处理")[0].hasFocus(), "the last one went: the one before"
    page.press()
    assert page.buttons("已处理") == []
    assert page.company.rows("SELECT count(*) FROM conflict WHERE settled_at IS NULL") == [(0,)]


def test_what_comes_in_does_not_take_the_keyboard(page: Page) -> None:
    page.refuse(1)
    page.refuse(2)
    again = page.buttons("重新提交")[1]
    again.setFocus()
    page.refuse(0)
    assert again.hasFocus()
    assert page.buttons("重新提交")[2] is again


def test_sending_again_records_it_and_a_refusal_is_said(page: Page) -> None:
    page.refuse(1)
    page.buttons("重新提交")[0].click()
    settle()
    assert page.company.rows("SELECT text FROM activity") == [("备注 1",)]
    name = CorrectCustomer(page.company.ids.new(), page.customer.row_id, "name", "客户 Z", "客户 B", NOW)
    page.refuse(2, name)
    page.buttons("重新提交")[0].click()
    settle()
    (banner,) = page.window.findChildren(Banner)
    assert banner.isVisible()
    assert "姓名" in banner.words()


def test_the_customer_is_a_button_away_while_he_is_here(page: Page) -> None:
    page.refuse(1)
    page.refuse(2, customer_id=bytes(16))
    (look,) = page.buttons("查看客户")
    look.click()
    assert page.routes[-1] == Route("customer", page.customer.row_id)


def test_drawing_opens_no_window_of_its_own(page: Page) -> None:
    name = CorrectCustomer(page.company.ids.new(), page.customer.row_id, "name", "客户 Z", "客户 B", NOW)
    with opened_windows() as opened:
        page.refuse(1, name)
        page.refuse(2, status="merged", kind="merged", values={"merged": ["address"]}, customer_id=None)
        page.buttons("重新提交")[0].click()
        page.buttons("已处理")[0].click()
        settle()
    assert opened == []
