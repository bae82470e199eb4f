"""Rounds of real desks with a real server: each test names the rule of the protocol that it guards."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from server_sync.domain.clock import HOUR
from server_sync.domain.commands import (
    AcceptTask,
    Actor,
    AddNote,
    CorrectCustomer,
    FinishAttempt,
    ReassignTask,
    StartAttempt,
    Update,
)
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import Role
from server_sync.domain.wire.messages import PullReply, PullRequest, PushRequest, Removed
from server_sync.store.changes import Delete, write
from server_sync.store.database import Database
from tests.agent_app.sync.office import HandClock, Seat
from tests.server_sync.organisation import Organisation

Sit = Callable[[Actor], Seat]


def first_task(seat: Seat) -> tuple[bytes, bytes]:
    """Task and customer that come first at a desk."""
    ((task, customer),) = seat.rows("SELECT id, customer_id FROM task ORDER BY id LIMIT 1")
    assert isinstance(task, bytes)
    assert isinstance(customer, bytes)
    return task, customer


def test_s3_a_desk_gets_its_own_dossiers_and_no_other(sit: Sit, organisation: Organisation) -> None:
    mine, other = sit(organisation.north_agents[0]), sit(organisation.south_agents[0])
    mine.sync()
    other.sync()
    assert mine.rows("SELECT name FROM customer ORDER BY name") == [("客户 0",), ("客户 1",), ("客户 2",)]
    assert len(mine.rows("SELECT 1 FROM contact_point")) == len(mine.rows("SELECT 1 FROM sales_order")) == 3
    assert other.rows("SELECT 1 FROM customer") == []
    assert len(other.rows("SELECT 1 FROM person")) == len(organisation.people())


def test_l1_pages_of_any_size_give_the_same_replica(sit: Sit, organisation: Organisation) -> None:
    whole, piecemeal = sit(organisation.north_lead), sit(organisation.north_lead)
    whole.sync()
    requests = piecemeal.sync(page_rows=1)
    assert requests > 10
    for table in ("customer", "task", "person", "sales_order", "held"):
        assert sorted(whole.rows(f"SELECT * FROM {table}")) == sorted(
            piecemeal.rows(f"SELECT * FROM {table}")
        )


def test_l1_idle_costs_one_request(sit: Sit, organisation: Organisation) -> None:
    seat = sit(organisation.north_agents[0])
    seat.sync()
    assert seat.sync() == 1


def test_l1_idle_writes_nothing_also_on_a_desk_that_has_never_sent_anything(
    sit: Sit, organisation: Organisation
) -> None:
    def written(seat: Seat) -> int:
        with seat.store.read() as connection:
            driver: Any = connection.connection.dbapi_connection
            return int(driver.total_changes)

    sender, reader = sit(organisation.north_agents[0]), sit(organisation.north_lead)
    for seat in (sender, reader):
        seat.sync()
    _, customer = first_task(sender)
    sender.do(AddNote(sender.ids.new(), customer, "一", sender.clock.now()))
    for seat in (sender, reader):
        seat.sync()
        before = written(seat)
        assert seat.sync() == 1
        assert written(seat) == before


def test_p1_what_was_saved_is_in_the_outbox_after_a_restart(sit: Sit, organisation: Organisation) -> None:
    seat = sit(organisation.north_agents[0])
    seat.sync()
    task, customer = first_task(seat)
    seat.do(AddNote(seat.ids.new(), customer, "喜欢上午接电话", seat.clock.now(), task))
    seat.restart()
    assert seat.rows("SELECT text FROM activity") == [("喜欢上午接电话",)]
    assert seat.rows("SELECT mid, state FROM outbox") == [(1, "pending")]


def test_a_call_reaches_the_supervisor(sit: Sit, organisation: Organisation) -> None:
    agent, lead = sit(organisation.north_agents[0]), sit(organisation.north_lead)
    agent.sync()
    task, customer = first_task(agent)
    attempt = agent.ids.new()
    agent.do(StartAttempt(attempt, task, customer, None, "phone", agent.clock.now()))
    agent.do(FinishAttempt(attempt, task, customer, "1.1", "都好", agent.clock.now(), 61_000))
    agent.sync()
    lead.sync()
    assert lead.rows("SELECT state, disposition, attempt_count FROM task WHERE id = ?", task) == [
        ("done", "1.1", 1)
    ]
    assert lead.rows("SELECT talk_ms, answered FROM attempt") == [(61_000, 1)]
    assert agent.rows("SELECT DISTINCT state FROM outbox") == [("kept",)]
    assert agent.rows("SELECT count(*) FROM base_row") == [(0,)]


def test_p2_a_lost_reply_is_asked_for_again_and_counts_once(sit: Sit, organisation: Organisation) -> None:
    agent, lead = sit(organisation.north_agents[0]), sit(organisation.north_lead)
    agent.sync()
    _, customer = first_task(agent)
    agent.do(AddNote(agent.ids.new(), customer, "一次", agent.clock.now()))
    request = agent.ask()
    assert isinstance(request, PushRequest)
    agent.answer(request)
    agent.fail(KnownError(ErrorKind.OFFLINE))
    agent.sync()
    lead.sync()
    assert lead.rows("SELECT text FROM activity") == [("一次",)]


def test_p5_a_late_reply_is_ignored(sit: Sit, organisation: Organisation) -> None:
    seat = sit(organisation.north_agents[0])
    seat.engine.wake()
    early = seat.ask()
    assert isinstance(early, PullRequest)
    late = seat.answer(early)
    seat.ask()
    assert seat.take(late).changes is None
    assert seat.rows("SELECT 1 FROM customer") == []


def test_p3_a_rejection_shows_as_a_conflict_and_blocks_nothing(sit: Sit, organisation: Organisation) -> None:
    agent, lead = sit(organisation.north_agents[0]), sit(organisation.north_lead)
    agent.sync()
    lead.sync()
    task, customer = first_task(agent)
    lead.do(CorrectCustomer(lead.ids.new(), customer, "name", "客户 0", "客户 甲", lead.clock.now()))
    lead.sync()
    agent.do(CorrectCustomer(agent.ids.new(), customer, "name", "客户 0", "客户 乙", agent.clock.now()))
    agent.do(AddNote(agent.ids.new(), customer, "之后的一条", agent.clock.now(), task))
    assert agent.rows("SELECT name FROM customer WHERE id = ?", customer) == [("客户 乙",)]
    agent.sync()
    assert agent.rows("SELECT kind FROM conflict") == [(ErrorKind.FIELD_CONFLICT.value,)]
    assert agent.rows("SELECT name FROM customer WHERE id = ?", customer) == [("客户 甲",)]
    lead.sync()
    assert ("之后的一条",) in lead.rows("SELECT text FROM activity")


def test_p3_a_failing_server_sets_one_mutation_aside_after_eight_tries(
    sit: Sit, organisation: Organisation
) -> None:
    agent = sit(organisation.north_agents[0])
    agent.sync()
    _, customer = first_task(agent)
    agent.do(AddNote(agent.ids.new(), customer, "毒", agent.clock.now()))
    agent.do(AddNote(agent.ids.new(), customer, "好", agent.clock.now()))
    sizes = []
    for _ in range(9):
        request = agent.ask()
        assert isinstance(request, PushRequest)
        sizes.append(len(request.mutations))
        agent.fail(KnownError(ErrorKind.SERVER_FAILED, status=500))
    assert sizes == [2, *[1] * 8], "together once, then alone, so that no other suffers for it"
    assert agent.rows("SELECT mid, status FROM conflict") == [(1, "set_aside")]
    assert agent.rows("SELECT mid FROM outbox") == [(2,)]
    assert agent.rows("SELECT text FROM activity") == [("好",)], "what was set aside is taken back"
    agent.sync()
    assert agent.rows("SELECT text FROM activity") == [("好",)]
    assert agent.rows("SELECT count(*) FROM base_row") == [(0,)]


def test_being_offline_never_sets_a_mutation_aside(sit: Sit, organisation: Organisation) -> None:
    agent = sit(organisation.north_agents[0])
    agent.sync()
    agent.do(AddNote(agent.ids.new(), first_task(agent)[1], "等网络", agent.clock.now()))
    for _ in range(20):
        agent.ask()
        agent.fail(KnownError(ErrorKind.OFFLINE))
    assert agent.rows("SELECT mid, state FROM outbox") == [(1, "pending")]


def test_p4_pending_edits_stay_on_top_of_a_page(sit: Sit, organisation: Organisation) -> None:
    agent, lead = sit(organisation.north_agents[0]), sit(organisation.north_lead)
    agent.sync()
    lead.sync()
    _, customer = first_task(agent)
    lead.do(CorrectCustomer(lead.ids.new(), customer, "address", None, "西湖区 1 号", lead.clock.now()))
    lead.sync()
    agent.engine.wake()
    request = agent.ask()
    assert isinstance(request, PullRequest)
    agent.do(CorrectCustomer(agent.ids.new(), customer, "city", None, "杭州", agent.clock.now()))
    agent.take(agent.answer(request))
    assert agent.rows("SELECT city, address FROM customer WHERE id = ?", customer) == [
        ("杭州", "西湖区 1 号")
    ]
    agent.sync()
    lead.sync()
    assert lead.rows("SELECT city, address FROM customer WHERE id = ?", customer) == [("杭州", "西湖区 1 号")]


def test_l2_a_reassigned_dossier_leaves_the_old_desk_without_a_trace(
    sit: Sit, organisation: Organisation
) -> None:
    old, new, lead = (
        sit(organisation.north_agents[0]),
        sit(organisation.north_agents[1]),
        sit(organisation.north_lead),
    )
    for seat in (old, new, lead):
        seat.sync()
    task, customer = first_task(old)
    lead.do(ReassignTask(lead.ids.new(), task, customer, new.actor.person_id, lead.clock.now()))
    lead.sync()
    request = old_round(old)
    new.sync()
    assert request
    for table in ("contact_point", "task", "sales_order", "activity", "held"):
        assert old.rows(f"SELECT 1 FROM {table} WHERE customer_id = ?", customer) == []
    assert old.rows("SELECT 1 FROM customer WHERE id = ?", customer) == []
    assert len(new.rows("SELECT 1 FROM sales_order WHERE customer_id = ?", customer)) == 1


def test_l2_what_went_from_a_team_goes_even_if_the_team_is_lost_and_the_dossier_comes_otherwise(
    sit: Sit, organisation: Organisation, server: Database
) -> None:
    lead = sit(organisation.north_lead)
    lead.sync()
    task, customer = first_task(lead)
    [(point,)] = lead.rows("SELECT id FROM contact_point WHERE customer_id = ?", customer)
    assert isinstance(point, bytes)
    person = organisation.north_lead.person_id
    assert person is not None
    with server.write(lead.clock.now()) as tx:
        write(tx, [Delete("contact_point", point)])
    with server.write(lead.clock.now()) as tx:
        write(
            tx, [Update("task", task, {"assignee_id": person}), Update("person", person, {"role": "agent"})]
        )
    lead.actor = replace(organisation.north_lead, role=Role.AGENT)
    lead.sync()
    assert lead.rows("SELECT id FROM customer") == [(customer,)]
    assert lead.rows("SELECT id FROM contact_point") == []
    assert lead.compare() == []


def old_round(seat: Seat) -> bool:
    """A round after which something left: the store has to be settled."""
    seat.engine.wake()
    left = False
    while (request := seat.ask()) is not None:
        left = seat.take(seat.answer(request)).dossiers_left or left
    return left


def test_l2_unsent_work_on_a_task_taken_away_goes_up_first_and_is_kept_as_late(
    sit: Sit, organisation: Organisation, server: Database, clock: HandClock
) -> None:
    old, lead = sit(organisation.north_agents[0]), sit(organisation.north_lead)
    old.sync()
    lead.sync()
    task, customer = first_task(old)
    lead.do(ReassignTask(lead.ids.new(), task, customer, organisation.north_agents[1].person_id, clock.now()))
    lead.sync()
    attempt = old.ids.new()
    old.do(StartAttempt(attempt, task, customer, None, "phone", clock.now()))
    old.do(FinishAttempt(attempt, task, customer, "1.1", None, clock.now(), 1_000))
    clock.at += HOUR
    old.sync()
    lead.sync()
    assert lead.rows("SELECT late, disposition FROM attempt WHERE id = ?", attempt) == [(1, "1.1")]
    assert lead.rows("SELECT state FROM task WHERE id = ?", task) == [("open",)]
    assert old.rows("SELECT 1 FROM customer WHERE id = ?", customer) == []
    assert old.rows("SELECT 1 FROM conflict") == []


def test_l5_a_page_that_would_empty_the_desk_stops(sit: Sit, organisation: Organisation) -> None:
    seat = sit(organisation.north_lead)
    seat.sync()
    with seat.store.write() as connection:
        connection.exec_driver_sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600) "
            "INSERT INTO held SELECT randomblob(16), 'team:x' FROM n"
        )
    held = [row[0] for row in seat.rows("SELECT customer_id FROM held")]
    seat.engine.wake()
    request = seat.ask()
    assert isinstance(request, PullRequest)
    honest = seat.answer(request)
    assert isinstance(honest, PullReply)
    emptying = PullReply(
        request=honest.request,
        epoch=honest.epoch,
        from_cursor=honest.from_cursor,
        gained=[],
        lost=[],
        removed=[
            Removed(partition="team:x", customers=[one for one in held if isinstance(one, bytes)], rows={})
        ],
        held=[],
        tables={},
        cursor=honest.cursor,
        more=False,
        server_now=honest.server_now,
    )
    with pytest.raises(KnownError) as stopped:
        seat.take(emptying)
    assert stopped.value.kind is ErrorKind.SERVER_WOULD_EMPTY_DESK
    assert len(seat.rows("SELECT 1 FROM held")) == len(held)


def test_two_desks_take_one_pooled_task_and_the_later_one_is_told(
    sit: Sit, organisation: Organisation, server: Database, clock: HandClock
) -> None:
    customer = organisation.customer(organisation.north, name="池中客户")
    pooled = organisation.task(customer, None)
    with server.write(clock.now()) as tx:
        write(tx, [customer, pooled])
    one, two = sit(organisation.north_agents[0]), sit(organisation.north_agents[1])
    one.sync()
    two.sync()
    one.do(AcceptTask(pooled.row_id, customer.row_id, clock.now()))
    two.do(AcceptTask(pooled.row_id, customer.row_id, clock.now()))
    one.sync()
    two.sync()
    assert one.rows("SELECT 1 FROM conflict") == []
    assert [kind for (kind,) in two.rows("SELECT kind FROM conflict")] in (
        [ErrorKind.ALREADY_TAKEN.value],
        [ErrorKind.NOT_FOUND.value],
    )
    assert two.rows("SELECT 1 FROM task WHERE id = ?", pooled.row_id) == []


def test_l3_a_hint_during_a_pull_is_not_lost(sit: Sit, organisation: Organisation) -> None:
    agent, lead = sit(organisation.north_agents[0]), sit(organisation.north_lead)
    agent.sync()
    lead.sync()
    lead.engine.wake()
    asked = lead.ask()
    assert asked is not None
    answered = lead.answer(asked)
    agent.do(AddNote(agent.ids.new(), first_task(agent)[1], "刚写的", agent.clock.now()))
    agent.sync()
    lead.engine.wake()
    lead.take(answered)
    asked = lead.ask()
    assert asked is not None, "the hint came after the server had answered"
    lead.take(lead.answer(asked))
    assert lead.rows("SELECT text FROM activity") == [("刚写的",)]
    assert lead.ask() is None


def test_a_pull_that_came_to_nothing_is_still_due(sit: Sit, organisation: Organisation) -> None:
    seat = sit(organisation.north_agents[0])
    seat.engine.wake()
    assert seat.ask() is not None
    assert seat.ask() is not None, "no reply"
    seat.fail(KnownError(ErrorKind.OFFLINE))
    assert seat.ask() is not None


def test_p2_a_push_is_never_larger_than_a_server_takes(sit: Sit, organisation: Organisation) -> None:
    agent = sit(organisation.north_agents[0])
    agent.sync()
    _, customer = first_task(agent)
    for _ in range(600):
        agent.do(AddNote(agent.ids.new(), customer, "长" * 3_000, agent.clock.now()))
    request = agent.ask()
    assert isinstance(request, PushRequest)
    assert sum(len(one.args) for one in request.mutations) <= 4 * 1024 * 1024
    agent.sync()
    assert agent.rows("SELECT DISTINCT state FROM outbox") == [("kept",)]
    assert agent.rows("SELECT count(*) FROM activity WHERE kind = 'note'") == [(600,)]
