"""What a desk does not have yet, page by page from its cursor, in one snapshot (SYNC L1, L2)."""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from server_sync.domain.commands import Actor
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire import versions
from server_sync.domain.wire.messages import PullReply, PullRequest
from server_sync.store import partitions
from server_sync.store.partitions import Scope
from server_sync.store.tables import partition
from server_sync.store.upgrade import epoch
from server_sync.sync.page import Page, Place

PAGE_ROWS = 5_000
PAGE_BYTES = 1 << 20

# What everything else refers to first, then what the person works with, then what he oversees.
_ORDER = list(Scope)


def pull(
    connection: Connection,
    actor: Actor,
    device_id: bytes,
    request: PullRequest,
    now: int,
    page_rows: int = PAGE_ROWS,
    page_bytes: int = PAGE_BYTES,
) -> PullReply:
    """The next page after the request's cursor, in the connection's snapshot.

    A cursor of another copy of the data (another epoch, or ahead of this one) starts again: every partition is lost,
    and the page is the first. Raises KnownError: NOT_PERMITTED (another device's name), UPGRADE_NEEDED, MALFORMED.
    """
    if request.device != device_id:
        raise KnownError(ErrorKind.NOT_PERMITTED)
    if not versions.speaks(request.protocol, request.schema):
        raise KnownError(ErrorKind.UPGRADE_NEEDED, protocol=versions.PROTOCOL, schema=versions.SCHEMA)
    if any(seq < 0 for seq in request.cursor.values()):
        raise KnownError(ErrorKind.MALFORMED, what="cursor")
    places = allowed_places(connection, actor)
    own_epoch = epoch(connection)
    of_this_copy = request.epoch == own_epoch and not _ahead(request.cursor, places)
    cursor = request.cursor if of_this_copy else {}
    names = {place.name for place in places}
    page = Page(connection, places, page_rows, page_bytes)
    reached = {place.name: page.fill(place, cursor.get(place.name, 0)) for place in places}
    return PullReply(
        request=request.request,
        epoch=own_epoch,
        from_cursor=request.cursor,
        gained=sorted(names - cursor.keys()),
        lost=sorted(request.cursor.keys() - names if of_this_copy else request.cursor),
        removed=page.removed(),
        held=page.held(),
        tables=page.tables(),
        cursor=reached,
        more=any(reached[place.name] < place.head for place in places),
        server_now=now,
    )


def allowed_places(connection: Connection, actor: Actor) -> list[Place]:
    """The partitions that a person may pull, as they are read; their names are what he listens for."""
    found = select(partition.c.id, partition.c.name, partition.c.scope, partition.c.head).where(
        partitions.allowed(actor)
    )
    rows = sorted(connection.execute(found), key=lambda row: (_ORDER.index(Scope(row.scope)), row.name))
    return [Place(row.id, row.name, row.head) for row in rows]


def _ahead(cursor: Mapping[str, int], places: list[Place]) -> bool:
    """Whether a cursor has seen what this copy of the data has not."""
    return any(cursor.get(place.name, 0) > place.head for place in places)
