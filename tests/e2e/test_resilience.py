"""The desk goes on: after a bug in a slot, and while the server's changes arrive during a call."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from sqlalchemy import func, select

from agent_app.ports import Route
from agent_app.store.changes import StoreChanges
from server_sync.domain.commands import Update
from server_sync.domain.model import person
from server_sync.domain.model import task as task_table
from server_sync.store.changes import write
from server_sync.store.database import Database
from tests.e2e.calling import answer_guide, dial, next_customer, questions, save_and_next, wrap_up
from tests.e2e.desk import Seat, breathe
from tests.e2e.journeys import seated
from tests.e2e.story import desk_rows, in_step
from tests.e2e.world import World


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with World(Path(tmp_path_factory.mktemp("world"))) as made:
        made.make_demo_company()
        _fill_pool(made)
        made.start_server()
        yield made


def _fill_pool(world: World) -> None:
    """One of the colleague's tasks lies in the pool of his team."""
    database = Database(str(world.database))
    try:
        with database.write(world.clock.now()) as tx:
            alone = select(task_table.c.customer_id).group_by(task_table.c.customer_id)
            alone = alone.having(func.count() == 1)  # his only task: one row leaves the others' desks with it
            his = select(task_table.c.id).join(person, person.c.id == task_table.c.assignee_id)
            mine = person.c.login == world.people["colleague"]["login"]
            fresh = (task_table.c.attempt_count == 0, task_table.c.available_at <= world.clock.now())
            his = his.where(mine, task_table.c.state == "open", *fresh, task_table.c.customer_id.in_(alone))
            row_id = tx.connection.execute(his.order_by(task_table.c.id).limit(1)).scalar_one()
            write(tx, [Update("task", row_id, {"assignee_id": None, "in_pool": True})])
    finally:
        database.close()


def test_a_bug_in_a_slot_is_said_once_and_the_desk_goes_on(world: World) -> None:
    with seated(world, "bug", "agent") as seat:
        task = next_customer(seat)
        for _ in range(3):
            QTimer.singleShot(0, _stumble)
            while not seat.crashed and not seat.desk.window.said():
                breathe()
            breathe()
        assert len(seat.desk.window.said().splitlines()) == 1
        assert len(seat.crashed) == 1
        seat.crashed.clear()
        dial(seat)
        seat.press("1")
        assert desk_rows(seat, "SELECT 1 FROM draft WHERE task_id = ?", task) == [(1,)]


def test_what_was_saved_in_the_last_moment_is_told_to_no_screen_that_is_gone(world: World) -> None:
    with seated(world, "last", "agent") as seat:
        desk = seat.desk  # it goes when nobody knows it any more
        desk.hub.publish(StoreChanges(frozenset({"task"})))
        seat.assembly.close()
        QCoreApplication.processEvents()
        assert seat.crashed == []


def test_a_page_of_the_feed_takes_nothing_out_of_ones_hands(world: World) -> None:
    with seated(world, "page", "agent") as seat, seated(world, "other", "colleague") as other:
        task = next_customer(seat)
        dial(seat)
        (card, *_) = questions(seat)
        focused = seat.window.focusWidget()
        assert focused is not None
        ((mine,),) = desk_rows(seat, "SELECT count(*) FROM task")
        in_pool = "SELECT id FROM task WHERE in_pool = 1 AND state = 'open' AND assignee_id IS NULL LIMIT 1"
        other.until(lambda: bool(desk_rows(other, in_pool)))
        ((pooled,),) = desk_rows(other, in_pool)
        other.press("Alt+G")
        other.until(lambda: in_step(other))
        seat.until(lambda: _is_taken(seat, pooled))
        seat.settle()
        assert seat.window.focusWidget() is focused
        assert questions(seat)[0] is card
        assert seat.desk.guide.presenter.task_id == task
        assert desk_rows(seat, "SELECT count(*) FROM task") in ([(mine,)], [(mine - 1,)])


def test_answers_of_a_call_are_corrected_over_the_guide_and_arrive_as_the_next_edition(world: World) -> None:
    with seated(world, "corrects", "agent") as seat:
        next_customer(seat)
        dial(seat)
        answer_guide(seat)
        wrap_up(seat, "1")
        save_and_next(seat)
        ((first, task),) = desk_rows(
            seat, "SELECT id, task_id FROM response ORDER BY recorded_at DESC LIMIT 1"
        )
        seat.desk.go(Route("correction", first))
        panel = seat.desk.correction
        assert panel is not None
        seat.until(lambda: panel.form.isVisible())
        seat.press("Ctrl+S")
        seat.until(lambda: not panel.widget.isVisible())
        editions = "SELECT edition, replaces_id FROM response WHERE task_id = ? ORDER BY edition"
        assert desk_rows(seat, editions, task) == [(1, None), (2, first)]
        seat.until(lambda: in_step(seat))
        assert desk_rows(seat, editions, task) == [(1, None), (2, first)]


def _stumble() -> None:
    raise ZeroDivisionError


def _is_taken(seat: Seat, task: bytes) -> bool:
    seat.desk.sync.hinted()
    seat.settle()
    rows = desk_rows(seat, "SELECT assignee_id FROM task WHERE id = ?", task)
    return not rows or rows[0][0] is not None
