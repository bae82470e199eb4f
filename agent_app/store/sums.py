"""Whether the rows on this desk are those that the server counts: numbers and sums by partition (SYNC E2); how they are
fetched anew is sync's part. What counts are the server's versions: rows that only exist here are passed over."""

from collections.abc import Iterator
from functools import cache

from sqlalchemy import Connection

from agent_app.store import cursors
from server_sync.domain.model import KINDS, TABLES, Scope
from server_sync.domain.wire.checksums import Checksum, buckets

Row = tuple[int, bytes, int]
"""Kind, id, rev."""

NAMES = list(TABLES)
"""The table of each kind."""

_SELECT = 'SELECT {kind}, t.id, t.rev FROM "{name}" AS t WHERE {where}'
# Rows that no server has seen: they are laid over nothing.
_COUNTS = (
    "NOT EXISTS (SELECT 1 FROM base_row AS b WHERE b.kind = '{name}' AND b.row_id = t.id AND b.row IS NULL)"
)
_HELD = "t.{owner} IN (SELECT customer_id FROM held WHERE partition = ?2)"


def differing(
    connection: Connection, person_id: bytes, cursor: dict[str, int], sums: dict[str, tuple[int, int]]
) -> list[str]:
    """The partitions that hold other rows here than on the server when the desk stood at `cursor`; none when it has
    moved since. Reads every row once: not for a thread that somebody waits for."""
    if cursors.load(connection) != {name: seq for name, seq in cursor.items() if seq > 0}:
        return []
    wrong = []
    for partition, expected in sums.items():
        checksum = Checksum()
        for row in rows(connection, partition, person_id):
            checksum.add(*row)
        if (checksum.rows, checksum.sum) != tuple(expected):
            wrong.append(partition)
    return wrong


def parts(connection: Connection, partition: str, person_id: bytes) -> list[tuple[int, int]]:
    """The 256 sub-sums of a partition."""
    return [(one.rows, one.sum) for one in buckets(rows(connection, partition, person_id))]


def rows(connection: Connection, partition: str, person_id: bytes) -> Iterator[Row]:
    """The server's rows that this desk holds because of a partition."""
    scope, _, subject = partition.partition(":")
    statement = _statement(scope)
    if not statement:
        return
    values = {"team": (bytes.fromhex(subject), partition), "desk": (person_id, partition)}.get(scope, ())
    for row in connection.exec_driver_sql(statement, values):
        yield row[0], row[1], row[2]


@cache
def _statement(scope: str) -> str:
    """All tables of a scope at once; ?1 is the team or the person, ?2 the partition's name."""
    parts = []
    for name, table in TABLES.items():
        match table.info["scope"], scope:
            case Scope.REF, "ref":
                where = "true"
            case Scope.TEAM, "team":
                where = "t.team_id = ?1"
            case Scope.TEAM, "desk":
                where = "t.id = ?1"
            case Scope.DOSSIER, "desk" | "team":
                where = _HELD.format(owner="id" if name == "customer" else "customer_id")
            case _:
                continue
        where += " AND " + _COUNTS.format(name=name)
        parts.append(_SELECT.format(kind=KINDS[name], name=name, where=where))
    return " UNION ALL ".join(parts)
