"""Which customers have changed since somebody last looked, by the feed of the teams, in which every customer of a team
stands with all of his rows (SYNC S3); who looks, and at what, is his own affair."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from server_sync.store.partitions import Scope
from server_sync.store.tables import feed, partition, server_state
from server_sync.store.transaction import Transaction


@dataclass(frozen=True)
class News:
    """The customers who changed since the watermark, None for too many or when there was no watermark; and how far the
    teams' histories have come."""

    customers: list[bytes] | None
    heads: Mapping[str, int]


def news(connection: Connection, watermark: str, most: int) -> News:
    """What is new since the watermark of that name was last set."""
    now = heads(connection)
    seen: Mapping[str, int] | None = recall(connection, watermark)
    if seen is None:
        return News(None, now)
    found: set[bytes] = set()
    for number, head in now.items():
        if head <= seen.get(number, 0):
            continue
        changed = (
            select(feed.c.customer_id)
            .distinct()
            .where(
                feed.c.partition == int(number),
                feed.c.seq > seen.get(number, 0),
                feed.c.seq <= head,
                feed.c.customer_id.is_not(None),
            )
        )
        found.update(connection.scalars(changed.limit(most + 1)))
        if len(found) > most:
            return News(None, now)
    return News(sorted(found), now)


def heads(connection: Connection) -> dict[str, int]:
    """How far each team's history has come, by its partition."""
    rows = connection.execute(select(partition.c.id, partition.c.head).where(partition.c.scope == Scope.TEAM))
    return {str(number): head for number, head in rows}


def recall(connection: Connection, key: str) -> Any:
    """A value of the server's state, None for one that was never set."""
    return connection.scalar(select(server_state.c.value).where(server_state.c.key == key))


def remember(tx: Transaction, key: str, value: Any) -> None:
    """Set a value of the server's state, such as a watermark to `News.heads`."""
    dialect = sqlite if tx.connection.dialect.name == "sqlite" else postgresql
    row = dialect.insert(server_state).values(key=key, value=value)
    tx.connection.execute(
        row.on_conflict_do_update(index_elements=["key"], set_={"value": row.excluded.value})
    )
