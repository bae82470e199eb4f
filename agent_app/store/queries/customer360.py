"""Everything a call needs to know of one customer, in a handful of indexed reads (M2.1–M2.3); what is to
be said stands in
`task_sheet`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, select

from agent_app.store.queries import device_clocks
from agent_app.store.queries.device_clocks import DeviceClock
from server_sync.domain.model import (
    CallbackState,
    activity,
    attempt,
    callback,
    contact_point,
    customer,
    do_not_call,
    person,
    sales_order,
    segment,
    task,
    team,
)
from server_sync.domain.rules.permissions import OPEN_STATES
from server_sync.domain.rules.phone import mask

MOST_ORDERS = 50
MOST_ACTIVITIES = 100


@dataclass(frozen=True)
class ContactPoint:
    """A number or address; `value` is never shown unmasked without a logged reason; while it is in dispute, nobody
    calls it (SYNC §5)."""

    id: bytes
    kind: str
    value: str
    masked: str
    label: str | None
    valid: bool
    disputed_since: int | None = None


@dataclass(frozen=True)
class Order:
    """One order; `amount` is an exact decimal as text."""

    id: bytes
    number: str
    ordered_on: str
    amount: str
    line_count: int
    product_line: str | None
    returned: bool


@dataclass(frozen=True)
class TimelineEntry:
    """One fact: `kind` and `details` need words, `text` is what a person wrote, `person` who did it, `attempt_id`
    the call or visit that it belongs to, `clock` when that was by both clocks."""

    id: bytes
    kind: str
    happened_at: int
    details: dict[str, Any]
    text: str | None
    person: str | None
    attempt_id: bytes | None
    clock: DeviceClock | None


@dataclass(frozen=True)
class OpenCallback:
    """A promised call: when, whose, with whom."""

    id: bytes
    task_id: bytes
    callback_at: int
    with_whom: str
    owner: str | None
    note: str | None


@dataclass(frozen=True)
class OpenTask:
    """Another task of this customer that is still to be done."""

    id: bytes
    reason: str
    reason_values: dict[str, Any]
    due_at: int
    assignee: str | None


@dataclass(frozen=True)
class Refusal:
    """A do-not-call entry that stands."""

    id: bytes
    scope: str
    source: str
    set_at: int
    note: str | None


@dataclass(frozen=True)
class Customer360:
    """One customer with his history. `fields` are the columns of `customer`."""

    id: bytes
    fields: dict[str, Any]
    team: str | None
    owner: str | None
    contact_points: tuple[ContactPoint, ...]
    refusals: tuple[Refusal, ...]
    orders: tuple[Order, ...]
    timeline: tuple[TimelineEntry, ...]
    callbacks: tuple[OpenCallback, ...]
    tasks: tuple[OpenTask, ...]
    attempts_today: int
    segments: tuple[str, ...]
    """The names of those he is in."""


def load(connection: Connection, customer_id: bytes, day_began_at: int) -> Customer360 | None:
    """The customer, or None when this desk does not hold him. `day_began_at`: ms, from when attempts count
    as today's."""
    row = connection.execute(select(customer).where(customer.c.id == customer_id)).one_or_none()
    if row is None:
        return None
    fields = row._asdict()
    people = {p.id: p.name for p in connection.execute(select(person.c.id, person.c.name))}
    teams = {t.id: t.name for t in connection.execute(select(team.c.id, team.c.name))}
    attempts = select(attempt.c.id).where(
        attempt.c.customer_id == customer_id, attempt.c.started_at >= day_began_at
    )
    return Customer360(
        id=customer_id,
        fields=fields,
        team=teams.get(fields["team_id"]),
        owner=people.get(fields["owner_id"]),
        contact_points=tuple(
            ContactPoint(p.id, p.kind, p.value, _masked(p.kind, p.value), p.label, p.valid, p.disputed_at)
            for p in connection.execute(_of(contact_point, customer_id).order_by(contact_point.c.position))
        ),
        refusals=tuple(
            Refusal(d.id, d.scope, d.source, d.set_at, d.note)
            for d in connection.execute(_of(do_not_call, customer_id).order_by(do_not_call.c.set_at))
            if d.cleared_at is None
        ),
        orders=tuple(
            Order(
                o.id,
                o.number,
                o.ordered_on,
                o.amount,
                o.line_count,
                o.product_line,
                o.returned_at is not None,
            )
            for o in connection.execute(
                _of(sales_order, customer_id).order_by(sales_order.c.ordered_on.desc()).limit(MOST_ORDERS)
            )
        ),
        timeline=_timeline(connection, customer_id, people),
        callbacks=tuple(
            OpenCallback(c.id, c.task_id, c.callback_at, c.with_whom, people.get(c.owner_id), c.note)
            for c in connection.execute(
                _of(callback, customer_id)
                .where(callback.c.state == CallbackState.OPEN)
                .order_by(callback.c.callback_at)
            )
        ),
        tasks=tuple(
            OpenTask(t.id, t.reason, t.reason_values, t.due_at, people.get(t.assignee_id))
            for t in connection.execute(
                _of(task, customer_id).where(task.c.state.in_(OPEN_STATES)).order_by(task.c.due_at)
            )
        ),
        attempts_today=len(connection.execute(attempts).all()),
        segments=_segments(connection, fields["segment_codes"]),
    )


def _segments(connection: Connection, codes: Sequence[str]) -> tuple[str, ...]:
    if not codes:
        return ()
    names = {s.code: s.name for s in connection.execute(select(segment.c.code, segment.c.name))}
    return tuple(names.get(code, code) for code in codes)


def _timeline(
    connection: Connection, customer_id: bytes, people: Mapping[bytes, str]
) -> tuple[TimelineEntry, ...]:
    latest = _of(activity, customer_id).order_by(activity.c.happened_at.desc(), activity.c.id.desc())
    facts = connection.execute(latest.limit(MOST_ACTIVITIES)).all()
    clocks = device_clocks.load(connection, {a.attempt_id for a in facts if a.attempt_id is not None})
    return tuple(
        TimelineEntry(
            a.id,
            a.kind,
            a.happened_at,
            a.details,
            a.text,
            people.get(a.person_id),
            a.attempt_id,
            clocks.get(a.attempt_id),
        )
        for a in facts
    )


def _of(table: Any, customer_id: bytes) -> Select[Any]:
    return select(table).where(table.c.customer_id == customer_id)


def _masked(kind: str, value: str) -> str:
    if kind in ("mobile", "landline", "service", "international"):
        return mask(value)
    name, at, domain = value.partition("@")
    return f"{name[:1]}***{at}{domain}"
