"""Which dossiers are in which partitions, kept up set by set: whose may have changed, worked out anew, what differs.

The rule itself stands in `partitions`.
"""

from sqlalchemy import (
    Insert,
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
from server_sync.store.tables import dossier, partition
from server_sync.store.transaction import Transaction

MOVERS = frozenset({"customer", "task", "person"})
"""Tables of which a row may move dossiers between partitions."""


def find_moved(tx: Transaction) -> bool:
    """Note the customers whose memberships the touched rows may change, and say whether there may be any."""
    if tx.touched & {"customer", "task"}:
        tx.connection.execute(_NOTE_TOUCHED)
    if "person" in tx.touched:
        tx.connection.execute(_NOTE_OF_DESKS)
        tx.connection.execute(_NOTE_OF_POOLS)
    return bool(tx.touched & MOVERS)


def find_ended(tx: Transaction) -> None:
    """Note the customers with a membership whose time is over."""
    tx.connection.execute(_NOTE_ENDED, {"now": tx.now})
    tx.touched.add("customer")


def refresh(tx: Transaction) -> bool:
    """Work out the noted customers' memberships anew; `move` then holds what changed; returns whether any did."""
    run = tx.connection.execute
    run(_WORK_OUT, {"now": tx.now})
    counted = {"preserve_rowcount": True}
    moves = sum(run(find, execution_options=counted).rowcount for find in (_FIND_LEFT, _FIND_JOINED))
    if moves:
        run(_FORGET_LEFT)
    run(_RENEW_ENDS)
    if moves:
        run(_KEEP_JOINED)
    return moves > 0


_NOTED = select(moved_customer.c.id)
_MOVE = ["customer_id", "partition", "joined"]
_MEMBERSHIP = ["customer_id", "partition", "until_at"]


def _note(source: Select[tuple[bytes | None]]) -> Insert:
    found = source.subquery().c[0]
    return insert(moved_customer).from_select(
        ["id"], select(found).where(found.is_not(None), found.not_in(_NOTED)).distinct()
    )


# Whose own row or task was touched; who was with a touched person; and what lies in the pool of his team.
_NOTE_TOUCHED = _note(
    select(touched_row.c.customer_id).where(touched_row.c.kind.in_((KINDS["customer"], KINDS["task"])))
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
_WORK_OUT = insert(membership).from_select(
    _MEMBERSHIP,
    select(_reasons.c.customer_id, partition.c.id, _until)
    .join(partition, and_(partition.c.scope == _reasons.c.scope, partition.c.subject == _reasons.c.subject))
    .group_by(_reasons.c.customer_id, partition.c.id),
)

_same = and_(dossier.c.customer_id == membership.c.customer_id, dossier.c.partition == membership.c.partition)
_FIND_LEFT = insert(move).from_select(
    _MOVE,
    select(dossier.c.customer_id, dossier.c.partition, literal(False)).where(
        dossier.c.customer_id.in_(_NOTED), ~exists().where(_same)
    ),
)
_FIND_JOINED = insert(move).from_select(
    _MOVE,
    select(membership.c.customer_id, membership.c.partition, literal(True)).where(~exists().where(_same)),
)
_FORGET_LEFT = delete(dossier).where(
    tuple_(dossier.c.customer_id, dossier.c.partition).in_(
        select(move.c.customer_id, move.c.partition).where(~move.c.joined)
    )
)
_RENEW_ENDS = (
    update(dossier)
    .values(until_at=select(membership.c.until_at).where(_same).scalar_subquery())
    .where(
        dossier.c.customer_id.in_(_NOTED),
        exists().where(_same, membership.c.until_at.is_distinct_from(dossier.c.until_at)),
    )
)
_KEEP_JOINED = insert(dossier).from_select(
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
