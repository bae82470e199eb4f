"""Which dossiers are in which partitions, kept up set by set: whose may have changed, worked out anew, what differs.

The rule itself stands in `partitions`.
"""

from sqlalchemy import (
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    tuple_,
    update,
)

from server_sync.domain.model import KINDS, person, task
from server_sync.store import partitions
from server_sync.store.partitions import Scope
from server_sync.store.scratch import membership, move, moved_customer, touched_row
from server_sync.store.statement import Statement
from server_sync.store.tables import dossier, partition
from server_sync.store.transaction import Transaction

MOVERS = {
    "customer": frozenset({"team_id", "owner_id"}),
    "task": frozenset(
        {"customer_id", "state", "done_at", "team_id", "assignee_id", "appointment_owner_id", "in_pool"}
    ),
    "person": frozenset({"team_id", "active"}),
}
"""Tables of which a row may move dossiers between partitions when it comes, goes, or changes in these columns: those
that `partitions.reasons` looks at."""


def find_moved(tx: Transaction) -> bool:
    """Note the customers whose memberships the touched rows may change, and say whether there may be any."""
    if tx.moving & {"customer", "task"}:
        _NOTE_TOUCHED.run(tx.connection)
    if "person" in tx.moving:
        _NOTE_OF_DESKS.run(tx.connection)
        _NOTE_OF_POOLS.run(tx.connection)
    return bool(tx.moving)


def find_ended(tx: Transaction) -> None:
    """Note the customers with a membership whose time is over."""
    _NOTE_ENDED.run(tx.connection, {"now": tx.now})
    tx.touched.add("customer")
    tx.moving.add("customer")


def refresh(tx: Transaction) -> bool:
    """Work out the noted customers' memberships anew; `move` then holds what changed; returns whether any did."""
    _WORK_OUT.run(tx.connection, {"now": tx.now})
    left, joined = _FIND_LEFT.run(tx.connection), _FIND_JOINED.run(tx.connection)
    if left:
        _FORGET_LEFT.run(tx.connection)
    _RENEW_ENDS.run(tx.connection)
    if joined:
        _KEEP_JOINED.run(tx.connection)
    return left + joined > 0


_NOTED = select(moved_customer.c.id)
_MOVE = ["customer_id", "partition", "joined"]
_MEMBERSHIP = ["customer_id", "partition", "until_at"]


def _note(source: Select[tuple[bytes | None]]) -> Statement:
    found = source.subquery().c[0]
    new = select(found).where(found.is_not(None), found.not_in(_NOTED)).distinct()
    return Statement(insert(moved_customer).from_select(["id"], new))


# Whose own row or task was touched; who was with a touched person; and what lies in the pool of his team.
_NOTE_TOUCHED = _note(
    select(touched_row.c.customer_id).where(
        touched_row.c.kind.in_([literal(KINDS["customer"]), literal(KINDS["task"])])
    )
)
_PERSONS = select(touched_row.c.row_id).where(touched_row.c.kind == KINDS["person"])
_NOTE_OF_DESKS = _note(
    select(dossier.c.customer_id).where(
        dossier.c.partition.in_(
            select(partition.c.id).where(partition.c.scope == Scope.DESK, partition.c.subject.in_(_PERSONS))
        )
    )
)
_NOTE_OF_POOLS = _note(
    select(task.c.customer_id).where(
        partitions.pooled(), task.c.team_id.in_(select(person.c.team_id).where(person.c.id.in_(_PERSONS)))
    )
)
_NOTE_ENDED = _note(select(dossier.c.customer_id).where(dossier.c.until_at <= bindparam("now")))

_reasons = partitions.reasons(_NOTED).subquery()
_until = case(
    (func.count() > func.count(_reasons.c.until_at), None),  # a reason without end
    else_=func.max(_reasons.c.until_at),
)
_WORK_OUT = Statement(
    insert(membership).from_select(
        _MEMBERSHIP,
        select(_reasons.c.customer_id, partition.c.id, _until)
        .join(
            partition, and_(partition.c.scope == _reasons.c.scope, partition.c.subject == _reasons.c.subject)
        )
        .group_by(_reasons.c.customer_id, partition.c.id),
    )
)

_same = and_(dossier.c.customer_id == membership.c.customer_id, dossier.c.partition == membership.c.partition)
_FIND_LEFT = Statement(
    insert(move).from_select(
        _MOVE,
        select(dossier.c.customer_id, dossier.c.partition, literal(False)).where(
            dossier.c.customer_id.in_(_NOTED), ~exists().where(_same)
        ),
    )
)
_FIND_JOINED = Statement(
    insert(move).from_select(
        _MOVE,
        select(membership.c.customer_id, membership.c.partition, literal(True)).where(~exists().where(_same)),
    )
)
_FORGET_LEFT = Statement(
    delete(dossier).where(
        tuple_(dossier.c.customer_id, dossier.c.partition).in_(
            select(move.c.customer_id, move.c.partition).where(~move.c.joined)
        )
    )
)
_RENEW_ENDS = Statement(
    update(dossier)
    .values(until_at=select(membership.c.until_at).where(_same).scalar_subquery())
    .where(
        dossier.c.customer_id.in_(_NOTED),
        exists().where(_same, membership.c.until_at.is_distinct_from(dossier.c.until_at)),
    )
)
_KEEP_JOINED = Statement(
    insert(dossier).from_select(
        _MEMBERSHIP,
        select(membership).join(
            move,
            and_(
                move.c.customer_id == membership.c.customer_id,
                move.c.partition == membership.c.partition,
                move.c.joined,
            ),
        ),
    )
)
