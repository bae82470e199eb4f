"""The queue as a sequence of states: parts, finding, choosing, the next one, and what time and the server change."""

from collections.abc import Mapping
from typing import Any

import pytest

from agent_app.actions.session import DeskSession
from agent_app.features.queue.presenter import QueuePresenter
from agent_app.features.queue.state import QueueState
from agent_app.ports import Route
from agent_app.store import drafts
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.queue import QueueFilter, QueueRow
from agent_app.store.search_terms import index_portion
from server_sync.domain.clock import HOUR, MINUTE
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.deferred import DeferredWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.server_sync.organisation import NOW

ANY = StoreChanges(frozenset({"task"}), None, "sync")


class Column:
    """A presenter with an agent's queue; what it draws and where it leads are kept."""

    def __init__(self, company: Company, work: Any) -> None:
        self.company = company
        self.agent = company.organisation.north_agents[0]
        self.states: list[QueueState] = []
        self.routes: list[Route] = []
        self.rows: dict[bytes, QueueRow] = {}
        session = DeskSession(company.desk(self.agent), work, company.told.append, TIMEZONE)
        self.presenter = QueuePresenter(session, self.routes.append, self.states.append, self.put_rows)

    def put_rows(self, rows: Mapping[bytes, QueueRow]) -> None:
        self.rows.update(rows)

    @property
    def state(self) -> QueueState:
        return self.states[-1]

    def explained(self) -> bytes | None:
        """The task of which it is said why."""
        return None if self.state.why is None else self.state.why.row.id

    def task(self, name: str = "客户", **values: Any) -> bytes:
        """A task of the agent, of a customer of his own, who is found by searching."""
        organisation = self.company.organisation
        customer = organisation.customer(organisation.north, name=name, tier=values.pop("tier", "normal"))
        task = organisation.task(customer, self.agent, **values)
        self.company.put(customer, task)
        with self.company.store.write() as connection:
            index_portion(connection)
        return task.row_id

    def customer_of(self, task: bytes) -> bytes:
        ((customer,),) = self.company.rows("SELECT customer_id FROM task WHERE id = ?", task)
        assert isinstance(customer, bytes)
        return customer

    def finish(self, task: bytes) -> None:
        """It is done, as the server says."""
        with self.company.store.write() as connection:
            connection.exec_driver_sql(
                "UPDATE task SET state = 'done', done_at = ? WHERE id = ?", (NOW, task)
            )
        self.presenter.on_changed(ANY)


@pytest.fixture
def column(company: Company, work: ImmediateWork) -> Column:
    return Column(company, work)


def test_the_queue_is_loaded_in_its_order(column: Column) -> None:
    fresh, vip = column.task(), column.task(tier="vip")
    late = column.task(due_at=NOW - 1)
    column.presenter.start()
    assert column.states == [QueueState(ids=(late, vip, fresh), overdue=1, loaded=True)]


def test_a_part_of_the_queue_is_shown_until_another_is_chosen(column: Column) -> None:
    column.task()
    late = column.task(due_at=NOW - 1)
    column.presenter.start()
    column.presenter.on_filter_chosen(QueueFilter.OVERDUE)
    assert (column.state.part, column.state.ids) == (QueueFilter.OVERDUE, (late,))
    column.presenter.on_changed(ANY)
    assert column.state.part is QueueFilter.OVERDUE
    column.presenter.on_filter_chosen(QueueFilter.ALL)
    assert len(column.state.ids) == 2


def test_the_day_that_counts_begins_at_the_companys_midnight(column: Column) -> None:
    done: dict[str, Any] = {"state": "done", "disposition": "1.1", "attempt_count": 1}
    today = column.task(**done, done_at=NOW - 10 * HOUR)
    column.task(**done, done_at=NOW - 10 * HOUR - 1)
    column.presenter.on_filter_chosen(QueueFilter.REACHED)
    assert column.state.ids == (today,)


def test_rows_come_as_they_come_into_sight(column: Column) -> None:
    first, second = column.task("甲"), column.task("乙")
    column.presenter.on_rows_wanted([first])
    assert set(column.rows) == {first}
    column.presenter.on_rows_wanted([second, bytes(16)])
    assert set(column.rows) == {first, second}


# ---- choosing and the next one


def test_choosing_a_task_opens_it(column: Column) -> None:
    task = column.task()
    column.presenter.start()
    column.presenter.on_chosen(task)
    assert column.state.chosen == task
    assert column.routes == [Route("task", task)]


def test_the_next_is_the_first_that_can_be_called_but_the_one_on_the_screen(column: Column) -> None:
    first, second = column.task(tier="vip"), column.task()
    column.task(not_before_at=NOW + HOUR)
    column.presenter.start()
    column.presenter.on_next()
    column.presenter.on_next()
    assert column.routes == [Route("task", first), Route("task", second)]
    column.finish(first)
    column.presenter.on_next()
    assert column.state.nothing_ready
    assert column.routes[2:] == []


def test_nothing_to_call_is_taken_back_by_the_next_task_that_opens(column: Column) -> None:
    column.presenter.start()
    column.presenter.on_next()
    task = column.task()
    column.presenter.on_next()
    column.presenter.on_next()
    column.presenter.on_opened_elsewhere(task)
    assert [state.nothing_ready for state in column.states] == [False, True, False, True, False]
    assert column.routes == [Route("task", task)]


def test_a_task_that_another_part_opened_is_shown_as_chosen(column: Column) -> None:
    task = column.task()
    column.presenter.start()
    column.presenter.on_opened_elsewhere(task)
    assert column.state.chosen == task
    assert column.routes == []


# ---- finding


def test_what_is_typed_is_found_and_nothing_typed_shows_the_queue_again(column: Column) -> None:
    task = column.task("张小明")
    column.task("李小红")
    column.presenter.start()
    column.presenter.on_searched("zxm")
    assert (column.state.searched, [one.task_id for one in column.state.found]) == ("zxm", [task])
    column.presenter.on_searched("nobody")
    assert column.state.found == ()
    column.presenter.on_searched("")
    assert (column.state.searched, column.state.found, len(column.state.ids)) == ("", (), 2)


def test_a_found_customer_opens_his_task_and_one_without_a_task_shows_as_he_is(column: Column) -> None:
    open_one, done = column.task("张小明"), column.task("张大明", state="done")
    customer = column.customer_of(done)
    column.presenter.on_searched("zhang")
    column.presenter.on_chosen(open_one)
    column.presenter.on_chosen(customer)
    assert column.routes == [Route("task", open_one), Route("customer", customer)]
    assert column.state.chosen == open_one


def test_what_was_found_follows_what_changes(column: Column) -> None:
    task = column.task("张小明")
    column.presenter.on_searched("zxm")
    column.finish(task)
    assert [one.task_id for one in column.state.found] == [None]


def test_an_answer_to_what_is_no_longer_typed_is_not_shown(company: Company) -> None:
    work = DeferredWork()
    column = Column(company, work)
    column.task("张小明")
    column.presenter.on_searched("zxm")
    answer = work.waiting.pop()
    column.presenter.on_searched("")
    answer.on_done(answer.fn())
    assert column.state.found == ()


# ---- what time and the server change


def test_only_what_may_change_the_queue_is_asked_for_again(column: Column) -> None:
    column.presenter.start()
    before = len(column.states)
    column.presenter.on_changed(
        StoreChanges(frozenset({"presence", "outbox", "draft", "form"}), None, "sync")
    )
    assert len(column.states) == before
    for table in ("task", "customer", "callback", "setting", "do_not_call"):
        column.presenter.on_changed(StoreChanges(frozenset({table}), None, "sync"))
    assert len(column.states) == before + 5


def test_a_task_becomes_due_as_time_passes(column: Column) -> None:
    column.task(tier="vip")
    promised = column.task(appointment_at=NOW + 6 * MINUTE)
    column.presenter.start()
    assert column.state.ids[0] != promised
    column.company.clock.at += MINUTE
    assert column.presenter.on_tick(column.company.clock.at)
    assert column.state.ids[0] == promised


def test_the_order_is_asked_for_once_a_minute_and_no_more(column: Column) -> None:
    column.presenter.start()
    before = len(column.states)
    ticks = [column.presenter.on_tick(NOW + second * 1_000) for second in range(181)]
    assert ticks.count(True) == 3
    assert len(column.states) == before + 3


def test_the_next_customer_comes_after_the_wrap_up_of_the_call_that_was_begun(column: Column) -> None:
    begun, other = column.task(), column.task()
    store = column.company.store
    with store.write() as connection:
        drafts.merge(connection, begun, column.customer_of(begun), None, b"a" * 16, {}, NOW)
    column.presenter.on_opened_elsewhere(other)
    for _ in range(2):
        column.presenter.on_next()
        assert column.routes[-1] == Route("task", begun)
        assert column.state.wrap_up_first
    with store.write() as connection:
        drafts.drop(connection, begun)
    column.presenter.on_changed(StoreChanges(frozenset({"attempt", "task"}), None, ""))
    assert not column.state.wrap_up_first
    column.presenter.on_next()
    assert column.routes[-1] == Route("task", other)


def test_why_is_told_of_the_next_one_then_of_the_one_that_was_opened_and_follows_what_changes(
    column: Column,
) -> None:
    first, second = column.task(tier="vip"), column.task()
    column.presenter.start()
    column.presenter.on_why_asked()
    assert column.explained() == first
    column.presenter.on_chosen(second)
    assert column.explained() == second
    column.finish(second)
    assert column.explained() == first
    column.finish(first)
    assert column.explained() is None
    assert column.state.explaining
    column.presenter.on_why_asked()
    assert not column.state.explaining


def test_why_goes_with_the_minutes(column: Column) -> None:
    task = column.task(available_at=NOW + MINUTE)
    column.presenter.start()
    column.presenter.on_why_asked()
    assert column.explained() is None
    column.company.clock.at += MINUTE
    assert column.presenter.on_tick(column.company.clock.at)
    assert column.explained() == task


def test_nobody_reads_a_whole_queue_for_an_answer_that_nobody_asked_for(company: Company) -> None:
    work = DeferredWork()
    column = Column(company, work)
    column.task()
    column.presenter.start()
    column.presenter.on_changed(ANY)
    work.finish()
    assert column.explained() is None


def test_where_calls_are_dialled_by_themselves_the_next_one_is_opened_as_offered(column: Column) -> None:
    task = column.task()
    column.company.keep("dialling", mode="progressive")
    column.presenter.on_next()
    assert column.routes == [Route("task", task, "offered")]
    column.presenter.on_chosen(task)
    assert column.routes[-1] == Route("task", task)


def test_who_chooses_for_himself_is_only_pointed_at_the_next_one(column: Column) -> None:
    first, second = column.task(tier="vip"), column.task()
    column.company.keep("dialling", mode="manual")
    column.presenter.on_next()
    assert (column.state.chosen, column.routes) == (first, [])
    column.presenter.on_next()
    assert (column.state.chosen, column.routes) == (second, [])
