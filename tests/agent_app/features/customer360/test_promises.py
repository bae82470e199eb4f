"""Promises beside the call: the open ones first, overdue ones marked, one key keeps, a reason withdraws (M4.9)."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from agent_app.features.customer360.view import CustomerFeature
from agent_app.host.sealed_files import SealedFolder
from agent_app.ports import Route
from agent_app.store.changes import StoreChanges
from agent_app.ui.accessibility import unnamed
from agent_app.ui.buttons import Button
from agent_app.ui.fields import TextField
from agent_app.ui.tokens import SIZES
from server_sync.domain.clock import DAY, HOUR
from tests.agent_app.clipping import clipped
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company
from tests.agent_app.store.queries.test_commitments import promise
from tests.agent_app.windows import window_around
from tests.server_sync.organisation import NOW

pytestmark = pytest.mark.usefixtures("look")


class Column:
    """The customer column of somebody who was promised two things, and of somebody who was promised nothing."""

    def __init__(self, company: Company, qtbot: QtBot) -> None:
        organisation = company.organisation
        agent = organisation.north_agents[0]
        self.company = company
        self.one, self.other = (
            organisation.customer(organisation.north, owner=agent, name=name) for name in ("客户 A", "客户 B")
        )
        company.put(self.one, self.other)
        self.late = promise(company, self.one, "24小时内由专人给您回电", due_at=NOW - 2 * HOUR)
        self.next = promise(company, self.one, "3天内上门检修", due_at=NOW + 3 * DAY)
        session = company.session(agent, ImmediateWork())
        self.routes = list[Route]()
        files = SealedFolder(company.store.file.parent / "attachments")
        self.feature = CustomerFeature(session, files, self.routes.append)
        self.window = window_around(qtbot, self.feature.widget, SIZES.context_min)
        self.feature.open(self.one.row_id)
        self.settle()

    def settle(self) -> None:
        for changes in self.company.told:
            self.feature.on_changed(changes)
        self.company.told.clear()
        for _ in range(3):
            QCoreApplication.processEvents()

    def words(self) -> str:
        labels = self.feature.promises.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())

    def press(self, words: str) -> None:
        buttons = self.feature.promises.findChildren(Button)
        button = next(one for one in buttons if one.accessibleName() == words and one.isVisible())
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def states(self) -> list[tuple[object, ...]]:
        return self.company.rows("SELECT state, note FROM commitment ORDER BY due_at")


@pytest.fixture
def column(company: Company, qtbot: QtBot) -> Column:
    return Column(company, qtbot)


def test_open_promises_stand_there_and_an_overdue_one_says_so(column: Column) -> None:
    words = column.words()
    assert words.index("24小时内由专人给您回电") < words.index("3天内上门检修")
    assert "逾期" in words
    assert "坐席 03" in words


def test_one_key_keeps_the_promise_that_is_due_first(column: Column) -> None:
    binding = next(one for one in column.feature.shortcuts() if one.action == "customer.promise")
    binding.callback()
    column.settle()
    assert column.states() == [("kept", None), ("open", None)]
    assert "已兑现" in column.words()
    binding.callback()
    binding.callback()
    column.settle()
    assert [state for state, _ in column.states()] == ["kept", "kept"]


def test_a_promise_is_withdrawn_with_a_reason_typed_beside_it(column: Column) -> None:
    column.press("撤回: 3天内上门检修")
    line = QApplication.focusWidget()
    assert isinstance(line, TextField)
    QTest.keyClick(line, Qt.Key.Key_Return)
    column.settle()
    assert column.states() == [("open", None), ("open", None)]
    line.setText("客户已自行修好")
    column.feature.on_changed(StoreChanges(frozenset({"commitment"}), None, "sync"))
    assert line.text() == "客户已自行修好"
    QTest.keyClick(line, Qt.Key.Key_Return)
    column.settle()
    assert column.states() == [("open", None), ("withdrawn", "客户已自行修好")]
    assert not line.isVisible()


def test_who_was_promised_nothing_has_no_such_section(column: Column) -> None:
    column.feature.open(column.other.row_id)
    column.settle()
    assert not column.feature.promises.isVisible()
    column.feature.open(column.one.row_id)
    column.settle()
    assert column.feature.promises.isVisible()


def test_the_timeline_tells_of_it(column: Column) -> None:
    column.press("已兑现: 24小时内由专人给您回电")
    labels = column.window.findChildren(QLabel)
    assert any("承诺已了结" in one.text() and "24小时内由专人给您回电" in one.text() for one in labels)


def test_nothing_is_cut_and_everything_has_a_name(column: Column) -> None:
    assert unnamed(column.feature.promises) == []
    assert clipped(column.feature.promises) == []
    column.press("撤回: 3天内上门检修")
    assert clipped(column.feature.promises) == []
