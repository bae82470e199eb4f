"""The queue's order: the same by Python and by SQL on SQLite and PostgreSQL, and the reasons beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, insert, select

from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.model import Purpose, TaskState, Tier, Urgency, customer, metadata, task
from server_sync.domain.rules.queue_order import (
    QueueClass,
    class_column,
    order_by,
    queue_class,
    rank,
    why,
)
from server_sync.domain.rules.settings import DEFAULTS

NOW = round(datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai")).timestamp() * 1000)


def identity(number: int) -> bytes:
    return number.to_bytes(16)


def a_task(number: int = 1, **values: Any) -> dict[str, Any]:
    return {
        "id": identity(number),
        "customer_id": identity(number),
        "in_pool": False,
        "state": TaskState.OPEN,
        "purpose": Purpose.SERVICE,
        "channel": "phone",
        "reason": "days_after_order",
        "reason_values": {},
        "priority": 50,
        "urgency": Urgency.NORMAL,
        "available_at": NOW - DAY,
        "due_at": NOW + 3 * DAY,
        "attempt_count": 0,
        "disposition": None,
        "not_before_at": None,
        "appointment_at": None,
        "appointment_owner_id": None,
        "dedupe_key": str(number),
        "created_at": NOW - DAY,
    } | values


def a_customer(number: int = 1, tier: str = Tier.NORMAL) -> dict[str, Any]:
    return {
        "id": identity(number),
        "code": f"C{number}",
        "kind": "person",
        "name": "客户",
        "tier": tier,
        "created_at": 0,
    }


@dataclass(frozen=True)
class Vector:
    """A task (tier of its customer apart) with its class and its reason."""

    name: str
    task: dict[str, Any]
    found: QueueClass
    why: str
    tier: str = Tier.NORMAL


C = QueueClass
# In the order in which they must come out.
VECTORS = (
    Vector("missed by 15", {"appointment_at": NOW - 15 * MINUTE}, C.APPOINTMENT, "appointment_due"),
    Vector("appointment now", {"appointment_at": NOW}, C.APPOINTMENT, "appointment_due"),
    Vector(
        "appointment in 5",
        {"appointment_at": NOW + 5 * MINUTE, "not_before_at": NOW + DAY, "priority": 100},
        C.APPOINTMENT,
        "appointment_due",
    ),
    Vector("appointment a day ago", {"appointment_at": NOW - DAY}, C.PROMISE, "appointment_missed"),
    Vector(
        "promise overdue", {"urgency": Urgency.PROMISE, "due_at": NOW - HOUR}, C.PROMISE, "promise_overdue"
    ),
    Vector(
        "missed by 15 and a bit", {"appointment_at": NOW - 15 * MINUTE - 1}, C.PROMISE, "appointment_missed"
    ),
    Vector(
        "complaint to verify",
        {"urgency": Urgency.COMPLAINT_VERIFICATION, "due_at": NOW + DAY},
        C.PROMISE,
        "complaint_verification",
    ),
    Vector("overdue", {"due_at": NOW - DAY, "priority": 0}, C.DEADLINE, "overdue"),
    Vector("due at this moment", {"due_at": NOW, "priority": 100}, C.DEADLINE, "overdue"),
    Vector("due in four hours", {"due_at": NOW + 4 * HOUR}, C.DEADLINE, "due_soon"),
    Vector("VIP of high priority", {"priority": 60, "due_at": NOW + 9 * DAY}, C.VIP, "vip", Tier.VIP),
    Vector("VIP tried", {"attempt_count": 3, "due_at": NOW + 2 * DAY}, C.VIP, "vip", Tier.VIP),
    Vector("VIP", {}, C.VIP, "vip", Tier.VIP),
    Vector("retry", {"attempt_count": 1, "not_before_at": NOW, "due_at": NOW + 8 * DAY}, C.RETRY, "retry"),
    Vector("fresh of high priority", {"priority": 51, "due_at": NOW + 9 * DAY}, C.FRESH, "fresh"),
    Vector("fresh, just not due soon", {"due_at": NOW + 4 * HOUR + 1}, C.FRESH, "fresh"),
    Vector("fresh promise", {"urgency": Urgency.PROMISE, "due_at": NOW + DAY}, C.FRESH, "fresh"),
    Vector("fresh one", {}, C.FRESH, "fresh"),
    Vector("fresh two", {}, C.FRESH, "fresh"),
    Vector("delay", {"not_before_at": NOW + 1, "due_at": NOW - DAY}, C.WAITING, "waiting", Tier.VIP),
    Vector("appointment later", {"appointment_at": NOW + 5 * MINUTE + 1}, C.WAITING, "waiting"),
    Vector("not available yet", {"available_at": NOW + HOUR}, C.WAITING, "waiting"),
    Vector(
        "tried ahead of its time",
        {"available_at": NOW + 2 * HOUR, "not_before_at": NOW - HOUR, "attempt_count": 1},
        C.WAITING,
        "waiting",
    ),
)


@pytest.fixture(scope="module")
def sqlite() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    metadata.create_all(engine, [task, customer])
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def postgresql(empty_postgresql_url: str) -> Iterator[Connection]:
    engine = create_engine(empty_postgresql_url)
    metadata.create_all(engine, [task, customer])
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Connection:
    found: Connection = request.getfixturevalue(request.param)
    return found


Case = tuple[dict[str, Any], dict[str, Any]]


def sorted_by_sql(connection: Connection, cases: list[Case]) -> list[tuple[bytes, int]]:
    """Ids and classes in the order of SQL; the tables are as before afterwards."""
    with connection.begin():
        connection.execute(insert(task), [one for one, _ in cases])
        connection.execute(insert(customer), list({of["id"]: of for _, of in cases}.values()))
        statement = (
            select(task.c.id, class_column(task, customer, NOW, DEFAULTS))
            .join_from(task, customer, task.c.customer_id == customer.c.id)
            .order_by(*order_by(task, customer, NOW, DEFAULTS))
        )
        found = [(row[0], row[1]) for row in connection.execute(statement)]
        connection.rollback()
    return found


def sorted_by_python(cases: list[Case]) -> list[tuple[bytes, int]]:
    ordered = sorted(cases, key=lambda case: rank(case[0], case[1], NOW, DEFAULTS))
    return [(one["id"], queue_class(one, of, NOW, DEFAULTS)) for one, of in ordered]


def cases_of(vectors: tuple[Vector, ...]) -> list[Case]:
    return [(a_task(n, **v.task), a_customer(n, v.tier)) for n, v in enumerate(vectors, start=1)]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_task_is_in_its_class_with_its_reason(vector: Vector) -> None:
    one, of = cases_of((vector,))[0]
    assert queue_class(one, of, NOW, DEFAULTS) is vector.found
    assert why(one, of, NOW, DEFAULTS).kind == vector.why


def test_what_waits_is_told_to_wait_until_the_last_that_keeps_it() -> None:
    for not_before_at, until_at in ((NOW - HOUR, NOW + HOUR), (NOW + 3 * HOUR, NOW + 3 * HOUR)):
        one = a_task(available_at=NOW + HOUR, not_before_at=not_before_at)
        assert why(one, a_customer(), NOW, DEFAULTS).values == {"until_at": until_at}


def test_python_sorts_the_vectors_as_the_rule_says() -> None:
    assert [one for one, _ in sorted_by_python(cases_of(VECTORS)[::-1])] == [
        identity(n) for n in range(1, len(VECTORS) + 1)
    ]


def test_sql_sorts_the_vectors_as_the_rule_says(database: Connection) -> None:
    expected = [(identity(n), vector.found) for n, vector in enumerate(VECTORS, start=1)]
    assert sorted_by_sql(database, cases_of(VECTORS)[::-1]) == expected


moments = st.sampled_from(
    [NOW + sign * step for step in (0, 1, 5 * MINUTE, 15 * MINUTE, 4 * HOUR, DAY) for sign in (-1, 1)]
)
tasks = st.fixed_dictionaries(
    {
        "appointment_at": st.none() | moments,
        "not_before_at": st.none() | moments,
        "available_at": moments,
        "due_at": moments,
        "urgency": st.sampled_from(list(Urgency)),
        "attempt_count": st.integers(0, 3),
        "priority": st.sampled_from([0, 50, 100]),
    }
)


@st.composite
def queues(draw: st.DrawFn) -> list[Case]:
    customers = [a_customer(n, draw(st.sampled_from(list(Tier)))) for n in range(5)]
    owned = draw(st.lists(st.tuples(tasks, st.sampled_from(customers)), min_size=1, max_size=25))
    return [(a_task(n, **values, customer_id=of["id"]), of) for n, (values, of) in enumerate(owned)]


shared_database = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@settings(shared_database, max_examples=150)
@given(queues())
def test_sqlite_and_python_agree_on_every_queue(sqlite: Connection, cases: list[Case]) -> None:
    assert sorted_by_sql(sqlite, cases) == sorted_by_python(cases)


@settings(shared_database, max_examples=60)
@given(queues())
def test_postgresql_and_python_agree_on_every_queue(postgresql: Connection, cases: list[Case]) -> None:
    assert sorted_by_sql(postgresql, cases) == sorted_by_python(cases)
