"""Letting go what has had its time: tombstones and commits older than the longest lease, which no desk may still need
(SYNC E3), and what leads have settled as long ago."""

from sqlalchemy import delete, func, select, update

from server_sync.domain.clock import DAY
from server_sync.domain.model import ConflictState, team_conflict
from server_sync.store import changes
from server_sync.store.changes import Delete
from server_sync.store.heads import Op
from server_sync.store.tables import feed, feed_commit, partition
from server_sync.store.transaction import Transaction

KEPT_FOR = 90 * DAY
"""As long as the longest lease: whoever was away for longer starts again."""


def forget_old(tx: Transaction) -> int:
    """Drop old tombstones and commits and raise the floors over them; returns how many tombstones went.

    A partition's floor is its last commit that is old; that one stays, so that a desk that stands there is known.
    """
    last_old = (
        select(feed_commit.c.partition, func.max(feed_commit.c.seq).label("seq"))
        .where(feed_commit.c.at < tx.now - KEPT_FOR)
        .group_by(feed_commit.c.partition)
        .subquery()
    )
    rising = (
        select(partition.c.id, last_old.c.seq)
        .join(last_old, last_old.c.partition == partition.c.id)
        .where(last_old.c.seq > partition.c.floor)
        .order_by(partition.c.id)
        .with_for_update(of=partition)
    )
    gone = 0
    for of, floor in tx.connection.execute(rising).all():
        tx.connection.execute(update(partition).where(partition.c.id == of).values(floor=floor))
        old = feed.c.partition == of, feed.c.seq <= floor, feed.c.op != Op.LIVE.value
        gone += tx.connection.execute(delete(feed).where(*old)).rowcount
        before = feed_commit.c.partition == of, feed_commit.c.seq < floor
        tx.connection.execute(delete(feed_commit).where(*before))
    return gone


def forget_settled(tx: Transaction) -> None:
    """Delete the entries that were settled long ago: what was decided stands in the customer's timeline."""
    old = select(team_conflict.c.id).where(
        team_conflict.c.state == ConflictState.SETTLED, team_conflict.c.settled_at < tx.now - KEPT_FOR
    )
    changes.write(tx, [Delete("team_conflict", row_id) for row_id in tx.connection.scalars(old)])
