"""The live stream: says which partitions moved, and nothing else (SYNC L3); a desk then pulls."""

import json
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from server_sync.accounts.gate import Gate, Visitor
from server_sync.domain.model import Role
from server_sync.http import limits
from server_sync.http.services import Services, services_of, token_of, visitor_of
from server_sync.http.streams import END, Stream, next_hint
from server_sync.store.database import Database
from server_sync.sync.pull import allowed_places

router = APIRouter(prefix="/sync", default_response_class=Response)


@router.get("/live")
async def live(request: Request) -> StreamingResponse:
    """Server-sent events: `data` lists the partitions that moved; the first comes at once, then one per 50 ms at most.

    A comment comes when nothing else does. The stream ends soon after the token does, or what the person may pull
    changes.
    """
    services = services_of(request)
    visitor = await visitor_of(request)
    services.streams.check_room(visitor.device_id)
    names = await run_in_threadpool(names_of, services.database, visitor)
    events = _events(services, visitor, token_of(request), names)
    return StreamingResponse(events, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


async def _events(
    services: Services, visitor: Visitor, token: str, names: frozenset[str]
) -> AsyncIterator[bytes]:
    with services.hub.subscribe(names) as waiter, services.streams.open(Stream(visitor, token, waiter)):
        while True:
            moved = await next_hint(waiter, limits.HEARTBEAT_SECONDS)
            if moved & END:
                return
            yield f"data: {json.dumps(sorted(moved))}\n\n".encode() if moved else b":\n\n"


def lapsed(database: Database, gate: Gate, streams: list[Stream]) -> list[Stream]:
    """Those whose token is no longer good for the same person in the same place."""
    good = gate.standing([stream.token for stream in streams])
    return [
        stream
        for stream in streams
        if good.get(stream.token) != stream.visitor
        # what an administrator may pull grows with every team
        or (
            stream.visitor.actor.role is Role.ADMINISTRATOR
            and names_of(database, stream.visitor) != stream.waiter.partitions
        )
    ]


def names_of(database: Database, visitor: Visitor) -> frozenset[str]:
    """What a visitor listens for."""
    with database.read() as connection:
        return frozenset(place.name for place in allowed_places(connection, visitor.actor, visitor.device_id))
