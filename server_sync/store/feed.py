"""The feed: what a write transaction touched, as one live entry per row and partition under new seqs (SYNC S2–S5)."""

from enum import IntEnum

from sqlalchemy import (
    Connection,
    Table,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    tuple_,
    union,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from server_sync.domain.model import TABLES, customer
from server_sync.domain.model import Scope as RowScope
from server_sync.store import partitions, scratch
from server_sync.store.partitions import KINDS, Scope
from server_sync.store.scratch import entry, move, moved_customer, touched_row
from server_sync.store.tables import dossier, feed, partition
from server_sync.store.transaction import Transaction

_COLUMNS = ["partition", "kind", "row_id", "op", "customer_id"]


class Op(IntEnum):
    """What an entry says of its row."""

    LIVE = 0
    GONE = 1
    GROUP_GONE = 2
    """The customer's whole dossier left this partition; the entry stands under his row."""


def release_dossiers(tx: Transaction) -> None:
    """Let the dossiers go whose time in a partition is over: a closed task keeps its customer there for a day."""
    partitions.find_ended(tx)


def publish(tx: Transaction) -> frozenset[str]:
    """Write what the transaction touched into the feed, as its last statements; returns the partitions that moved."""
    if not tx.touched:
        return frozenset()
    partitions.find_moved(tx)
    _lock_customers(tx.connection)
    moved = partitions.refresh(tx)
    _enter_dossier_rows(tx)
    if moved:
        _enter_arrivals_and_departures(tx)
    for table in TABLES.values():
        if table.name in tx.touched and table.info["scope"] is RowScope.REF:
            _enter_company_rows(tx, table)
        elif table.name in tx.touched and table.info["scope"] is RowScope.TEAM:
            _enter_team_rows(tx, table)
    names = _give_seqs(tx.connection)
    scratch.clear(tx.connection)
    return names


def _lock_customers(connection: Connection) -> None:
    """Make whoever else changes these dossiers wait, so that neither misses the other's rows or memberships."""
    if connection.dialect.name == "sqlite":  # where one writes at a time
        return
    ids = union(
        select(touched_row.c.customer_id).where(touched_row.c.customer_id.is_not(None)),
        select(moved_customer.c.id),
    )
    locked = (
        select(customer.c.id)
        .where(customer.c.id.in_(ids))
        .order_by(customer.c.id)
        .with_for_update(key_share=True)
    )
    connection.execute(select(func.count()).select_from(locked.subquery()))


def _enter_dossier_rows(tx: Transaction) -> None:
    """Touched rows, where their dossiers were before and still are; removed ones wherever their customer ever was."""
    row = touched_row.c
    arrived = exists().where(
        move.c.customer_id == dossier.c.customer_id, move.c.partition == dossier.c.partition, move.c.joined
    )
    live = (
        select(dossier.c.partition, row.kind, row.row_id, literal(Op.LIVE.value), row.customer_id)
        .join(dossier, dossier.c.customer_id == row.customer_id)
        .where(~row.gone, ~arrived)
    )
    tx.connection.execute(insert(entry).from_select(_COLUMNS, live))
    gone = (
        select(feed.c.partition, row.kind, row.row_id, literal(Op.GONE.value), row.customer_id)
        .join(feed, and_(feed.c.kind == KINDS["customer"], feed.c.row_id == row.customer_id))
        .where(row.gone, row.kind != KINDS["customer"])
    )
    tx.connection.execute(insert(entry).from_select(_COLUMNS, gone))


def _enter_arrivals_and_departures(tx: Transaction) -> None:
    """Every row of a dossier that came; one entry for a dossier that went, in place of all its rows."""
    for table in TABLES.values():
        if table.info["scope"] is not RowScope.DOSSIER:
            continue
        owner = table.c.id if table.name == "customer" else table.c.customer_id
        arrived = (
            select(move.c.partition, literal(KINDS[table.name]), table.c.id, literal(Op.LIVE.value), owner)
            .join(table, owner == move.c.customer_id)
            .where(move.c.joined)
        )
        tx.connection.execute(insert(entry).from_select(_COLUMNS, arrived))
    left = select(move.c.partition, move.c.customer_id).where(~move.c.joined)
    tx.connection.execute(
        delete(feed).where(tuple_(feed.c.partition, feed.c.customer_id).in_(left), feed.c.op == Op.LIVE.value)
    )
    departed = select(
        move.c.partition,
        literal(KINDS["customer"]),
        move.c.customer_id,
        literal(Op.GROUP_GONE.value),
        move.c.customer_id,
    ).where(~move.c.joined)
    tx.connection.execute(insert(entry).from_select(_COLUMNS, departed))


def _enter_company_rows(tx: Transaction, table: Table) -> None:
    row = touched_row.c
    ref = select(partition.c.id).where(partition.c.scope == Scope.REF).scalar_subquery()
    op = case((row.gone, literal(Op.GONE.value)), else_=literal(Op.LIVE.value))
    everywhere = select(ref, row.kind, row.row_id, op, row.customer_id).where(row.kind == KINDS[table.name])
    tx.connection.execute(insert(entry).from_select(_COLUMNS, everywhere))


def _enter_team_rows(tx: Transaction, table: Table) -> None:
    """Rows of a team: to its lead and to the person whose id they bear; where they were before, they are gone."""
    row = touched_row.c
    of_team = and_(partition.c.scope == Scope.TEAM, partition.c.subject == table.c.team_id)
    of_person = and_(partition.c.scope == Scope.DESK, partition.c.subject == table.c.id)
    here = (
        select(partition.c.id, row.kind, row.row_id, literal(Op.LIVE.value), row.customer_id)
        .join_from(touched_row, table, table.c.id == row.row_id)
        .join(partition, or_(of_team, of_person))
        .where(row.kind == KINDS[table.name])
    )
    tx.connection.execute(insert(entry).from_select(_COLUMNS, here))
    again = exists().where(
        entry.c.partition == feed.c.partition, entry.c.kind == feed.c.kind, entry.c.row_id == feed.c.row_id
    )
    elsewhere = (
        select(feed.c.partition, row.kind, row.row_id, literal(Op.GONE.value), row.customer_id)
        .join(feed, and_(feed.c.kind == row.kind, feed.c.row_id == row.row_id))
        .where(row.kind == KINDS[table.name], feed.c.op == Op.LIVE.value, ~again)
    )
    tx.connection.execute(insert(entry).from_select(_COLUMNS, elsewhere))


def _give_seqs(connection: Connection) -> frozenset[str]:
    """Take seqs from the heads and write the entries, each in place of the one that its row had (SYNC S4).

    The heads are locked last and in the order of their ids, until the commit: the order of seqs is that of commits
    (SYNC S5), and two transactions never wait for each other in a circle.
    """
    entered = select(entry.c.partition)
    locked = (
        select(partition.c.name).where(partition.c.id.in_(entered)).order_by(partition.c.id).with_for_update()
    )
    names = frozenset(connection.scalars(locked))
    if not names:
        return names
    # Parents before what belongs to them, ids in order: what a desk loads fastest.
    place = func.row_number().over(partition_by=entry.c.partition, order_by=(entry.c.kind, entry.c.row_id))
    numbered = select(
        entry.c.partition,
        partition.c.head + place,
        entry.c.kind,
        entry.c.row_id,
        entry.c.op,
        entry.c.customer_id,
    ).join_from(entry, partition, partition.c.id == entry.c.partition)
    upsert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(feed)
    new = upsert.excluded
    connection.execute(
        # SQLite needs a WHERE here to tell the conflict clause from a join.
        upsert.from_select(["partition", "seq", *_COLUMNS[1:]], numbered.where(true())).on_conflict_do_update(
            index_elements=["kind", "row_id", "partition"],
            set_={"seq": new.seq, "op": new.op, "customer_id": new.customer_id},
        )
    )
    last = select(func.max(feed.c.seq)).where(feed.c.partition == partition.c.id).scalar_subquery()
    connection.execute(update(partition).where(partition.c.id.in_(entered)).values(head=last))
    return names
