"""In which partitions a row is: the one statement of who holds what (SYNC S2, S3)."""

from collections.abc import Iterable
from enum import StrEnum
from functools import cache

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    case,
    cast,
    insert,
    literal,
    null,
    or_,
    select,
)

from server_sync.domain.clock import DAY
from server_sync.domain.commands import Actor
from server_sync.domain.model import Role, customer, person, task
from server_sync.domain.model.columns import IdType
from server_sync.domain.rules.permissions import OPEN_STATES
from server_sync.store.tables import partition
from server_sync.store.transaction import Transaction

LINGER = DAY
"""How long a closed task keeps its customer where it was, so that the day's figures stay."""

_FOREVER = cast(null(), BigInteger)
_OPEN = [literal(state.value) for state in OPEN_STATES]


class Scope(StrEnum):
    """The kinds of partitions."""

    REF = "ref"
    DESK = "desk"
    TEAM = "team"
    DEVICE = "device"


def desk(person_id: bytes) -> str:
    """The partition of a person's working set."""
    return f"{Scope.DESK}:{person_id.hex()}"


def team(team_id: bytes) -> str:
    """The partition of what a team's lead sees."""
    return f"{Scope.TEAM}:{team_id.hex()}"


def device(device_id: bytes) -> str:
    """The partition of notices to one device: it moves with each of its pushes (SYNC S2, E1)."""
    return f"{Scope.DEVICE}:{device_id.hex()}"


@cache
def allowed(role: Role) -> ColumnElement[bool]:
    """Which rows of `partition` a person may pull on a device: company data, his desk, the device's notices, his team's
    as its lead, all teams'. Binds what `allowed_values` gives: at each look of each desk it is the same clause."""
    mine = or_(
        partition.c.scope == Scope.REF,
        and_(partition.c.scope == Scope.DESK, partition.c.subject == bindparam("own_person", type_=IdType())),
        and_(
            partition.c.scope == Scope.DEVICE, partition.c.subject == bindparam("own_device", type_=IdType())
        ),
    )
    if role is Role.ADMINISTRATOR:
        return or_(mine, partition.c.scope == Scope.TEAM)
    if role is Role.SUPERVISOR:
        own_team = partition.c.subject == bindparam("own_team", type_=IdType())
        return or_(mine, and_(partition.c.scope == Scope.TEAM, own_team))
    return mine


def allowed_values(actor: Actor, device_id: bytes) -> dict[str, bytes | None]:
    """What `allowed` binds; a person without a team leads none."""
    return {"own_person": actor.person_id, "own_device": device_id, "own_team": actor.team_id}


def open_partitions(tx: Transaction, scope: Scope, subjects: Iterable[bytes]) -> None:
    """Make the partitions of new persons or teams."""
    wanted = [
        {"name": f"{scope}:{subject.hex()}", "scope": scope, "subject": subject} for subject in subjects
    ]
    known = set(tx.connection.scalars(select(partition.c.subject).where(partition.c.scope == scope)))
    new = [row for row in wanted if row["subject"] not in known]
    if new:
        tx.connection.execute(insert(partition), new)


def pooled() -> ColumnElement[bool]:
    """Whether a task lies in the pool of its team."""
    return and_(task.c.in_pool, task.c.state.in_(_OPEN))


def reasons(customers: Select[bytes]) -> CompoundSelect[tuple[bytes, str, bytes | None, int | None]]:
    """Why these customers are where they are, as (customer, scope, subject, until); binds `now`.

    A customer is with his team and his owner; for every task that is open, or closed within a day, with its team, its
    assignee and who has its appointment; and while a task lies in a pool, with everybody active in its team. A
    customer who is gone is nowhere.
    """
    current = task.c.state.in_(_OPEN)
    lingering = and_(~current, task.c.done_at > bindparam("now", type_=BigInteger) - LINGER)
    until = case((current, _FOREVER), else_=task.c.done_at + LINGER)

    def of_customer(
        scope: Scope, subject: ColumnElement[bytes | None]
    ) -> Select[tuple[bytes, str, bytes | None, int]]:
        return select(
            customer.c.id.label("customer_id"),
            literal(scope.value).label("scope"),
            subject.label("subject"),
            _FOREVER.label("until_at"),
        ).where(customer.c.id.in_(customers))

    def of_task(
        scope: Scope, subject: ColumnElement[bytes | None]
    ) -> Select[tuple[bytes, str, bytes | None, int]]:
        return (
            select(task.c.customer_id, literal(scope.value), subject, until)
            .join(customer, customer.c.id == task.c.customer_id)
            .where(customer.c.id.in_(customers), or_(current, lingering))
        )

    of_pool = (
        select(task.c.customer_id, literal(Scope.DESK.value), person.c.id, _FOREVER)
        .join(customer, customer.c.id == task.c.customer_id)
        .join(person, and_(person.c.team_id == task.c.team_id, person.c.active))
        .where(customer.c.id.in_(customers), pooled())
    )
    return of_customer(Scope.TEAM, customer.c.team_id).union_all(
        of_customer(Scope.DESK, customer.c.owner_id),
        of_task(Scope.TEAM, task.c.team_id),
        of_task(Scope.DESK, task.c.assignee_id),
        of_task(Scope.DESK, task.c.appointment_owner_id),
        of_pool,
    )
