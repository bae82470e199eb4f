"""Everything that a call needs to know of one customer (M2.1–M2.3), in its order and masked where it must be."""

from typing import Any

import pytest

from agent_app.store.queries import customer360
from agent_app.store.queries.customer360 import MOST_ACTIVITIES, MOST_ORDERS, Customer360
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Insert
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW

MIDNIGHT = NOW - 10 * HOUR


@pytest.fixture
def customer(company: Company) -> Insert:
    """A customer of the first agent."""
    organisation = company.organisation
    made = organisation.customer(organisation.north, owner=organisation.north_agents[0], name="欧阳小明")
    company.put(made)
    return made


def load(company: Company, customer: Insert) -> Customer360:
    with company.store.read() as connection:
        found = customer360.load(connection, customer.row_id, MIDNIGHT)
    assert found is not None
    return found


def his(company: Company, customer: Insert, table: str, **values: Any) -> bytes:
    row_id = company.ids.new()
    company.put(Insert(table, {"id": row_id, "customer_id": customer.row_id, **values}))
    return row_id


def fact(company: Company, customer: Insert, at: int, **values: Any) -> bytes:
    return his(company, customer, "activity", kind="note", details={}, happened_at=at, **values)


def test_a_customer_who_is_not_here_is_none(company: Company) -> None:
    with company.store.read() as connection:
        assert customer360.load(connection, bytes(16), MIDNIGHT) is None


def test_team_and_owner_are_named(company: Company, customer: Insert) -> None:
    found = load(company, customer)
    assert (found.team, found.owner, found.fields["name"]) == ("北区", "坐席 03", "欧阳小明")
    nobodys = company.organisation.customer(None)
    company.put(nobodys)
    assert (load(company, nobodys).team, load(company, nobodys).owner) == (None, None)


@pytest.mark.parametrize(
    ("kind", "value", "masked"),
    [
        ("mobile", "+8613812345678", "138****5678"),
        ("landline", "+862156781234;ext=9", "021****1234"),
        ("service", "+864001234567", "400****4567"),
        ("email", "xiaoming@example.com", "x***@example.com"),
        ("wechat", "xiaoming88", "x***"),
    ],
)
def test_numbers_and_addresses_are_masked(
    company: Company, customer: Insert, kind: str, value: str, masked: str
) -> None:
    company.put(company.organisation.contact_point(customer, kind=kind, value=value))
    (point,) = load(company, customer).contact_points
    assert (point.masked, point.value) == (masked, value)


def test_numbers_stand_in_the_companys_order_and_dead_ones_are_told(
    company: Company, customer: Insert
) -> None:
    organisation = company.organisation
    second = organisation.contact_point(customer, position=1, valid=False, label="公司")
    first = organisation.contact_point(customer, position=0)
    company.put(second, first)
    points = load(company, customer).contact_points
    assert [(p.id, p.valid, p.label) for p in points] == [
        (first.row_id, True, None),
        (second.row_id, False, "公司"),
    ]


def test_only_refusals_that_stand_are_shown(company: Company, customer: Insert) -> None:
    values = {"scope": "marketing", "source": "call", "set_at": NOW}
    standing = his(company, customer, "do_not_call", **values, note="别再打")
    his(company, customer, "do_not_call", **values, cleared_at=NOW)
    (refusal,) = load(company, customer).refusals
    assert (refusal.id, refusal.scope, refusal.source, refusal.note) == (
        standing,
        "marketing",
        "call",
        "别再打",
    )


def test_orders_and_facts_come_the_latest_first_and_no_more_than_fit(
    company: Company, customer: Insert
) -> None:
    organisation = company.organisation
    days = [f"2026-{month:02}-{day:02}" for month in range(1, 10) for day in range(1, 8)]
    company.put(*(organisation.order(customer, ordered_on=day) for day in days))
    for number in range(MOST_ACTIVITIES + 5):
        fact(company, customer, NOW - number * DAY, person_id=organisation.north_agents[1].person_id)
    found = load(company, customer)
    assert [order.ordered_on for order in found.orders] == sorted(days, reverse=True)[:MOST_ORDERS]
    assert [entry.happened_at for entry in found.timeline] == [NOW - n * DAY for n in range(MOST_ACTIVITIES)]
    assert {entry.person for entry in found.timeline} == {"坐席 04"}


def test_a_returned_order_is_told(company: Company, customer: Insert) -> None:
    company.put(company.organisation.order(customer, returned_at=NOW, amount="129.696"))
    (order,) = load(company, customer).orders
    assert (order.returned, order.amount) == (True, "129.696")


def test_open_promises_and_open_tasks_alone_are_open(company: Company, customer: Insert) -> None:
    organisation = company.organisation
    agent = organisation.north_agents[0]
    later = organisation.task(customer, agent, due_at=NOW + DAY)
    sooner = organisation.task(customer, None, due_at=NOW)
    company.put(
        later,
        sooner,
        organisation.task(customer, agent, state="done"),
        organisation.task(customer, agent, state="cancelled"),
    )
    promise = {
        "task_id": later.row_id,
        "owner_id": agent.person_id,
        "with_whom": "respondent",
        "booked_at": NOW,
    }
    open_one = his(company, customer, "callback", **promise, state="open", callback_at=NOW + HOUR)
    for state in ("kept", "released", "cancelled"):
        his(company, customer, "callback", **promise, state=state, callback_at=NOW)
    found = load(company, customer)
    assert [(task.id, task.assignee) for task in found.tasks] == [
        (sooner.row_id, None),
        (later.row_id, "坐席 03"),
    ]
    assert [(one.id, one.owner, one.with_whom) for one in found.callbacks] == [
        (open_one, "坐席 03", "respondent")
    ]


def test_attempts_count_from_midnight(company: Company, customer: Insert) -> None:
    agent = company.organisation.north_agents[0].person_id
    call = {"task_id": bytes(16), "person_id": agent, "channel": "phone"}
    for at in (MIDNIGHT - 1, MIDNIGHT, NOW):
        his(company, customer, "attempt", **call, started_at=at)
    assert load(company, customer).attempts_today == 2


def test_nothing_of_another_customer_is_shown(company: Company, customer: Insert) -> None:
    organisation = company.organisation
    other = organisation.customer(organisation.north)
    company.put(
        other,
        organisation.contact_point(other),
        organisation.order(other),
        organisation.task(other, organisation.north_agents[0]),
    )
    fact(company, other, NOW)
    his(company, other, "do_not_call", scope="all", source="call", set_at=NOW)
    found = load(company, customer)
    shown = (found.contact_points, found.orders, found.tasks, found.timeline, found.refusals, found.callbacks)
    assert shown == ((), (), (), (), (), ())
