"""The list of visits as a sequence of states: days, choosing, the next one, and what time and the server change."""

import pytest

from agent_app.actions.session import DeskSession
from agent_app.features.visits.presenter import VisitsPresenter
from agent_app.features.visits.state import Span, VisitsState
from agent_app.ports import Route
from agent_app.store.changes import StoreChanges
from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.model import Channel
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.server_sync.organisation import NOW


class Column:
    """A presenter with an agent's visits; what it draws and where it leads are kept."""

    def __init__(self, company: Company, work: ImmediateWork) -> None:
        self.company = company
        self.agent = company.organisation.north_agents[0]
        self.states: list[VisitsState] = []
        self.routes: list[Route] = []
        session = DeskSession(company.desk(self.agent), work, company.told.append, TIMEZONE)
        self.presenter = VisitsPresenter(session, self.routes.append, self.states.append)

    @property
    def ids(self) -> list[bytes]:
        return [one.id for one in self.states[-1].shown.visits]

    def visit(self, due_at: int = NOW + HOUR) -> bytes:
        organisation = self.company.organisation
        customer = organisation.customer(organisation.north)
        task = organisation.task(customer, self.agent, channel=Channel.VISIT, due_at=due_at)
        self.company.put(customer, task)
        return task.row_id


@pytest.fixture
def column(company: Company, work: ImmediateWork) -> Column:
    return Column(company, work)


def test_the_day_is_shown_first_then_the_week_up_to_sunday_or_everything(column: Column) -> None:
    """It is Thursday, 10:00."""
    today, sunday, monday = (column.visit(NOW + days * DAY) for days in (0, 3, 4))
    column.presenter.start()
    assert (column.states[-1].span, column.ids) == (Span.TODAY, [today])
    column.presenter.on_span_chosen(Span.WEEK)
    assert column.ids == [today, sunday]
    column.presenter.on_span_chosen(Span.ALL)
    assert column.ids == [today, sunday, monday]


def test_a_visit_that_is_chosen_opens_its_kit(column: Column) -> None:
    task = column.visit()
    column.presenter.start()
    column.presenter.on_chosen(task)
    assert column.routes == [Route("task", task)]
    assert column.states[-1].chosen == task


def test_the_next_visit_is_the_one_behind_the_open_one(column: Column) -> None:
    first, second = column.visit(NOW + HOUR), column.visit(NOW + 2 * HOUR)
    column.presenter.start()
    column.presenter.on_next()
    column.presenter.on_next()
    assert column.routes == [Route("task", first), Route("task", second)]
    column.presenter.on_next()
    assert len(column.routes) == 2
    assert column.states[-1].nothing_left


def test_behind_a_visit_that_is_done_comes_the_first_that_is_left(column: Column) -> None:
    first, second = column.visit(NOW + HOUR), column.visit(NOW + 2 * HOUR)
    column.presenter.start()
    column.presenter.on_chosen(second)
    with column.company.store.write() as connection:
        connection.exec_driver_sql("UPDATE task SET state = 'done', done_at = ? WHERE id = ?", (NOW, second))
    column.presenter.on_changed(StoreChanges(frozenset({"task"}), None, "wrap_up"))
    column.presenter.on_next()
    assert column.routes[-1] == Route("task", first)


def test_what_goes_up_and_what_is_typed_is_seen_at_once(column: Column) -> None:
    column.presenter.start()
    for table in ("outbox", "attachment_file", "draft", "task"):
        drawn = len(column.states)
        column.presenter.on_changed(StoreChanges(frozenset({table}), None, "sync"))
        assert len(column.states) == drawn + 1
    drawn = len(column.states)
    column.presenter.on_changed(StoreChanges(frozenset({"article"}), None, "sync"))
    assert len(column.states) == drawn


def test_the_day_goes_on_by_the_minute(column: Column) -> None:
    task = column.visit(NOW + DAY)
    column.presenter.start()
    assert column.ids == []
    column.company.clock.at = NOW + DAY
    column.presenter.on_tick(NOW + DAY)
    assert column.ids == [task]
    drawn = len(column.states)
    column.presenter.on_tick(NOW + DAY + MINUTE // 2)
    assert len(column.states) == drawn
