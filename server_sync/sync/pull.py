"""What a desk does not have yet, page by page from its cursor, in one snapshot (SYNC L1, L2)."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, select

from server_sync.accounts.desks import lease_days
from server_sync.domain.clock import DAY
from server_sync.domain.commands import Actor
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import Role
from server_sync.domain.wire import versions
from server_sync.domain.wire.checksums import Checksum, unsigned
from server_sync.domain.wire.messages import PullReply, PullRequest
from server_sync.store import partitions
from server_sync.store.partitions import Scope
from server_sync.store.statement import Statement
from server_sync.store.tables import feed_commit, partition
from server_sync.store.upgrade import epoch
from server_sync.sync import truth
from server_sync.sync.page import Page, Place

PAGE_ROWS = 5_000
PAGE_BYTES = 1 << 20

# What everything else refers to first, then what the person works with, then what he oversees.
_ORDER = (Scope.REF, Scope.DEVICE, Scope.DESK, Scope.TEAM)


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

    A cursor of another copy of the data starts again: every partition is lost, and the page is the first. Raises
    KnownError: NOT_PERMITTED (another device's name or cursor), UPGRADE_NEEDED (also to a desk of protocol 1 below the
    floor), MALFORMED; to a desk that keeps what it was acknowledged SERVER_RESTORED and CURSOR_TOO_OLD (SYNC E1, E3).
    """
    if request.device != device_id:
        raise KnownError(ErrorKind.NOT_PERMITTED)
    if not versions.speaks(request.protocol, request.schema):
        raise _upgrade_needed()
    if any(seq < 0 for seq in request.cursor.values()):
        raise KnownError(ErrorKind.MALFORMED, what="cursor")
    truth.refuse_foreign([*request.cursor, *request.seen], actor, device_id)
    places = allowed_places(connection, actor, device_id)
    newest = {(place.name, place.head): place.token for place in places if place.token is not None}
    known = truth.check_history(connection, request.seen, newest)
    own_epoch = epoch(connection)
    heads = {place.name: place.head for place in places}
    of_this_copy = request.epoch == own_epoch and not _ahead(request.cursor, heads)
    if request.cursor:
        if request.protocol > 1 and not of_this_copy:
            raise KnownError(ErrorKind.SERVER_RESTORED)
        floors = {place.name: place.floor for place in places if place.name not in request.fresh}
        if of_this_copy and truth.below_floor(request.cursor, floors):
            # A desk of protocol 1 cannot start again by itself: it would ask the same for ever.
            raise _upgrade_needed() if request.protocol == 1 else KnownError(ErrorKind.CURSOR_TOO_OLD)
    cursor = request.cursor if of_this_copy else {}
    page = Page(connection, places, page_rows, page_bytes)
    page.leave({name: seq for name, seq in cursor.items() if name not in heads})
    reached = {place.name: page.fill(place, cursor.get(place.name, 0)) for place in places}
    more = any(reached[place.name] < place.head for place in places)
    own = partitions.device(device_id)
    return PullReply(
        request=request.request,
        epoch=own_epoch,
        from_cursor=request.cursor,
        gained=sorted(heads.keys() - cursor.keys()),
        lost=sorted(request.cursor.keys() - heads.keys() if of_this_copy else request.cursor),
        removed=page.removed(),
        held=page.held(),
        tables=page.tables(),
        cursor=reached,
        more=more,
        server_now=now,
        seen=truth.commits(connection, reached, heads, known | newest),
        rows=sum(place.checksum.rows for place in places),
        sums={} if more else {one.name: (one.checksum.rows, one.checksum.sum) for one in places},
        backed_up=next((place.backed_up for place in places if place.name == own), None),
        lease=lease_days(connection) * DAY,
    )


@cache
def _allowed(role: Role) -> Statement:
    newest = (feed_commit.c.partition == partition.c.id) & (feed_commit.c.seq == partition.c.head)
    columns = ("scope", "id", "name", "head", "rows", "sum", "floor", "backed_up")
    return Statement(
        select(*(partition.c[name] for name in columns), feed_commit.c.token)
        .outerjoin(feed_commit, newest)
        .where(partitions.allowed(role))
    )


def allowed_places(connection: Connection, actor: Actor, device_id: bytes) -> list[Place]:
    """The partitions that a person may pull on a device, as they are read."""
    found = _allowed(actor.role).rows(connection, partitions.allowed_values(actor, device_id))
    return [
        Place(number, name, head, Checksum(rows, unsigned(total)), floor, backed_up, token)
        for _, number, name, head, rows, total, floor, backed_up, token in sorted(found, key=_place)
    ]


def _place(row: tuple[Any, ...]) -> tuple[int, str]:
    scope, _, name, *_ = row
    return _ORDER.index(scope), name


def _upgrade_needed() -> KnownError:
    return KnownError(ErrorKind.UPGRADE_NEEDED, protocol=versions.PROTOCOL, schema=versions.SCHEMA)


def _ahead(cursor: Mapping[str, int], heads: Mapping[str, int]) -> bool:
    """Whether a cursor has seen what this copy of the data has not."""
    return any(cursor.get(name, 0) > head for name, head in heads.items())
