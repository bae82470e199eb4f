"""One's own queue: whose tasks, in what order, in which part of the list; what the next task is (CONVENTIONS)."""

from typing import Any

import pytest

from agent_app.store import drafts
from agent_app.store.queries import queue
from agent_app.store.queries.queue import Queue, QueueFilter
from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.commands import Actor, Insert
from server_sync.domain.rules.permissions import may_take
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW

MIDNIGHT = NOW - 10 * HOUR


def put(company: Company, assignee: Actor | None, *, tier: str = "normal", **values: Any) -> bytes:
    """A task of a customer of his own."""
    organisation = company.organisation
    customer = organisation.customer(organisation.north, name="客户甲", tier=tier)
    task = organisation.task(customer, assignee, **values)
    company.put(customer, task)
    return task.row_id


def load(company: Company, part: QueueFilter = QueueFilter.ALL, actor: Actor | None = None) -> Queue:
    me = actor or company.organisation.north_agents[0]
    assert me.person_id is not None
    with company.store.read() as connection:
        return queue.load(connection, me.person_id, me.team_id, company.clock.at, part, MIDNIGHT)


def following(company: Company, *skipped: bytes) -> bytes | None:
    me = company.organisation.north_agents[0]
    assert me.person_id is not None
    with company.store.read() as connection:
        return queue.next_task(connection, me.person_id, me.team_id, company.clock.at, skipped)


@pytest.fixture
def me(company: Company) -> Actor:
    return company.organisation.north_agents[0]


def test_a_queue_has_ones_own_open_tasks_and_the_pool_of_ones_team(company: Company, me: Actor) -> None:
    mine, pool = put(company, me), put(company, None)
    accepted = put(company, me, state="accepted")
    put(company, company.organisation.north_agents[1])
    put(company, None, team_id=company.organisation.south)
    put(company, None, in_pool=False)
    put(company, me, state="done")
    put(company, me, state="cancelled")
    assert set(load(company).ids) == {mine, pool, accepted}


def test_who_has_no_team_has_no_pool(company: Company, me: Actor) -> None:
    put(company, None, team_id=None)
    put(company, None)
    assert load(company, actor=Actor(me.person_id, me.role, None)).ids == ()


def test_the_order_is_that_of_the_call_scheduling_rules(company: Company, me: Actor) -> None:
    fresh = put(company, me)
    waiting = put(company, me, not_before_at=NOW + HOUR)
    retry = put(company, me, attempt_count=1)
    vip = put(company, me, tier="vip")
    soon = put(company, me, due_at=NOW + HOUR)
    overdue = put(company, me, due_at=NOW - HOUR)
    missed = put(company, me, appointment_at=NOW - 20 * MINUTE)
    due = put(company, me, appointment_at=NOW - 10 * MINUTE)
    ending = put(company, me, appointment_at=NOW - 14 * MINUTE)
    found = load(company)
    assert found.ids == (ending, due, missed, overdue, soon, vip, retry, fresh, waiting)
    assert found.overdue == 1


def test_the_companys_own_times_decide_what_is_due(company: Company, me: Actor) -> None:
    put(company, me)
    appointment = put(company, me, appointment_at=NOW + 20 * MINUTE)
    assert load(company).ids[0] != appointment
    company.keep("callbacks", early_minutes=30)
    assert load(company).ids[0] == appointment


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (QueueFilter.ALL, {"new", "no_answer", "soft", "late"}),
        (QueueFilter.UNDIALLED, {"new", "late"}),
        (QueueFilter.UNREACHED, {"no_answer"}),
        (QueueFilter.REACHED, {"soft", "done_today"}),
        (QueueFilter.OVERDUE, {"late"}),
    ],
)
def test_parts_of_the_queue_are_those_of_the_practice(
    company: Company, me: Actor, part: QueueFilter, expected: set[str]
) -> None:
    done: dict[str, Any] = {"state": "done", "disposition": "1.1", "attempt_count": 1}
    made = {
        "new": put(company, me),
        "late": put(company, me, due_at=NOW - 1),
        "no_answer": put(company, me, attempt_count=1, disposition="3.13"),
        "soft": put(company, me, attempt_count=2, disposition="2.112a"),
        "done_today": put(company, me, **done, done_at=MIDNIGHT, due_at=NOW - DAY),
        "done_before": put(company, me, **done, done_at=MIDNIGHT - 1),
        "cancelled": put(company, me, state="cancelled", disposition="1.1", done_at=NOW),
    }
    assert set(load(company, part).ids) == {made[name] for name in expected}


def test_a_task_that_was_dialled_without_a_result_yet_is_unreached(company: Company, me: Actor) -> None:
    dialled = put(company, me, attempt_count=1)
    assert load(company, QueueFilter.UNREACHED).ids == (dialled,)


def test_what_is_done_is_not_overdue(company: Company, me: Actor) -> None:
    put(company, me, state="done", disposition="1.1", done_at=NOW - 1, due_at=NOW - DAY)
    assert load(company, QueueFilter.REACHED).overdue == 0


def test_the_next_task_can_be_called_now_and_is_not_the_one_on_the_screen(
    company: Company, me: Actor
) -> None:
    waiting = put(company, me, available_at=NOW + 1)
    assert following(company) is None
    first, second = put(company, me, tier="vip"), put(company, me)
    assert following(company) == first
    assert following(company, first) == second
    assert following(company, first, second) is None
    company.clock.at += 1
    assert following(company, first, second) == waiting


def test_an_appointment_is_not_offered_before_its_time(company: Company, me: Actor) -> None:  # journey A2
    appointment = put(company, me, appointment_at=NOW + 5 * MINUTE + 1)
    assert following(company) is None
    company.clock.at += 1
    assert following(company) == appointment


def test_a_line_has_what_its_words_need_and_masks_the_name(company: Company, me: Actor) -> None:
    organisation = company.organisation
    person = organisation.customer(
        organisation.north, name="欧阳小明", city="杭州", region="华东", tier="vip"
    )
    firm = organisation.customer(organisation.north, name="杭州云栖电子有限公司", kind="company")
    tasks = [
        organisation.task(person, me, attempt_count=2, disposition="3.13"),
        organisation.task(firm, None),
    ]
    company.put(person, firm, *tasks)
    ids = [task.row_id for task in tasks]
    with company.store.read() as connection:
        rows = queue.rows(connection, [*ids, bytes(16)], NOW)
    assert set(rows) == set(ids)
    one, other = (rows[task] for task in ids)
    assert (one.name, other.name) == ("欧阳*", "杭州**电子")
    assert (one.why, one.why_values) == ("vip", {"due_at": NOW + DAY, "priority": 50})
    assert (one.city, one.region, one.tier, one.in_pool, other.in_pool) == (
        "杭州",
        "华东",
        "vip",
        False,
        True,
    )
    assert (one.reason, one.reason_values) == ("days_after_order", {"days": 3, "label": "首访"})
    assert (one.attempt_count, one.disposition, one.state) == (2, "3.13", "open")


def test_line_and_place_in_the_queue_speak_of_one_class(company: Company, me: Actor) -> None:
    ids = [
        put(company, me, **values)
        for values in (
            {},
            {"tier": "vip"},
            {"attempt_count": 1},
            {"due_at": NOW - 1},
            {"due_at": NOW + HOUR},
            {"appointment_at": NOW},
            {"appointment_at": NOW - HOUR},
            {"urgency": "complaint_verification"},
            {"not_before_at": NOW + 1},
        )
    ]
    with company.store.read() as connection:
        rows = queue.rows(connection, ids, NOW)
    assert [rows[one].queue_class for one in load(company).ids] == sorted(
        row.queue_class for row in rows.values()
    )


def test_the_queue_holds_exactly_what_one_may_take(company: Company, me: Actor) -> None:
    organisation = company.organisation
    others: list[Actor | None] = [me, organisation.north_agents[1], None]
    tasks = []
    for team in (organisation.north, organisation.south, None):
        for assignee in others:
            for pool in (True, False):
                customer = organisation.customer(team)
                tasks.append(organisation.task(customer, assignee, team_id=team, in_pool=pool))
                company.put(customer, tasks[-1])
    for actor in (me, Actor(me.person_id, me.role, None), organisation.north_lead):
        allowed = {task.row_id for task in tasks if may_take(actor, task.row)}
        assert set(load(company, actor=actor).ids) == allowed


def test_a_call_without_a_wrap_up_is_found_the_latest_first_unless_its_task_is_closed(
    company: Company, me: Actor
) -> None:
    tasks = [put(company, me) for _ in range(4)]
    closed, only_answers = put(company, me, state="done"), put(company, me)
    with company.store.write() as connection:
        for number, task in enumerate((*tasks[:2], closed, only_answers)):
            call = None if task == only_answers else bytes([number]) * 16
            drafts.merge(connection, task, me.person_id or b"", None, call, {}, NOW + number)
        assert queue.call_without_wrap_up(connection) == tasks[1]
        drafts.drop(connection, tasks[1])
        drafts.drop(connection, tasks[0])
        assert queue.call_without_wrap_up(connection) is None


def test_section_5_who_has_only_numbers_in_dispute_is_passed_over_and_the_line_says_since_when(
    company: Company, me: Actor
) -> None:
    organisation = company.organisation
    customer = organisation.customer(organisation.north, name="客户甲")
    first, second = organisation.task(customer, me), put(company, me, due_at=NOW + 2 * DAY)
    clear = organisation.contact_point(customer, position=1)
    company.put(customer, organisation.contact_point(customer, disputed_at=NOW), first, clear)
    assert following(company) == first.row_id, "one of his numbers is clear"
    with company.store.read() as connection:
        assert queue.rows(connection, [first.row_id], NOW)[first.row_id].disputed_since is None
    with company.store.write() as connection:
        connection.exec_driver_sql("UPDATE contact_point SET disputed_at = ? WHERE position = 1", (NOW + 5,))
    assert following(company) == second
    with company.store.read() as connection:
        shown = queue.rows(connection, [first.row_id, second], NOW)
    assert [shown[one].disputed_since for one in (first.row_id, second)] == [NOW, None]


def test_what_something_stands_against_is_passed_over_and_stays_in_the_list(
    company: Company, me: Actor
) -> None:
    organisation = company.organisation
    other = organisation.north_agents[1]
    paused = put(company, me, tier="vip", plan_id=b"a-plan-on-pause1")
    too_skilled = put(company, None, tier="vip", skills=["refusal"])
    refused, spoken, free = (organisation.customer(organisation.north, name="客户乙") for _ in range(3))
    tasks = [organisation.task(one, me) for one in (refused, spoken, free)]
    plan: dict[str, Any] = {"id": b"a-plan-on-pause1", "code": "p", "name": "新品告知", "label": "新品"}
    plan |= {"state": "paused"}
    plan |= {"purpose": "service", "channel": "phone", "trigger": "batch", "params": {}, "audience": {}}
    never: dict[str, Any] = {
        "id": bytes(15) + b"d",
        "customer_id": refused.row_id,
        "scope": "all",
        "source": "call",
    }
    call: dict[str, Any] = {"id": bytes(15) + b"a", "customer_id": spoken.row_id, "task_id": tasks[1].row_id}
    call |= {"person_id": other.person_id, "channel": "phone", "started_at": NOW - MINUTE}
    company.put(
        refused,
        spoken,
        free,
        *tasks,
        Insert("plan", plan | {"due_within": {}}),
        Insert("do_not_call", never | {"set_at": NOW - DAY}),
        Insert("attempt", call),
    )
    assert following(company) == tasks[2].row_id
    assert set(load(company).ids) == {paused, too_skilled, *(task.row_id for task in tasks)}
    assert following(company, tasks[2].row_id) is None


def test_after_hours_the_next_task_can_be_prepared(company: Company, me: Actor) -> None:
    task = put(company, me, due_at=NOW + 3 * DAY)
    company.clock.at += 13 * HOUR
    assert following(company) == task


def test_further_purposes_of_a_contact_stand_in_its_line(company: Company, me: Actor) -> None:
    merged, alone = put(company, me), put(company, me)
    occasion = {"customer_id": bytes(16), "plan_id": bytes(16), "purpose": "survey", "reason_values": {}}
    for number, (outcome, reason) in enumerate(
        (("merged", "silence"), ("merged", "batch"), ("skipped", "days_after_order"))
    ):
        own: dict[str, Any] = {
            "id": bytes([number]) * 16,
            "task_id": merged,
            "outcome": outcome,
            "reason": reason,
        }
        own |= {"dedupe_key": str(number), "decided_at": NOW - number}
        company.put(Insert("occasion", occasion | own))
    with company.store.read() as connection:
        rows = queue.rows(connection, [merged, alone], NOW)
    assert [[reason for reason, _ in rows[one].also] for one in (merged, alone)] == [["batch", "silence"], []]
