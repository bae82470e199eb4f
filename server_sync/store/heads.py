"""The end of a write transaction: seqs from the partitions' heads, the entries under them, sums and commit tokens
(SYNC S5, E1, E2). What the entries say is `feed`'s part."""

from collections import defaultdict
from collections.abc import Sequence
from enum import IntEnum
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Insert, bindparam, func, or_, select, true, update
from sqlalchemy.dialects import postgresql, sqlite

from server_sync.domain.ids import Ids
from server_sync.domain.wire.checksums import Checksum, signed, unsigned
from server_sync.domain.wire.messages import Commit
from server_sync.store.bulk import insert_rows
from server_sync.store.scratch import entry
from server_sync.store.statement import Statement, any_of, numbered, padded
from server_sync.store.tables import feed, feed_commit, partition
from server_sync.store.transaction import Transaction

TOKEN_BYTES = 8


class Op(IntEnum):
    """What an entry says of its row."""

    LIVE = 0
    GONE = 1
    GROUP_GONE = 2
    """The customer's whole dossier left this partition; the entry stands under his row."""


class LiveEntry(NamedTuple):
    """One version of a row in a partition."""

    partition: int
    kind: int
    row_id: bytes
    rev: int


def give_seqs(tx: Transaction, ids: Ids, departed: Sequence[LiveEntry]) -> None:
    """Write the entries under new seqs, each in place of the one that its row had (SYNC S4); fills `tx.commits`.

    `departed`: live entries that are gone already. The heads are locked last and in the order of their ids, until the
    commit: the order of seqs is that of commits (SYNC S5), and two transactions never wait for each other in a circle.
    """
    connection = tx.connection
    bumped = padded(sorted(tx.bumped))
    locked = _lock_heads(len(bumped)).rows(connection, numbered(bumped))
    if not locked:
        return
    sums = {of: Checksum(rows, unsigned(total)) for of, _, _, rows, total in locked}
    for of, kind, row_id, rev in departed:
        sums[of].remove(kind, row_id, rev)
    entries: dict[int, int] = defaultdict(int)
    for of, kind, row_id, rev, op, replaced in _ENTRIES.rows(connection):
        if replaced is not None:
            sums[of].remove(kind, row_id, replaced)
        if op == _LIVE:
            sums[of].add(kind, row_id, rev)
        entries[of] += 1
    if entries:
        _NUMBER.run(connection)
    # A partition without entries was bumped.
    seqs = {of: head + (entries[of] or 1) for of, _, head, _, _ in locked}
    _MOVE_HEADS.run_many(connection, [_moved(of, seqs[of], sums[of]) for of in sums])
    tokens = {of: ids.new()[-TOKEN_BYTES:] for of in sums}
    tx.commits = {name: Commit(seq=seqs[of], token=tokens[of]) for of, name, *_ in locked}
    insert_rows(
        connection,
        feed_commit,
        ("partition", "seq", "token", "at"),
        ((of, seqs[of], token, tx.now) for of, token in tokens.items()),
    )


def _moved(of: int, seq: int, checksum: Checksum) -> dict[str, int]:
    return {"of": of, "head": seq, "rows": checksum.rows, "sum": signed(checksum.sum)}


_LIVE = Op.LIVE.value


@cache
def _lock_heads(bumped: int) -> Statement:
    return Statement(
        select(partition.c.id, partition.c.name, partition.c.head, partition.c.rows, partition.c.sum)
        .where(or_(partition.c.id.in_(select(entry.c.partition)), any_of(partition.c.name, bumped)))
        .order_by(partition.c.id)
        .with_for_update()
    )


_replaced = (
    select(feed.c.rev)
    .where(
        feed.c.kind == entry.c.kind,
        feed.c.row_id == entry.c.row_id,
        feed.c.partition == entry.c.partition,
        feed.c.op == _LIVE,
    )
    .scalar_subquery()
)
# With the version of the live entry that each replaces: looked up one by one, as PostgreSQL knows of no other way.
_ENTRIES = Statement(
    select(entry.c.partition, entry.c.kind, entry.c.row_id, entry.c.rev, entry.c.op, _replaced)
)
_MOVE_HEADS = Statement(
    update(partition)
    .where(partition.c.id == bindparam("of"))
    .values(head=bindparam("head"), rows=bindparam("rows"), sum=bindparam("sum"))
)


def _number(dialect: str) -> Insert:
    """The entries under new seqs: parents before what belongs to them, ids in order, as a desk loads fastest."""
    place = func.row_number().over(partition_by=entry.c.partition, order_by=(entry.c.kind, entry.c.row_id))
    numbered = select(
        entry.c.partition,
        partition.c.head + place,
        entry.c.kind,
        entry.c.row_id,
        entry.c.op,
        entry.c.rev,
        entry.c.customer_id,
    ).join_from(entry, partition, partition.c.id == entry.c.partition)
    upsert: Any = (sqlite if dialect == "sqlite" else postgresql).insert(feed)
    # SQLite needs a WHERE to tell the conflict clause from a join.
    write = upsert.from_select([column.name for column in feed.columns], numbered.where(true()))
    numbering: Insert = write.on_conflict_do_update(
        index_elements=["kind", "row_id", "partition"],
        set_={name: upsert.excluded[name] for name in ("seq", "op", "rev", "customer_id")},
    )
    return numbering


_NUMBER = Statement(_number)
