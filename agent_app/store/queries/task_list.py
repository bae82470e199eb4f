"""The tasks behind a figure of the team: the ids at once, the rows as they come into sight, and what can be moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select

from agent_app.store.queries.task_parts import Part, Period, Whose, tasks_in
from server_sync.domain.model import customer, person, plan, task
from server_sync.domain.rules.names import mask_firm, mask_person
from server_sync.domain.rules.permissions import OPEN_STATES


@dataclass(frozen=True)
class PlanOf:
    """Only tasks of this plan; None: of those made without one."""

    plan_id: bytes | None


@dataclass(frozen=True)
class TaskFilter:
    """Which tasks: a part of somebody's, in a period, and of those the ones of a plan or of a result."""

    part: Part
    whose: Whose
    period: Period
    plan: PlanOf | None = None
    disposition: str | None = None


class Order(StrEnum):
    """By what the list is sorted."""

    CUSTOMER = "customer"
    REASON = "reason"
    ASSIGNEE = "assignee"
    DUE = "due"
    ATTEMPTS = "attempts"
    STATE = "state"


@dataclass(frozen=True)
class TaskRow:
    """One line: `name` is masked, `reason` needs words; `assignee` None: in the team's pool, or nobody's."""

    id: bytes
    customer_id: bytes
    name: str
    tier: str
    reason: str
    reason_values: Mapping[str, Any]
    plan: str | None
    assignee: str | None
    in_pool: bool
    due_at: int
    done_at: int | None
    attempt_count: int
    state: str
    disposition: str | None


@dataclass(frozen=True)
class Movable:
    """An open task as it stands before it is given to somebody else."""

    task_id: bytes
    customer_id: bytes
    team_id: bytes | None
    assignee_id: bytes | None
    in_pool: bool


_IDS_AT_ONCE = 1_000

_COLUMNS = {
    Order.CUSTOMER: (customer.c.name,),
    Order.REASON: (plan.c.name, task.c.reason),
    Order.ASSIGNEE: (person.c.name,),
    Order.DUE: (task.c.due_at,),
    Order.ATTEMPTS: (task.c.attempt_count,),
    Order.STATE: (task.c.state, task.c.disposition),
}


def load(
    connection: Connection,
    wanted: TaskFilter,
    now: int,
    order: Order = Order.DUE,
    *,
    descending: bool = False,
) -> tuple[bytes, ...]:
    """Task ids in their order; those alike by due time, then by id."""
    found = select(task.c.id).where(
        tasks_in(wanted.part, wanted.whose, wanted.period, now, wanted.disposition)
    )
    if order is Order.CUSTOMER:
        found = found.join(customer, customer.c.id == task.c.customer_id)
    elif order is Order.REASON:
        found = found.outerjoin(plan, plan.c.id == task.c.plan_id)
    elif order is Order.ASSIGNEE:
        found = found.outerjoin(person, person.c.id == task.c.assignee_id)
    if wanted.plan is not None:
        found = found.where(task.c.plan_id.is_not_distinct_from(wanted.plan.plan_id))
    columns = [column.desc() if descending else column for column in _COLUMNS[order]]
    return tuple(connection.execute(found.order_by(*columns, task.c.due_at, task.c.id)).scalars())


def rows(connection: Connection, ids: Sequence[bytes]) -> dict[bytes, TaskRow]:
    """The lines of some tasks; a task that has left meanwhile is missing."""
    found = (
        select(
            task,
            customer.c.name.label("customer"),
            customer.c.kind,
            customer.c.tier,
            plan.c.name.label("plan"),
            person.c.name.label("assignee"),
        )
        .join(customer, customer.c.id == task.c.customer_id)
        .outerjoin(plan, plan.c.id == task.c.plan_id)
        .outerjoin(person, person.c.id == task.c.assignee_id)
        .where(task.c.id.in_(ids))
    )
    return {row.id: _row(row._asdict()) for row in connection.execute(found)}


def movable(connection: Connection, ids: Sequence[bytes]) -> tuple[Movable, ...]:
    """Those of some tasks that are still open, in the order given."""
    columns = (task.c.id, task.c.customer_id, task.c.team_id, task.c.assignee_id, task.c.in_pool)
    by_id: dict[bytes, Movable] = {}
    for place in range(0, len(ids), _IDS_AT_ONCE):
        some = ids[place : place + _IDS_AT_ONCE]
        found = select(*columns).where(task.c.id.in_(some), task.c.state.in_(OPEN_STATES))
        by_id |= {row.id: Movable(*row) for row in connection.execute(found)}
    return tuple(by_id[task_id] for task_id in ids if task_id in by_id)


def _row(row: Mapping[str, Any]) -> TaskRow:
    name = row["customer"]
    return TaskRow(
        id=row["id"],
        customer_id=row["customer_id"],
        name=mask_firm(name) if row["kind"] == "company" else mask_person(name),
        tier=row["tier"],
        reason=row["reason"],
        reason_values=row["reason_values"],
        plan=row["plan"],
        assignee=row["assignee"],
        in_pool=row["in_pool"],
        due_at=row["due_at"],
        done_at=row["done_at"],
        attempt_count=row["attempt_count"],
        state=row["state"],
        disposition=row["disposition"],
    )
