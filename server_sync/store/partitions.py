"""In which partitions a row is: the one statement of who holds what (SYNC S2, S3), worked out set by set."""

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    tuple_,
    update,
)

from server_sync.domain.clock import DAY
from server_sync.domain.commands import Actor
from server_sync.domain.model import TABLES, Role, customer, person, task
from server_sync.domain.rules.permissions import OPEN_STATES
from server_sync.store.scratch import membership, move, moved_customer, touched_row
from server_sync.store.tables import dossier, partition
from server_sync.store.transaction import Transaction

KINDS = {name: kind for kind, name in enumerate(TABLES)}
"""Each replicated table's number in the feed."""

LINGER = DAY
"""How long a closed task keeps its customer where it was, so that the day's figures stay."""


_FOREVER = cast(null(), BigInteger)


class Scope(StrEnum):
    """The kinds of partitions."""

    REF = "ref"
    DESK = "desk"
    TEAM = "team"


def desk(person_id: bytes) -> str:
    """The partition of a person's working set."""
    return f"{Scope.DESK}:{person_id.hex()}"


def team(team_id: bytes) -> str:
    """The partition of what a team's lead sees."""
    return f"{Scope.TEAM}:{team_id.hex()}"


def allowed(actor: Actor) -> ColumnElement[bool]:
    """Which rows of `partition` a person may pull: company data, his desk, his team's as its lead, all teams'."""
    mine = or_(
        partition.c.scope == Scope.REF,
        and_(partition.c.scope == Scope.DESK, partition.c.subject == actor.person_id),
    )
    if actor.role is Role.ADMINISTRATOR:
        return or_(mine, partition.c.scope == Scope.TEAM)
    if actor.role is Role.SUPERVISOR and actor.team_id is not None:
        return or_(mine, and_(partition.c.scope == Scope.TEAM, partition.c.subject == actor.team_id))
    return mine


def open_partitions(tx: Transaction, scope: Scope, subjects: Iterable[bytes]) -> None:
    """Make the partitions of new persons or teams."""
    wanted = [
        {"name": f"{scope}:{subject.hex()}", "scope": scope, "subject": subject} for subject in subjects
    ]
    known = set(tx.connection.scalars(select(partition.c.subject).where(partition.c.scope == scope)))
    new = [row for row in wanted if row["subject"] not in known]
    if new:
        tx.connection.execute(insert(partition), new)


def find_moved(tx: Transaction) -> None:
    """Note the customers whose memberships the touched rows may change: their own, of tasks, of persons."""
    sources: list[Select[tuple[bytes | None]]] = []
    if tx.touched & {"customer", "task"}:
        kinds = KINDS["customer"], KINDS["task"]
        sources.append(select(touched_row.c.customer_id).where(touched_row.c.kind.in_(kinds)))
    if "person" in tx.touched:
        persons = select(touched_row.c.row_id).where(touched_row.c.kind == KINDS["person"])
        desks = select(partition.c.id).where(
            partition.c.scope == Scope.DESK, partition.c.subject.in_(persons)
        )
        teams = select(person.c.team_id).where(person.c.id.in_(persons))
        sources.append(select(dossier.c.customer_id).where(dossier.c.partition.in_(desks)))
        sources.append(select(task.c.customer_id).where(_pooled(), task.c.team_id.in_(teams)))
    for source in sources:
        found = source.subquery()
        known = select(moved_customer.c.id)
        fresh = select(found.c.customer_id).where(
            found.c.customer_id.is_not(None), found.c.customer_id.not_in(known)
        )
        tx.connection.execute(insert(moved_customer).from_select(["id"], fresh.distinct()))


def find_ended(tx: Transaction) -> None:
    """Note the customers with a membership whose time is over."""
    known = select(moved_customer.c.id)
    ended = select(dossier.c.customer_id).where(
        dossier.c.until_at <= tx.now, dossier.c.customer_id.not_in(known)
    )
    tx.connection.execute(insert(moved_customer).from_select(["id"], ended.distinct()))
    tx.touched.add("customer")


def refresh(tx: Transaction) -> bool:
    """Work out the noted customers' memberships anew; `move` then holds what changed; returns whether any did."""
    run = tx.connection.execute
    run(insert(membership).from_select(["customer_id", "partition", "until_at"], _memberships(tx.now)))
    same = and_(
        dossier.c.customer_id == membership.c.customer_id, dossier.c.partition == membership.c.partition
    )
    left = select(dossier.c.customer_id, dossier.c.partition, literal(False)).where(
        dossier.c.customer_id.in_(select(moved_customer.c.id)), ~exists().where(same)
    )
    joined = select(membership.c.customer_id, membership.c.partition, literal(True)).where(
        ~exists().where(same)
    )
    columns = ["customer_id", "partition", "joined"]
    counted = {"preserve_rowcount": True}
    moves = sum(
        run(insert(move).from_select(columns, rows), execution_options=counted).rowcount
        for rows in (left, joined)
    )
    if moves:
        gone = select(move.c.customer_id, move.c.partition).where(~move.c.joined)
        run(delete(dossier).where(tuple_(dossier.c.customer_id, dossier.c.partition).in_(gone)))
    until = select(membership.c.until_at).where(same).scalar_subquery()
    run(
        update(dossier)
        .values(until_at=until)
        .where(
            dossier.c.customer_id.in_(select(moved_customer.c.id)),
            exists().where(same, membership.c.until_at.is_distinct_from(dossier.c.until_at)),
        )
    )
    if moves:
        entered = (
            select(membership)
            .join(
                move,
                and_(
                    move.c.customer_id == membership.c.customer_id, move.c.partition == membership.c.partition
                ),
            )
            .where(move.c.joined)
        )
        run(insert(dossier).from_select(["customer_id", "partition", "until_at"], entered))
    return moves > 0


def _pooled() -> ColumnElement[bool]:
    return and_(task.c.in_pool, task.c.state.in_(OPEN_STATES))


def _memberships(now: int) -> Select[tuple[bytes, int, int | None]]:
    """(customer, partition, until) of the noted customers; a customer who is gone has none."""
    reasons = _reasons(now).subquery()
    until = case(
        (func.count() > func.count(reasons.c.until_at), _FOREVER),  # a reason without end
        else_=func.max(reasons.c.until_at),
    )
    return (
        select(reasons.c.customer_id, partition.c.id, until)
        .join(partition, and_(partition.c.scope == reasons.c.scope, partition.c.subject == reasons.c.subject))
        .group_by(reasons.c.customer_id, partition.c.id)
    )


def _reasons(now: int) -> CompoundSelect[tuple[bytes, str, bytes | None, int | None]]:
    """Why a customer is where: his team and owner; for every task that is open or closed within a day its team, its
    assignee and who has its appointment; and while a task lies in a pool, everybody active in its team."""
    noted = customer.c.id.in_(select(moved_customer.c.id))
    closed = and_(task.c.state.not_in(OPEN_STATES), task.c.done_at > now - LINGER)
    until = case((task.c.state.in_(OPEN_STATES), _FOREVER), else_=task.c.done_at + LINGER)

    def of_customer(
        scope: Scope, subject: ColumnElement[bytes | None]
    ) -> Select[tuple[bytes, str, bytes | None, int]]:
        return select(
            customer.c.id.label("customer_id"),
            literal(scope.value).label("scope"),
            subject.label("subject"),
            _FOREVER.label("until_at"),
        ).where(noted)

    def of_task(
        scope: Scope, subject: ColumnElement[bytes | None]
    ) -> Select[tuple[bytes, str, bytes | None, int]]:
        return (
            select(task.c.customer_id, literal(scope.value), subject, until)
            .join(customer, customer.c.id == task.c.customer_id)
            .where(noted, or_(task.c.state.in_(OPEN_STATES), closed))
        )

    pool = (
        select(task.c.customer_id, literal(Scope.DESK.value), person.c.id, _FOREVER)
        .join(customer, customer.c.id == task.c.customer_id)
        .join(person, and_(person.c.team_id == task.c.team_id, person.c.active))
        .where(noted, _pooled())
    )
    return of_customer(Scope.TEAM, customer.c.team_id).union_all(
        of_customer(Scope.DESK, customer.c.owner_id),
        of_task(Scope.TEAM, task.c.team_id),
        of_task(Scope.DESK, task.c.assignee_id),
        of_task(Scope.DESK, task.c.appointment_owner_id),
        pool,
    )
