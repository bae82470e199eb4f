"""Whether the feed says what the rows say: one live entry for each row and partition that holds it (SYNC S4)."""

from collections.abc import Iterator

from sqlalchemy import Connection, Select, Table, and_, exists, func, or_, select

from server_sync.doctor.findings import Finding, Trouble
from server_sync.domain.model import KINDS, TABLES
from server_sync.domain.model import Scope as RowScope
from server_sync.store.heads import Op
from server_sync.store.partitions import Scope
from server_sync.store.tables import dossier, feed, partition


def feed_findings(connection: Connection) -> Iterator[Finding]:
    """What the feed says wrongly, by table."""
    ahead = (
        select(partition.c.name, func.count())
        .join(feed, and_(feed.c.partition == partition.c.id, feed.c.seq > partition.c.head))
        .group_by(partition.c.name)
        .order_by(partition.c.name)
    )
    for name, count in connection.execute(ahead):
        yield Finding(Trouble.FEED_AHEAD, {"partition": name, "count": count})
    for name, table in TABLES.items():
        for trouble, wrong in _questions(table):
            count = connection.scalar(wrong) or 0
            if count:
                yield Finding(trouble, {"table": name, "count": count})


def _questions(table: Table) -> Iterator[tuple[Trouble, Select[int]]]:
    """Each counts what is wrong with one table."""
    kind = KINDS[table.name]
    live = and_(feed.c.kind == kind, feed.c.op == Op.LIVE.value)
    row_there = exists().where(table.c.id == feed.c.row_id)
    yield Trouble.FEED_WITHOUT_ROW, select(func.count()).select_from(feed).where(live, ~row_there)
    entry_there = exists().where(live, feed.c.row_id == table.c.id, feed.c.partition == partition.c.id)
    yield (
        Trouble.ROW_WITHOUT_FEED,
        _homes(table).where(~entry_there),
    )
    if table.info["scope"] is RowScope.DOSSIER:
        held = exists().where(
            dossier.c.partition == feed.c.partition, dossier.c.customer_id == feed.c.customer_id
        )
        yield Trouble.FEED_OF_STRANGER, select(func.count()).select_from(feed).where(live, ~held)


def _homes(table: Table) -> Select[int]:
    """Counts the pairs of a row and a partition that it belongs to."""
    pairs = select(func.count()).select_from(table)
    match table.info["scope"]:
        case RowScope.REF:
            return pairs.join(partition, partition.c.scope == Scope.REF)
        case RowScope.TEAM:
            of_team = and_(partition.c.scope == Scope.TEAM, partition.c.subject == table.c.team_id)
            of_person = and_(partition.c.scope == Scope.DESK, partition.c.subject == table.c.id)
            return pairs.join(partition, or_(of_team, of_person))
        case _:
            owner = table.c.id if table.name == "customer" else table.c.customer_id
            return pairs.join(dossier, dossier.c.customer_id == owner).join(
                partition, partition.c.id == dossier.c.partition
            )
