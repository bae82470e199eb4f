"""The feed: what a write transaction touched, as one live entry per row and partition under new seqs (SYNC S2–S5)."""

from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Select,
    Table,
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
    union,
)

from server_sync.domain.ids import Ids
from server_sync.domain.model import KINDS, TABLES, customer
from server_sync.domain.model import Scope as RowScope
from server_sync.store import following, heads, memberships, scratch
from server_sync.store.heads import LiveEntry, Op
from server_sync.store.partitions import Scope
from server_sync.store.scratch import entry, move, moved_customer, touched_row
from server_sync.store.statement import Statement, run_text
from server_sync.store.tables import dossier, feed, partition
from server_sync.store.transaction import Transaction


def release_dossiers(tx: Transaction) -> None:
    """Let the dossiers go whose time in a partition is over: a closed task keeps its customer there for a day."""
    memberships.find_ended(tx)


def publish(tx: Transaction, ids: Ids) -> frozenset[str]:
    """Write what the transaction touched into the feed, as its last statements; returns the partitions that moved."""
    if not tx.touched and not tx.bumped:
        return frozenset()
    departed = _enter_all(tx) if tx.touched else []
    heads.give_seqs(tx, ids, departed)
    scratch.clear(tx.connection, memberships=bool(tx.moving))
    return frozenset(tx.commits)


def _enter_all(tx: Transaction) -> list[LiveEntry]:
    """Fill `entry` with what is to be said of the touched rows; returns the live entries that departures took away."""
    connection = tx.connection
    if connection.dialect.name == "postgresql":
        # It takes empty scratch tables for full ones, and would read whole tables for the sake of one row.
        run_text(connection, "SET LOCAL enable_seqscan = off")
    may_move = memberships.find_moved(tx)
    if connection.dialect.name == "postgresql":  # on SQLite one writes at a time
        _LOCK_CUSTOMERS.run(connection)
    moved = may_move and memberships.refresh(tx)
    if moved:
        following.follow(tx)
    for name in sorted(tx.touched):
        table = TABLES[name]
        if table.info["scope"] is RowScope.REF:
            _company_rows(table).run(connection)
        elif table.info["scope"] is RowScope.TEAM:
            _team_rows(table).run(connection)
            _team_rows_elsewhere(table).run(connection)
    _TOUCHED_ROWS.run(connection)
    if tx.removed:
        _REMOVED_ROWS.run(connection)
    if not moved:
        return []
    for table in _OF_DOSSIERS:
        _arrived_rows(table).run(connection)
    departed = [LiveEntry(*row) for row in _FORGET_DEPARTED.rows(connection)]
    _DEPARTURES.run(connection)
    return departed


_OF_DOSSIERS = [table for table in TABLES.values() if table.info["scope"] is RowScope.DOSSIER]


def _enter(rows: Select[Any]) -> Statement:
    columns = ["partition", "kind", "row_id", "op", "rev", "customer_id"]
    return Statement(insert(entry).from_select(columns, rows))


_row = touched_row.c
_LIVE, _GONE, _GROUP_GONE = (literal(op.value) for op in Op)
_NO_REV = cast(null(), BigInteger)

# Whoever else changes these dossiers waits, so that neither misses the other's rows or memberships.
_LOCK_CUSTOMERS = Statement(
    select(func.count()).select_from(
        select(customer.c.id)
        .where(
            customer.c.id.in_(
                union(
                    select(_row.customer_id).where(_row.customer_id.is_not(None)), select(moved_customer.c.id)
                )
            )
        )
        .order_by(customer.c.id)
        .with_for_update(key_share=True)
        .subquery()
    )
)

# Touched rows of dossiers, where these were before and still are; elsewhere they arrive as a whole.
_TOUCHED_ROWS = _enter(
    select(dossier.c.partition, _row.kind, _row.row_id, _LIVE, _row.rev, _row.customer_id)
    .join(dossier, dossier.c.customer_id == _row.customer_id)
    .where(
        ~_row.gone,
        ~exists().where(
            move.c.customer_id == dossier.c.customer_id,
            move.c.partition == dossier.c.partition,
            move.c.joined,
        ),
    )
)

# Removed ones, wherever their customer is or once was: a desk that has not pulled since still holds them.
_REMOVED_ROWS = _enter(
    select(feed.c.partition, _row.kind, _row.row_id, _GONE, _NO_REV, _row.customer_id)
    .join(feed, and_(feed.c.kind == KINDS["customer"], feed.c.row_id == _row.customer_id))
    .where(_row.gone, _row.kind != KINDS["customer"])
)

# One entry for a dossier that went, in place of all its rows.
_FORGET_DEPARTED = Statement(
    delete(feed)
    .where(
        tuple_(feed.c.partition, feed.c.customer_id).in_(
            select(move.c.partition, move.c.customer_id).where(~move.c.joined)
        ),
        feed.c.op == _LIVE,
    )
    .returning(feed.c.partition, feed.c.kind, feed.c.row_id, feed.c.rev)
)
_DEPARTURES = _enter(
    select(
        move.c.partition,
        literal(KINDS["customer"]),
        move.c.customer_id,
        _GROUP_GONE,
        _NO_REV,
        move.c.customer_id,
    ).where(~move.c.joined)
)


@cache
def _arrived_rows(table: Table) -> Statement:
    """Every row of the dossiers that came."""
    owner = table.c.id if table.name == "customer" else table.c.customer_id
    return _enter(
        select(move.c.partition, literal(KINDS[table.name]), table.c.id, _LIVE, table.c.rev, owner)
        .join(table, owner == move.c.customer_id)
        .where(move.c.joined)
    )


@cache
def _company_rows(table: Table) -> Statement:
    ref = select(partition.c.id).where(partition.c.scope == Scope.REF).scalar_subquery()
    op = case((_row.gone, _GONE), else_=_LIVE)
    rev = case((_row.gone, _NO_REV), else_=_row.rev)
    return _enter(
        select(ref, _row.kind, _row.row_id, op, rev, _row.customer_id).where(_row.kind == KINDS[table.name])
    )


@cache
def _team_rows(table: Table) -> Statement:
    """Rows of a team: to its lead, and to the person whose id they bear, so that his own stay with him."""
    of_team = and_(partition.c.scope == Scope.TEAM, partition.c.subject == table.c.team_id)
    of_person = and_(partition.c.scope == Scope.DESK, partition.c.subject == table.c.id)
    return _enter(
        select(partition.c.id, _row.kind, _row.row_id, _LIVE, _row.rev, _row.customer_id)
        .join_from(touched_row, table, table.c.id == _row.row_id)
        .join(partition, or_(of_team, of_person))
        .where(_row.kind == KINDS[table.name])
    )


@cache
def _team_rows_elsewhere(table: Table) -> Statement:
    """Where such a row was before and is no more."""
    again = exists().where(
        entry.c.partition == feed.c.partition, entry.c.kind == feed.c.kind, entry.c.row_id == feed.c.row_id
    )
    return _enter(
        select(feed.c.partition, _row.kind, _row.row_id, _GONE, _NO_REV, _row.customer_id)
        .join(feed, and_(feed.c.kind == _row.kind, feed.c.row_id == _row.row_id))
        .where(_row.kind == KINDS[table.name], feed.c.op == _LIVE, ~again)
    )
