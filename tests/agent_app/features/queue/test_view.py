"""The queue column as it is drawn: by keys alone, nothing cut in the narrowest column, nobody disturbed by news."""

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from agent_app.actions.session import DeskSession
from agent_app.features.queue.view import QueueFeature
from agent_app.ports import Route
from agent_app.store.changes import StoreChanges
from agent_app.store.search_terms import index_portion
from agent_app.ui.accessibility import unnamed
from agent_app.ui.choices import Segments
from agent_app.ui.feedback import Banner
from agent_app.ui.fields import SearchField
from agent_app.ui.row_views import RowList
from agent_app.ui.tables import SHOWN_ROLE
from agent_app.ui.tokens import SIZES
from server_sync.domain.clock import DAY, HOUR, MINUTE
from tests.agent_app.clipping import clipped
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.agent_app.windows import window_around
from tests.server_sync.organisation import NOW

pytestmark = pytest.mark.usefixtures("look")
NAMES = ("张小明", "张大明", "李小红", "王五", "赵六")


class Column:
    """The feature in a window as narrow as its column may be, with five tasks of its agent."""

    def __init__(self, company: Company, qtbot: QtBot) -> None:
        organisation = company.organisation
        agent = organisation.north_agents[0]
        self.company = company
        self.routes: list[Route] = []
        self.tasks = []
        for place, name in enumerate(NAMES):
            customer = organisation.customer(organisation.north, name=name, region="华东")
            task = organisation.task(customer, agent, due_at=NOW + DAY + place * HOUR)
            company.put(customer, task)
            self.tasks.append(task.row_id)
        with company.store.write() as connection:
            index_portion(connection)
        session = DeskSession(company.desk(agent), ImmediateWork(), company.told.append, TIMEZONE)
        self.feature = QueueFeature(session, self.routes.append)
        self.window = window_around(qtbot, self.feature.widget, SIZES.list_min)
        self.feature.start()
        (self.search,) = self.window.findChildren(SearchField)
        lists = {one.accessibleName(): one for one in self.window.findChildren(RowList)}
        self.list, self.found = lists["待回访"], lists["查找结果"]

    def press(self, key: Qt.Key) -> None:
        """Where the focus is."""
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)

    def key(self, action: str) -> None:
        """What the shell does at the key of an action."""
        (binding,) = (one for one in self.feature.shortcuts() if one.action == action)
        binding.callback()

    def find(self, text: str) -> None:
        """F3, type, Enter."""
        self.key("queue.search")
        QTest.keyClicks(self.search, text)
        self.press(Qt.Key.Key_Return)

    def words(self) -> str:
        return "\n".join(label.text() for label in self.window.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def column(company: Company, qtbot: QtBot) -> Column:
    return Column(company, qtbot)


def test_everything_that_takes_the_focus_has_a_spoken_name(column: Column) -> None:
    assert unnamed(column.window) == []
    column.find("zhang")
    assert unnamed(column.window) == []
    column.find("nobody")
    assert unnamed(column.window) == []


@pytest.mark.parametrize("shown", ["queue", "found", "nobody", "nothing ready", "why", "why nothing"])
def test_nothing_is_cut_in_the_narrowest_column(column: Column, qtbot: QtBot, shown: str) -> None:
    if shown in ("found", "nobody"):
        column.find("zhang" if shown == "found" else "nobody")
    elif shown == "nothing ready":
        with column.company.store.write() as connection:
            connection.exec_driver_sql("UPDATE task SET not_before_at = ?", (NOW + HOUR,))
        column.key("queue.next")
        assert column.window.findChildren(Banner)[0].isVisible()
    elif shown in ("why", "why nothing"):
        kept = "id = ?" if shown == "why" else "id <> ?"
        with column.company.store.write() as connection:
            statement = f"UPDATE task SET not_before_at = ?, disposition = '3.13' WHERE {kept}"
            connection.exec_driver_sql(statement, (NOW + HOUR, column.tasks[2]))
            if shown == "why nothing":
                connection.exec_driver_sql("UPDATE task SET state = 'done'")
        column.key("queue.why")
    qtbot.wait(1)
    assert clipped(column.window) == []


def test_title_and_count_stand_above(column: Column) -> None:
    assert "待回访\n5" in column.words()


def test_tab_goes_from_finding_over_the_parts_to_the_list(column: Column) -> None:
    column.search.setFocus()
    seen: list[QWidget | None] = [QApplication.focusWidget()]
    for _ in range(7):
        column.press(Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert seen[0] is column.search
    (parts,) = column.window.findChildren(Segments)
    assert parts in seen or any(parts.isAncestorOf(one) for one in seen if one is not None)
    assert column.list in seen


def test_a_customer_is_found_and_opened_by_keys_alone(column: Column) -> None:
    column.find("zhangda")
    column.press(Qt.Key.Key_Down)
    assert column.found.hasFocus()
    column.press(Qt.Key.Key_Return)
    assert column.routes == [Route("task", column.tasks[1])]
    column.key("queue.search")
    column.press(Qt.Key.Key_Escape)
    assert column.list.isVisible()
    assert not column.found.isVisible()


def test_without_a_search_down_leads_into_the_queue(column: Column) -> None:
    column.key("queue.search")
    column.press(Qt.Key.Key_Down)
    assert column.list.hasFocus()
    column.press(Qt.Key.Key_Down)
    column.press(Qt.Key.Key_Return)
    assert column.routes == [Route("task", column.tasks[1])]


def test_f2_opens_one_after_the_other(column: Column) -> None:
    column.key("queue.next")
    column.key("queue.next")
    assert column.routes == [Route("task", column.tasks[0]), Route("task", column.tasks[1])]
    assert column.list.chosen() == column.tasks[1]


def test_a_click_opens(column: Column) -> None:
    index = column.list.model().index(2, 0)
    where = column.list.visualRect(index).center()
    QTest.mouseClick(column.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert column.routes == [Route("task", column.tasks[2])]


def test_who_walks_the_list_is_not_taken_back_by_a_refresh(column: Column) -> None:
    column.key("queue.next")
    column.list.setFocus()
    for _ in range(3):
        column.press(Qt.Key.Key_Down)
    column.feature.on_changed(StoreChanges(frozenset({"task"}), None, "sync"))
    assert column.list.chosen() == column.tasks[3]


def test_what_is_left_of_the_time_moves_with_the_minutes(column: Column, qtbot: QtBot) -> None:
    index = column.list.model().index(0, 0)

    def note() -> str:
        column.window.grab()
        shown = index.data(SHOWN_ROLE)
        return "" if shown is None else str(shown.note)

    qtbot.waitUntil(lambda: note() != "")
    before = note()
    column.company.clock.at += 22 * HOUR
    column.feature.on_tick(column.company.clock.at)
    qtbot.waitUntil(lambda: note() != before)
    assert note() == "剩 2 小时"


def test_a_queue_that_is_empty_says_so(column: Column) -> None:
    with column.company.store.write() as connection:
        connection.exec_driver_sql("UPDATE task SET state = 'cancelled'")
    column.feature.on_changed(StoreChanges(frozenset({"task"}), None, "sync"))
    assert "暂无待回访" in column.words()
    column.find("nobody")
    assert "没有找到客户" in column.words()


def test_the_models_keep_qts_rules(column: Column) -> None:
    model = column.list.model()
    assert isinstance(model, QAbstractItemModel)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    with column.company.store.write() as connection:
        connection.exec_driver_sql("UPDATE task SET state = 'done' WHERE id = ?", (column.tasks[2],))
        connection.exec_driver_sql("UPDATE task SET due_at = ? WHERE id = ?", (NOW + MINUTE, column.tasks[4]))
    column.feature.on_changed(StoreChanges(frozenset({"task"}), None, "sync"))
    assert model.rowCount() == 4
    assert tester.model() is model


def test_one_key_says_why_this_one_and_what_keeps_the_others_back_and_the_keyboard_stays(
    column: Column,
) -> None:
    with column.company.store.write() as connection:
        statement = "UPDATE task SET not_before_at = ?, disposition = '3.13' WHERE id = ?"
        connection.exec_driver_sql(statement, (NOW + HOUR, column.tasks[2]))
    column.list.setFocus()
    column.key("queue.why")
    words = column.words()
    for said in ("张*", "队列第 1 位，共 5 条", "为何现在", "接下来", "暂缓 1 条", "李*", "无人接听"):
        assert said in words
    assert not column.list.isVisible()
    column.key("queue.why")
    assert column.list.isVisible()
