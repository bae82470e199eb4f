"""The column of visits as it is drawn: named, by keys, nothing cut in the narrowest column."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from agent_app.actions.session import DeskSession
from agent_app.features.visits.view import VisitsFeature
from agent_app.ports import Route
from agent_app.ui.accessibility import unnamed
from agent_app.ui.choices import Segments
from agent_app.ui.row_views import RowList
from agent_app.ui.tables import SHOWN_ROLE
from agent_app.ui.tokens import SIZES
from server_sync.domain.clock import HOUR
from server_sync.domain.model import Channel
from tests.agent_app.clipping import clipped
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.agent_app.windows import window_around
from tests.server_sync.organisation import NOW

pytestmark = pytest.mark.usefixtures("look")


class Column:
    """The feature in a window as narrow as its column may be, with two visits."""

    def __init__(self, company: Company, qtbot: QtBot) -> None:
        organisation = company.organisation
        agent = organisation.north_agents[0]
        self.routes: list[Route] = []
        self.tasks = []
        for place in range(2):
            address = f"示例路 {place + 1} 号"
            customer = organisation.customer(
                organisation.north, kind="company", name="示例公司", city="上海", address=address
            )
            task = organisation.task(customer, agent, channel=Channel.VISIT, due_at=NOW + (place + 1) * HOUR)
            company.put(customer, organisation.contact_point(customer, value="+8613812341234"), task)
            self.tasks.append(task.row_id)
        session = DeskSession(company.desk(agent), ImmediateWork(), company.told.append, TIMEZONE)
        self.feature = VisitsFeature(session, self.routes.append)
        self.window = window_around(qtbot, self.feature.widget, SIZES.list_min)
        self.feature.start()
        (self.list,) = self.window.findChildren(RowList)

    def words(self) -> str:
        return "\n".join(label.text() for label in self.window.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def column(company: Company, qtbot: QtBot) -> Column:
    return Column(company, qtbot)


def test_everything_that_takes_the_focus_has_a_spoken_name(column: Column) -> None:
    assert unnamed(column.window) == []


def test_nothing_is_cut_in_the_narrowest_column(column: Column) -> None:
    assert clipped(column.window) == []


def test_a_line_says_where_to_go_and_whom_to_ring(column: Column) -> None:
    model = column.list.model()
    line = model.data(model.index(0, 0), SHOWN_ROLE)
    assert (line.second, line.second_note) == ("上海 示例路 1 号", "138****1234")


def test_the_column_says_honestly_what_this_device_holds(column: Column) -> None:
    assert "本机存有 0 份客户档案" in column.words()
    assert "已同步" in column.words()


def test_enter_opens_the_visit_and_a_key_the_next_one(column: Column, qtbot: QtBot) -> None:
    column.list.setFocus()
    column.list.choose(column.tasks[0])
    QTest.keyClick(column.list, Qt.Key.Key_Return)
    (following,) = column.feature.shortcuts()
    following.callback()
    assert column.routes == [Route("task", task) for task in column.tasks]


def test_days_without_visits_say_so(column: Column, company: Company) -> None:
    with company.store.write() as connection:
        connection.exec_driver_sql("UPDATE task SET due_at = ?", (NOW + 40 * 24 * HOUR,))
    (spans,) = column.window.findChildren(Segments)
    spans.chosen.emit("today")
    assert "这几天没有走访" in column.words()
    assert clipped(column.window) == []
