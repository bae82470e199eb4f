"""Whether the feed says what the rows say: one live entry for each row and partition that holds it, with the row's
version (SYNC S4), the partitions' sums of them (E2) and the tokens of their history (E1).

Each question is a select of what is wrong, so that the examination counts it and the repair works through it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    bindparam,
    cast,
    exists,
    func,
    null,
    or_,
    select,
)

from server_sync.doctor.findings import Finding, Trouble
from server_sync.domain.model import KINDS, TABLES, customer
from server_sync.domain.model import Scope as RowScope
from server_sync.domain.model.columns import IdType
from server_sync.domain.wire.checksums import Checksum, unsigned
from server_sync.store import partitions
from server_sync.store.heads import Op
from server_sync.store.partitions import Scope
from server_sync.store.statement import Statement
from server_sync.store.tables import dossier, feed, feed_commit, partition

Wrong = Select[int, bytes, int | None, bytes | None]
"""Entries as (partition, row, version as it should be, customer)."""

_NOBODY, _NO_REV = cast(null(), IdType()), cast(null(), BigInteger())
_STREAMED = 10_000


def feed_findings(connection: Connection, now: int) -> Iterator[Finding]:
    """What the feed says wrongly, by table or partition."""
    for row in connection.execute(ahead()):
        yield Finding(Trouble.FEED_AHEAD, {"partition": row[0], "count": row[1]})
    for name in TABLES:
        for trouble in QUESTIONS:
            for (count,) in _counting(trouble, name).rows(connection):
                if count:
                    yield Finding(trouble, {"table": name, "count": count})
    count = len(wrong_members(connection, now))
    if count:
        yield Finding(Trouble.MEMBERSHIP_WRONG, {"count": count})
    for name in connection.scalars(select(partition.c.name).where(no_history()).order_by(partition.c.name)):
        yield Finding(Trouble.HISTORY_BROKEN, {"partition": name})
    for name, _, _ in wrong_sums(connection):
        yield Finding(Trouble.SUM_WRONG, {"partition": name})


def ahead() -> Select[str, int]:
    """Partitions with entries behind their heads, and how many."""
    return (
        select(partition.c.name, func.count())
        .join(feed, and_(feed.c.partition == partition.c.id, feed.c.seq > partition.c.head))
        .group_by(partition.c.name)
        .order_by(partition.c.name)
    )


def missing(table: Table) -> Wrong:
    """Rows without a live entry in a partition that they belong to."""
    home, same = _homes(table)
    return home.where(~exists().where(_live(table), same))


def stale(table: Table) -> Wrong:
    """Live entries of another version than their row's."""
    home, same = _homes(table)
    return home.where(exists().where(_live(table), same, feed.c.rev.is_distinct_from(table.c.rev)))


def strange(table: Table) -> Wrong:
    """Live entries of rows in partitions that these do not belong to."""
    home, same = _homes(table)
    belongs = home.where(same).correlate(feed).exists()
    return _entries(table).join(table, table.c.id == feed.c.row_id).where(~belongs)


def without_row(table: Table) -> Wrong:
    """Live entries of rows that do not exist."""
    return _entries(table).where(~exists().where(table.c.id == feed.c.row_id))


QUESTIONS: Mapping[Trouble, Callable[[Table], Wrong]] = {
    Trouble.FEED_WITHOUT_ROW: without_row,
    Trouble.ROW_WITHOUT_FEED: missing,
    Trouble.FEED_STALE: stale,
    Trouble.FEED_OF_STRANGER: strange,
}


def wrong_members(connection: Connection, now: int) -> list[bytes]:
    """The customers whose dossiers lie elsewhere than the rule of `partitions` says. Those whose time is over wait for
    the hourly sweep."""
    reasons = partitions.reasons(select(customer.c.id)).subquery()
    ruled = (
        select(reasons.c.customer_id, partition.c.id.label("partition"))
        .join(partition, and_(partition.c.scope == reasons.c.scope, partition.c.subject == reasons.c.subject))
        .distinct()
    )
    kept = select(dossier.c.customer_id, dossier.c.partition)
    current = or_(dossier.c.until_at.is_(None), dossier.c.until_at > bindparam("now"))
    lacking, beyond = ruled.except_(kept), kept.where(current).except_(ruled)
    at = {"now": now}
    found = {row.customer_id for wrong in (lacking, beyond) for row in connection.execute(wrong, at)}
    return sorted(found)


def no_history() -> ColumnElement[bool]:
    """Whether a partition has moved but its last commit has no token, or tokens of commits that never were (E1)."""
    of_it = feed_commit.c.partition == partition.c.id
    head_there = exists().where(of_it, feed_commit.c.seq == partition.c.head)
    return or_(
        and_(partition.c.head > 0, ~head_there), exists().where(of_it, feed_commit.c.seq > partition.c.head)
    )


def wrong_sums(connection: Connection) -> list[tuple[str, int, Checksum]]:
    """The partitions with another number or sum of live rows than their feed has, and what is right (SYNC E2)."""
    right: dict[int, Checksum] = defaultdict(Checksum)
    live = select(feed.c.partition, feed.c.kind, feed.c.row_id, feed.c.rev).where(feed.c.op == Op.LIVE.value)
    streamed = {"stream_results": True, "max_row_buffer": _STREAMED}
    for of, kind, row_id, rev in connection.execute(live, execution_options=streamed):
        right[of].add(kind, row_id, rev or 0)
    found = connection.execute(
        select(partition.c.id, partition.c.name, partition.c.rows, partition.c.sum).order_by(partition.c.name)
    )
    return [
        (row.name, row.id, right[row.id])
        for row in found
        if right[row.id] != Checksum(row.rows, unsigned(row.sum))
    ]


def _homes(table: Table) -> tuple[Wrong, ColumnElement[bool]]:
    """Every pair of a row and a partition that it belongs to, and what a feed entry has in common with it."""
    if table.info["scope"] is RowScope.DOSSIER:
        owner = table.c.id if table.name == "customer" else table.c.customer_id
        pairs = select(dossier.c.partition.label("partition"), table.c.id.label("row_id"), table.c.rev, owner)
        same = and_(feed.c.row_id == table.c.id, feed.c.partition == dossier.c.partition)
        return pairs.join_from(table, dossier, dossier.c.customer_id == owner), same
    if table.info["scope"] is RowScope.REF:
        belongs = partition.c.scope == Scope.REF
    else:
        of_team = and_(partition.c.scope == Scope.TEAM, partition.c.subject == table.c.team_id)
        of_person = and_(partition.c.scope == Scope.DESK, partition.c.subject == table.c.id)
        belongs = or_(of_team, of_person)
    pairs = select(partition.c.id.label("partition"), table.c.id.label("row_id"), table.c.rev, _NOBODY)
    same = and_(feed.c.row_id == table.c.id, feed.c.partition == partition.c.id)
    return pairs.join_from(table, partition, belongs), same


def _entries(table: Table) -> Wrong:
    return select(feed.c.partition, feed.c.row_id, _NO_REV, feed.c.customer_id).where(_live(table))


def _live(table: Table) -> ColumnElement[bool]:
    return and_(feed.c.kind == KINDS[table.name], feed.c.op == Op.LIVE.value)


@cache
def _counting(trouble: Trouble, table: str) -> Statement:
    """How many of a table: four questions to each of them, at every backup, are not put into words anew."""
    return Statement(select(func.count()).select_from(QUESTIONS[trouble](TABLES[table]).subquery()))
