"""What a desk holds of a partition against what it should: only the parts that differ travel (SYNC E2)."""

from sqlalchemy import Connection, select

from server_sync.domain.commands import Actor
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import TABLES
from server_sync.domain.wire import versions
from server_sync.domain.wire.checksums import BUCKETS, bucket_of, buckets
from server_sync.domain.wire.messages import CompareReply, CompareRequest, TableRows
from server_sync.store.changes import batches
from server_sync.store.heads import Op
from server_sync.store.tables import feed
from server_sync.sync.page import rows_by_id
from server_sync.sync.pull import allowed_places

_NAMES = [str(name) for name in TABLES]


def compare(
    connection: Connection, actor: Actor, device_id: bytes, request: CompareRequest, now: int
) -> CompareReply:
    """The rows of every part of the partition whose number or sum is another one than the desk's.

    Raises KnownError: NOT_PERMITTED (another device's name, or a partition that is not the person's), UPGRADE_NEEDED,
    MALFORMED.
    """
    if request.device != device_id:
        raise KnownError(ErrorKind.NOT_PERMITTED)
    if not versions.speaks(request.protocol, request.schema):
        raise KnownError(ErrorKind.UPGRADE_NEEDED, protocol=versions.PROTOCOL, schema=versions.SCHEMA)
    if len(request.sums) != BUCKETS:
        raise KnownError(ErrorKind.MALFORMED, what="sums")
    place = next(
        (one for one in allowed_places(connection, actor, device_id) if one.name == request.partition), None
    )
    if place is None:
        raise KnownError(ErrorKind.NOT_PERMITTED)
    if place.head != request.seq:
        return CompareReply(request=request.request, partition=place.name, moved=True, server_now=now)
    live = select(feed.c.kind, feed.c.row_id, feed.c.rev, feed.c.customer_id).where(
        feed.c.partition == place.id, feed.c.op == Op.LIVE.value
    )
    entries = connection.execute(live).all()
    ours = buckets((row.kind, row.row_id, row.rev) for row in entries)
    wrong = {number for number, one in enumerate(ours) if (one.rows, one.sum) != tuple(request.sums[number])}
    wanted = [row for row in entries if bucket_of(row.row_id) in wrong]
    tables: dict[str, TableRows] = {}
    for kind, name in enumerate(_NAMES):
        ids = [row.row_id for row in wanted if row.kind == kind]
        found = [row for some in batches(ids) for row in rows_by_id(connection, kind, some)]
        if found:
            tables[name] = TableRows(columns=[str(one.name) for one in TABLES[name].columns], rows=found)
    return CompareReply(
        request=request.request,
        partition=place.name,
        moved=False,
        buckets=sorted(wrong),
        tables=tables,
        customers=sorted({row.customer_id for row in wanted if row.customer_id is not None}),
        server_now=now,
    )
