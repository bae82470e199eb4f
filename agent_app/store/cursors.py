"""How far this desk has followed each partition of the feed, and what it knows of its history (SYNC L1, E1)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table

from agent_app.store.driver import execute, fetch
from agent_app.store.tables import cursor, staged_cursor
from server_sync.domain.wire.messages import Commit, Seen

_COLUMNS = "partition, seq, token, seen_seq, seen_token"
_SAVE = (
    f"INSERT INTO {{table}} ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (partition) DO UPDATE SET seq = excluded.seq, token = excluded.token,"
    " seen_token = iif(excluded.seen_seq >= seen_seq, excluded.seen_token, seen_token),"
    " seen_seq = max(excluded.seen_seq, seen_seq)"
)
_BOTH = f"SELECT {_COLUMNS} FROM cursor UNION ALL SELECT {_COLUMNS} FROM staged_cursor"
_NOTE = (
    f"INSERT INTO cursor ({_COLUMNS}) VALUES (?, 0, NULL, ?, ?)"
    " ON CONFLICT (partition) DO UPDATE SET seen_seq = excluded.seen_seq, seen_token = excluded.seen_token"
    " WHERE excluded.seen_seq > seen_seq"
)


def load(connection: Connection, table: Table = cursor) -> dict[str, int]:
    """Partition name to the seq that has been applied."""
    return dict(fetch(connection, f"SELECT partition, seq FROM {table.name} WHERE seq > 0"))


def reached(connection: Connection, partition: str) -> int | None:
    """The seq of one partition that has been applied, 0 of an empty one; None where it is not followed."""
    found = fetch(connection, "SELECT seq FROM cursor WHERE partition = ?", (partition,))
    return found[0][0] if found else None


def people(connection: Connection) -> list[bytes]:
    """Whose desk partitions are followed: the person who sits here."""
    names = {*load(connection), *load(connection, staged_cursor)}
    return [bytes.fromhex(name.removeprefix("desk:")) for name in sorted(names) if name.startswith("desk:")]


def seen(connection: Connection) -> Seen:
    """What to tell the server of its history: of every partition the commit of the cursor and of the highest seq."""
    known: dict[str, dict[int, bytes]] = {}
    for partition, seq, token, seen_seq, seen_token in fetch(connection, _BOTH):
        commits = known.setdefault(partition, {})
        if token is not None:
            commits[seq] = token
        if seen_token is not None:
            commits[seen_seq] = seen_token
    return {
        name: [Commit(seq=seq, token=commits[seq]) for seq in sorted(commits)]
        for name, commits in known.items()
        if commits
    }


def save(connection: Connection, reached: Mapping[str, int], history: Seen, table: Table = cursor) -> None:
    """Take over a page's cursor and what it said of the history, in the transaction that applies the page."""
    held = {row[0]: row for row in _rows(connection, table)}
    rows = []
    for name, seq in reached.items():
        tokens = {one.seq: one.token for one in history.get(name, [])}
        highest = max(tokens, default=seq)
        rows.append((name, seq, tokens.get(seq), highest, tokens.get(highest)))
    execute(connection, _SAVE.format(table=table.name), [row for row in rows if row != held.get(row[0])])
    for name in held.keys() - reached.keys():
        _drop(connection, table, name)


def reach(connection: Connection, partition: str, commit: Commit) -> None:
    """In staging one partition stands at a commit, however it came there."""
    row = (partition, commit.seq, commit.token, commit.seq, commit.token)
    execute(connection, _SAVE.format(table=staged_cursor.name), [row])


def note(connection: Connection, history: Seen) -> None:
    """Remember commits that a reply named beyond the cursor; what was seen before is never gone behind (SYNC E1)."""
    rows = [(name, one.seq, one.token) for name, commits in history.items() for one in commits[-1:]]
    execute(connection, _NOTE, rows)


def take_staged(connection: Connection) -> None:
    """What was put together in staging is now what this desk holds."""
    staged = _rows(connection, staged_cursor)
    execute(connection, "DELETE FROM cursor WHERE partition NOT IN (SELECT partition FROM staged_cursor)")
    execute(connection, _SAVE.format(table=cursor.name), staged)
    execute(connection, "DELETE FROM staged_cursor")


def leave(connection: Connection, partition: str) -> None:
    """Follow one partition no more."""
    for table in (cursor, staged_cursor):
        _drop(connection, table, partition)


def forget(connection: Connection) -> None:
    """Know nothing of the server any more: it has another history (SYNC E1)."""
    for table in (cursor, staged_cursor):
        execute(connection, f"DELETE FROM {table.name}")


def _rows(connection: Connection, table: Table) -> list[tuple[Any, ...]]:
    return fetch(connection, f"SELECT {_COLUMNS} FROM {table.name}")


def _drop(connection: Connection, table: Table, partition: str) -> None:
    execute(connection, f"DELETE FROM {table.name} WHERE partition = ?", [(partition,)])
