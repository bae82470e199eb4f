"""How far this desk has followed each partition of the feed, and what it knows of its history (SYNC L1, E1)."""

from collections.abc import Mapping

from sqlalchemy import Connection, Table, delete, select

from agent_app.store.tables import cursor, staged_cursor
from server_sync.domain.wire.messages import Commit, Seen

_SAVE = (
    "INSERT INTO {table} (partition, seq, token, seen_seq, seen_token) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (partition) DO UPDATE SET seq = excluded.seq, token = excluded.token,"
    " seen_token = iif(excluded.seen_seq >= seen_seq, excluded.seen_token, seen_token),"
    " seen_seq = max(excluded.seen_seq, seen_seq)"
)
_NOTE = (
    "INSERT INTO cursor (partition, seq, token, seen_seq, seen_token) VALUES (?, 0, NULL, ?, ?)"
    " ON CONFLICT (partition) DO UPDATE SET seen_seq = excluded.seen_seq, seen_token = excluded.seen_token"
    " WHERE excluded.seen_seq > seen_seq"
)


def load(connection: Connection, table: Table = cursor) -> dict[str, int]:
    """Partition name to the seq that has been applied."""
    found = connection.exec_driver_sql(f"SELECT partition, seq FROM {table.name} WHERE seq > 0")
    return {row[0]: row[1] for row in found}


def people(connection: Connection) -> list[bytes]:
    """Whose desk partitions are followed: the person who sits here."""
    names = {*load(connection), *load(connection, staged_cursor)}
    return [bytes.fromhex(name.removeprefix("desk:")) for name in sorted(names) if name.startswith("desk:")]


def seen(connection: Connection) -> Seen:
    """What to tell the server of its history: of every partition the commit of the cursor and of the highest seq."""
    known: dict[str, dict[int, bytes]] = {}
    for table in (cursor, staged_cursor):
        found = connection.exec_driver_sql(
            f"SELECT partition, seq, token, seen_seq, seen_token FROM {table.name}"
        )
        for partition, seq, token, seen_seq, seen_token in found:
            commits = known.setdefault(partition, {})
            if token is not None:
                commits[seq] = token
            if seen_token is not None:
                commits[seen_seq] = seen_token
    return {
        name: [Commit(seq=seq, token=commits[seq]) for seq in sorted(commits)]
        for name, commits in known.items()
    }


def save(connection: Connection, reached: Mapping[str, int], history: Seen, table: Table = cursor) -> None:
    """Take over a page's cursor and what it said of the history, in the transaction that applies the page."""
    held = set(connection.execute(select(table.c.partition)).scalars())
    for name in held - reached.keys():
        connection.execute(delete(table).where(table.c.partition == name))
    rows = []
    for name, seq in reached.items():
        tokens = {one.seq: one.token for one in history.get(name, [])}
        highest = max(tokens, default=seq)
        rows.append((name, seq, tokens.get(seq), highest, tokens.get(highest)))
    if rows:
        connection.exec_driver_sql(_SAVE.format(table=table.name), rows)


def reach(connection: Connection, partition: str, commit: Commit) -> None:
    """In staging one partition stands at a commit, however it came there."""
    row = (partition, commit.seq, commit.token, commit.seq, commit.token)
    connection.exec_driver_sql(_SAVE.format(table=staged_cursor.name), row)


def note(connection: Connection, history: Seen) -> None:
    """Remember commits that a reply named beyond the cursor; what was seen before is never gone behind (SYNC E1)."""
    rows = [(name, one.seq, one.token) for name, commits in history.items() for one in commits[-1:]]
    if rows:
        connection.exec_driver_sql(_NOTE, rows)


def take_staged(connection: Connection) -> None:
    """What was put together in staging is now what this desk holds."""
    rows = [tuple(row) for row in connection.execute(select(staged_cursor))]
    followed = [row[0] for row in rows]
    connection.execute(delete(cursor).where(cursor.c.partition.not_in(followed)))
    if rows:
        connection.exec_driver_sql(_SAVE.format(table="cursor"), rows)
    connection.execute(delete(staged_cursor))


def leave(connection: Connection, partition: str) -> None:
    """Follow one partition no more."""
    for table in (cursor, staged_cursor):
        connection.execute(delete(table).where(table.c.partition == partition))


def forget(connection: Connection) -> None:
    """Know nothing of the server any more: it has another history (SYNC E1)."""
    connection.execute(delete(cursor))
    connection.execute(delete(staged_cursor))
