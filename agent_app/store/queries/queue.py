"""One's own queue: the ids in their order at once, the rows as they come into sight; the order is
`rules.queue_order`."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from agent_app.store import pulled
from agent_app.store.queries import settings
from agent_app.store.rows import StoreRows
from agent_app.store.tables import draft
from server_sync.domain.commands import Need
from server_sync.domain.model import (
    Channel,
    OccasionOutcome,
    TaskState,
    contact_point,
    customer,
    occasion,
    task,
)
from server_sync.domain.rules import contact_ledger, next_call, queue_order
from server_sync.domain.rules.dispositions import BY_CODE
from server_sync.domain.rules.names import mask_firm, mask_person
from server_sync.domain.rules.permissions import OPEN_STATES
from server_sync.domain.rules.queue_order import QueueClass

_REACHED = [code for code, disposition in BY_CODE.items() if disposition.contacted]
_RULES = ("callbacks", "queue")

LOOKED_AT = (10, 90, 900)
"""How many tasks are looked at for the next call, and in which bites: what stands against all of the first thousand
stands against the hour or the person rather than against the tasks."""

_CALLED = task.c.channel != Channel.VISIT
"""Visits have a list of their own, see `visits`."""


class QueueFilter(StrEnum):
    """What part of the queue is listed (外呼任务 list of the practice)."""

    ALL = "all"
    UNDIALLED = "undialled"
    UNREACHED = "unreached"
    REACHED = "reached"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Queue:
    """Task ids in calling order; how many of those still to be done are overdue."""

    ids: tuple[bytes, ...]
    overdue: int


@dataclass(frozen=True)
class QueueRow:
    """One line: `name` is masked; `reason` and `why` (why it stands here) need words."""

    id: bytes
    customer_id: bytes
    name: str
    kind: str
    tier: str
    region: str | None
    city: str | None
    state: str
    reason: str
    reason_values: Mapping[str, Any]
    why: str
    why_values: Mapping[str, Any]
    queue_class: QueueClass
    due_at: int
    appointment_at: int | None
    not_before_at: int | None
    attempt_count: int
    disposition: str | None
    in_pool: bool
    disputed_since: int | None = None
    """Since when every number of the customer is in dispute, so that nobody calls him (SYNC §5)."""
    also: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    """Further purposes of the same contact: reasons of other plans that were merged into it."""


def load(
    connection: Connection,
    person_id: bytes,
    team_id: bytes | None,
    now: int,
    part: QueueFilter,
    day_began_at: int,
) -> Queue:
    """The queue of one person: his open tasks and those of his team's pool; of the reached ones also today's done."""
    rules = {key: settings.load(connection, key) for key in _RULES}
    own = and_(mine(person_id, team_id), _CALLED)
    open_now = and_(task.c.state.in_(OPEN_STATES), own)
    where = {
        QueueFilter.ALL: open_now,
        QueueFilter.UNDIALLED: and_(open_now, task.c.attempt_count == 0),
        QueueFilter.UNREACHED: and_(
            open_now,
            task.c.attempt_count > 0,
            task.c.disposition.not_in(_REACHED) | task.c.disposition.is_(None),
        ),
        QueueFilter.REACHED: and_(
            own,
            task.c.disposition.in_(_REACHED),
            or_(
                task.c.state.in_(OPEN_STATES),
                and_(task.c.state == TaskState.DONE, task.c.done_at >= day_began_at),
            ),
        ),
        QueueFilter.OVERDUE: and_(open_now, task.c.due_at < now),
    }[part]
    found = (
        select(
            task.c.id,
            task.c.due_at,
            task.c.state.in_(OPEN_STATES).label("open"),
        )
        .join(customer, customer.c.id == task.c.customer_id)
        .where(where)
        .order_by(*queue_order.order_by(task, customer, now, rules))
    )
    rows = connection.execute(found).all()
    overdue = sum(1 for row in rows if row.open and row.due_at < now)
    return Queue(tuple(row.id for row in rows), overdue)


def rows(connection: Connection, ids: Sequence[bytes], now: int) -> dict[bytes, QueueRow]:
    """The lines of some tasks; a task that has left meanwhile is missing."""
    rules = {key: settings.load(connection, key) for key in _RULES}
    columns = [column for column in customer.c if column.name in ("name", "kind", "tier", "region", "city")]
    found = (
        select(task, *columns).join(customer, customer.c.id == task.c.customer_id).where(task.c.id.in_(ids))
    )
    tasks = [row._asdict() for row in connection.execute(found)]
    points = _points(connection, {row["customer_id"] for row in tasks})
    also = merged(connection, ids)
    return {
        row["id"]: _row(
            row,
            now,
            rules,
            contact_ledger.disputed_since(points[row["customer_id"]], None),
            also.get(row["id"], ()),
        )
        for row in tasks
    }


def merged(
    connection: Connection, ids: Collection[bytes]
) -> dict[bytes, tuple[tuple[str, Mapping[str, Any]], ...]]:
    """The purposes that were merged into some tasks, as reasons, the earliest first."""
    found = (
        select(occasion.c.task_id, occasion.c.reason, occasion.c.reason_values)
        .where(occasion.c.task_id.in_(ids), occasion.c.outcome == OccasionOutcome.MERGED)
        .order_by(occasion.c.decided_at, occasion.c.id)
    )
    also: defaultdict[bytes, list[tuple[str, Mapping[str, Any]]]] = defaultdict(list)
    for row in connection.execute(found):
        also[row.task_id].append((row.reason, row.reason_values))
    return {task_id: tuple(reasons) for task_id, reasons in also.items()}


def next_task(
    connection: Connection, person_id: bytes, team_id: bytes | None, now: int, skipped: Sequence[bytes] = ()
) -> bytes | None:
    """The task to call now, without those just skipped and those that something stands against
    (`rules.next_call`); None when nothing can be called now."""
    offered = (
        one["id"]
        for rows, one in in_order(connection, person_id, team_id, now)
        if one["id"] not in skipped
        and not pulled.in_pool(one)
        and next_call.offered(next_call.blocks(rows, one, person_id, now), rows, now)
    )
    return next(offered, None)


def in_order(
    connection: Connection, person_id: bytes, team_id: bytes | None, now: int, *, waiting: bool = False
) -> Iterator[tuple[StoreRows, Mapping[str, Any]]]:
    """The first tasks of a queue in calling order, as many as are looked at for the next call, each with the rows that
    `next_call` needs of it; those whose time has not come only with `waiting`."""
    rules = {key: settings.load(connection, key) for key in _RULES}
    found = (
        select(task.c.id)
        .join(customer, customer.c.id == task.c.customer_id)
        .where(task.c.state.in_(OPEN_STATES), mine(person_id, team_id), _CALLED)
        .order_by(*queue_order.order_by(task, customer, now, rules))
    )
    if not waiting:
        ready = queue_order.class_column(task, customer, now, rules) != QueueClass.WAITING.value
        found = found.where(ready)
    ids = connection.execute(found.limit(sum(LOOKED_AT))).scalars().all()
    ahead = pulled.ahead(connection, now)
    start = 0
    for size in LOOKED_AT:
        some = ids[start : start + size]
        start += size
        rows = StoreRows(connection, (Need("task", one) for one in some))
        tasks = [one for one in (rows.get("task", one) for one in some) if one is not None]
        rows.fetch(Need(*need) for one in tasks for need in next_call.needs(one, person_id))
        yield from ((rows, {**one, "leased_until": pulled.own_end(one, ahead)}) for one in tasks)


def call_without_wrap_up(connection: Connection) -> bytes | None:
    """The task of a call that was begun here and still waits for its wrap-up, the latest first; one that was ended
    elsewhere meanwhile waits for nothing."""
    found = (
        select(task.c.id)
        .join(draft, draft.c.task_id == task.c.id)
        .where(draft.c.attempt_id.is_not(None), task.c.state.in_(OPEN_STATES), _CALLED)
        .order_by(draft.c.saved_at.desc(), task.c.id)
        .limit(1)
    )
    return connection.execute(found).scalar_one_or_none()


def mine(person_id: bytes, team_id: bytes | None) -> ColumnElement[bool]:
    """Whose task it is to do, and whose it may become, as `permissions.may_take` says it of one row."""
    own = task.c.assignee_id == person_id
    if team_id is None:
        return own
    return or_(own, and_(task.c.in_pool, task.c.assignee_id.is_(None), task.c.team_id == team_id))


def _points(
    connection: Connection, customers: Collection[bytes]
) -> defaultdict[bytes, list[Mapping[str, Any]]]:
    """The contact points of some customers."""
    points: defaultdict[bytes, list[Mapping[str, Any]]] = defaultdict(list)
    found = select(contact_point).where(contact_point.c.customer_id.in_(customers))
    for row in connection.execute(found):
        points[row.customer_id].append(row._asdict())
    return points


def _row(
    row: Mapping[str, Any],
    now: int,
    rules: queue_order.Settings,
    disputed_since: int | None,
    also: tuple[tuple[str, Mapping[str, Any]], ...],
) -> QueueRow:
    why = queue_order.why(row, row, now, rules)
    return QueueRow(
        id=row["id"],
        customer_id=row["customer_id"],
        name=mask_firm(row["name"]) if row["kind"] == "company" else mask_person(row["name"]),
        kind=row["kind"],
        tier=row["tier"],
        region=row["region"],
        city=row["city"],
        state=row["state"],
        reason=row["reason"],
        reason_values=row["reason_values"],
        why=why.kind,
        why_values=why.values,
        queue_class=queue_order.queue_class(row, row, now, rules),
        due_at=row["due_at"],
        appointment_at=row["appointment_at"],
        not_before_at=row["not_before_at"],
        attempt_count=row["attempt_count"],
        disposition=row["disposition"],
        in_pool=row["in_pool"],
        disputed_since=disputed_since,
        also=also,
    )
