"""What happens while a round is under way: the work is done step by step (SYNC P5)."""

from collections.abc import Callable
from typing import Any

import pytest

from agent_app.ports import Lane
from agent_app.sync.status import SyncState
from server_sync.domain.clock import HOUR, MINUTE
from server_sync.domain.commands import Actor, AddNote
from server_sync.domain.errors import ErrorKind
from server_sync.domain.wire.messages import PullRequest
from tests.agent_app.deferred import DeferredWork
from tests.agent_app.sync.office import Seat
from tests.agent_app.sync.sitting import Desk
from tests.server_sync.organisation import Organisation

Sit = Callable[[Actor], Seat]


@pytest.fixture
def slow(sit: Sit, organisation: Organisation) -> Desk:
    """The same desk, in step, with work that is done step by step."""
    seat = sit(organisation.north_agents[0])
    seat.sync()
    return Desk(seat, DeferredWork())


def work_of(desk: Desk) -> Any:
    assert isinstance(desk.work, DeferredWork)
    return desk.work


def test_p5_one_request_is_under_way_at_a_time(slow: Desk) -> None:
    work = work_of(slow)
    slow.tick()
    work.until(Lane.NETWORK)
    slow.tick(10 * MINUTE)
    slow.sync.hinted()
    slow.note("同时")
    lanes = [item.lane for item in work.waiting]
    assert lanes.count(Lane.NETWORK) == 1
    assert Lane.BACKGROUND not in lanes
    work.finish()
    assert slow.status.state is SyncState.IN_STEP


def test_an_edit_during_a_pull_goes_out_right_after_it(slow: Desk) -> None:
    work = work_of(slow)
    slow.tick()
    work.until(Lane.NETWORK)
    slow.note("其间")
    work.finish()
    assert slow.sent() == ["pull", "push", "pull"]


def test_an_edit_in_the_last_moment_of_a_round_is_not_forgotten(slow: Desk) -> None:
    work = work_of(slow)
    slow.tick()
    while slow.road.requests == []:
        work.step()
    work.until(Lane.BACKGROUND)
    work.step()
    asking = work.waiting.pop(0)
    while asking.lane is not Lane.BACKGROUND:
        asking = work.waiting.pop(0)
    nothing_more = asking.fn()
    assert nothing_more is None
    slow.note("最后一刻")
    asking.on_done(nothing_more)
    work.finish()
    assert slow.sent() == ["pull", "push", "pull"]


def test_a_hint_while_the_reply_is_on_its_way_pulls_once_more(slow: Desk, supervisor: Seat) -> None:
    work = work_of(slow)
    slow.tick()
    work.until(Lane.NETWORK)
    work.step()
    ((customer,),) = supervisor.rows("SELECT id FROM customer ORDER BY id LIMIT 1")
    assert isinstance(customer, bytes)
    supervisor.do(AddNote(supervisor.ids.new(), customer, "主管的话", supervisor.clock.now()))
    supervisor.sync()
    slow.sync.hinted()
    work.finish()
    assert [isinstance(one, PullRequest) for one in slow.road.requests] == [True, True]
    assert slow.seat.rows("SELECT text FROM activity") == [("主管的话",)]


def test_p5_rows_that_differ_are_fetched_by_the_round_that_runs(sit: Sit, organisation: Organisation) -> None:
    work = DeferredWork()
    desk = Desk(sit(organisation.north_agents[0]), work)
    desk.tick()
    work.finish()
    whole = desk.seat.rows("SELECT id FROM task ORDER BY id")
    with desk.seat.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM task WHERE id = (SELECT min(id) FROM task)")
    desk.tick(HOUR)
    while work.waiting[0].key != "sums":
        work.step()
    work.step()
    desk.sync.hinted()
    for _ in range(100):
        if work.waiting:
            work.step()
    assert not work.waiting
    assert desk.seat.rows("SELECT id FROM task ORDER BY id") == whole


def test_p5_a_hint_while_a_recovery_is_noted_begins_no_second_round(
    sit: Sit, organisation: Organisation
) -> None:
    work = DeferredWork()
    desk = Desk(sit(organisation.north_agents[0]), work)
    desk.tick()
    work.finish()
    desk.tick(HOUR)
    work.until(Lane.NETWORK)
    desk.block(ErrorKind.SERVER_RESTORED)
    work.step()
    desk.block(None)
    desk.sync.hinted()
    for _ in range(100):
        if work.waiting:
            work.step()
    assert not work.waiting
    assert desk.status.state is SyncState.IN_STEP
