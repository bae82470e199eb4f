"""One page of the feed: entries with the rows they name, as the store holds them, up to a number and a size."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Connection, Integer, Table, bindparam, exists, select, tuple_

from server_sync.domain.model import TABLES
from server_sync.domain.wire.checksums import Checksum
from server_sync.domain.wire.messages import Held, Removed, TableRows
from server_sync.store.heads import Op
from server_sync.store.statement import Statement, any_of, numbered, padded
from server_sync.store.tables import dossier, feed, partition

SLICE = 250
"""Entries read at once at least. A page is closed between slices, so it may be over its size by one of them."""

_TABLES = list(TABLES.values())
# Plain text: SQLAlchemy's names are of a kind of their own, which the codec does not know.
_NAMES = [str(name) for name in TABLES]
_COLUMNS = [[str(column.name) for column in table.columns] for table in _TABLES]
_encoder = msgspec.msgpack.Encoder()


@dataclass(frozen=True)
class Place:
    """A partition that is read, as it stands in this snapshot."""

    id: int
    name: str
    head: int
    checksum: Checksum
    floor: int
    backed_up: int | None
    token: bytes | None
    """Of the commit of the head, None before the first one."""


class Page:
    """Filled partition by partition, then taken apart into the parts of a reply."""

    def __init__(
        self, connection: Connection, places: Sequence[Place], most_rows: int, most_bytes: int
    ) -> None:
        self._connection = connection
        self._places = [place.id for place in places]
        self._entries_left = most_rows
        self._bytes_left = most_bytes
        self._entries_taken = 0
        self._bytes_taken = 0
        self._rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        # by partition, without doubles and in order
        self._held: dict[str, dict[bytes, None]] = defaultdict(dict)
        self._groups_gone: dict[str, list[bytes]] = defaultdict(list)
        self._rows_gone: dict[str, dict[str, list[bytes]]] = defaultdict(lambda: defaultdict(list))

    def fill(self, place: Place, seq: int) -> int:
        """Take what comes after `seq` while there is room; returns the seq that was reached."""
        while seq < place.head and self._entries_left > 0 and self._bytes_left > 0:
            seq = self._take_slice(place, seq)
        return seq

    def leave(self, lost: Mapping[str, int]) -> None:
        """Take what went from partitions that this desk has lost, by name from which seq on: their dossiers may have
        come by another of its partitions meanwhile, and that one never had these rows (SYNC L2)."""
        for name, seq in lost.items():
            held = exists().where(
                dossier.c.customer_id == feed.c.customer_id, dossier.c.partition.in_(self._places)
            )
            went = (
                select(feed.c.kind, feed.c.row_id)
                .join(partition, partition.c.id == feed.c.partition)
                .where(partition.c.name == name, feed.c.seq > seq, feed.c.op == Op.GONE.value, held)
            )
            rows = [(row.kind, row.row_id) for row in self._connection.execute(went)]
            self._take_gone(name, rows)

    def tables(self) -> dict[str, TableRows]:
        """The rows by table, parents first."""
        return {
            name: TableRows(columns=columns, rows=self._rows[name])
            for name, columns in zip(_NAMES, _COLUMNS, strict=True)
            if name in self._rows
        }

    def held(self) -> list[Held]:
        """Whose dossiers the page brings or brings up to date."""
        return [Held(partition=name, customers=list(customers)) for name, customers in self._held.items()]

    def removed(self) -> list[Removed]:
        """What left the partitions."""
        return [
            Removed(partition=name, customers=self._groups_gone[name], rows=dict(self._rows_gone[name]))
            for name in {**self._groups_gone, **self._rows_gone}
        ]

    def _next_slice(self) -> int:
        """As many entries as will fill the page, by the size of those before: each slice costs some statements."""
        if not self._bytes_taken:
            return SLICE
        return max(SLICE, self._bytes_left * self._entries_taken // self._bytes_taken)

    def _take_slice(self, place: Place, after: int) -> int:
        most = min(self._next_slice(), self._entries_left)
        found = _ENTRIES.rows(self._connection, {"partition": place.id, "after": after, "most": most})
        last: int = found[-1][0] if len(found) == most else place.head
        self._entries_left -= len(found)
        self._entries_taken += len(found)
        kinds: set[int] = set()
        rows_gone: list[tuple[int, bytes]] = []
        for _, kind, row_id, op, customer_id in found:
            if op == Op.LIVE:
                kinds.add(kind)
                if customer_id is not None:
                    self._held[place.name][customer_id] = None
            elif op == Op.GROUP_GONE:
                self._groups_gone[place.name].append(row_id)
            else:
                rows_gone.append((kind, row_id))
        for kind in sorted(kinds):
            self._take_rows(kind, {"partition": place.id, "kind": kind, "after": after, "last": last})
        self._take_gone(place.name, rows_gone)
        return last

    def _take_gone(self, name: str, rows: list[tuple[int, bytes]]) -> None:
        for kind, row_id in self._gone_everywhere(rows):
            self._rows_gone[name][_NAMES[kind]].append(row_id)

    def _take_rows(self, kind: int, window: dict[str, int]) -> None:
        # The driver's own values go out as they are, JSON as text.
        rows = _rows_of(_TABLES[kind]).rows(self._connection, window)
        size = len(_encoder.encode(rows))
        self._bytes_left -= size
        self._bytes_taken += size
        self._rows[_NAMES[kind]] += rows

    def _gone_everywhere(self, rows: list[tuple[int, bytes]]) -> Iterable[tuple[int, bytes]]:
        """Those that are in no other partition of this desk: a row may have moved between two that it has."""
        if not rows:
            return []
        elsewhere = select(feed.c.kind, feed.c.row_id).where(
            tuple_(feed.c.kind, feed.c.row_id).in_(rows),
            feed.c.partition.in_(self._places),
            feed.c.op == Op.LIVE.value,
        )
        kept = {(row.kind, row.row_id) for row in self._connection.execute(elsewhere)}
        return [row for row in rows if row not in kept]


def rows_by_id(connection: Connection, kind: int, ids: Sequence[bytes]) -> list[tuple[Any, ...]]:
    """Rows of one table as a page has them, in the order of their columns."""
    wanted = padded(ids)
    return _rows_with(_TABLES[kind], len(wanted)).rows(connection, numbered(wanted))


_ENTRIES = Statement(
    select(feed.c.seq, feed.c.kind, feed.c.row_id, feed.c.op, feed.c.customer_id)
    .where(feed.c.partition == bindparam("partition"), feed.c.seq > bindparam("after"))
    .order_by(feed.c.seq)
    .limit(bindparam("most", type_=Integer))
)


@cache
def _rows_with(table: Table, count: int) -> Statement:
    """So many rows of one table by their ids."""
    return Statement(select(table).where(any_of(table.c.id, count)))


@cache
def _rows_of(table: Table) -> Statement:
    """The rows of one table that a stretch of the feed names."""
    return Statement(
        select(table)
        .join_from(feed, table, table.c.id == feed.c.row_id)
        .where(
            feed.c.partition == bindparam("partition"),
            feed.c.seq > bindparam("after"),
            feed.c.seq <= bindparam("last"),
            feed.c.kind == bindparam("kind"),
            feed.c.op == Op.LIVE.value,
        )
        .order_by(feed.c.seq)
    )
