"""The live stream: says which partitions moved, and nothing else (SYNC L3); a desk then pulls."""

import asyncio
import json
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from server_sync.accounts.gate import Visitor
from server_sync.domain.errors import KnownError
from server_sync.http import limits
from server_sync.http.services import Services, services_of, token_of, visitor_of
from server_sync.http.streams import END
from server_sync.store.partitions import Scope
from server_sync.sync.live import Waiter
from server_sync.sync.pull import allowed_places

router = APIRouter(prefix="/sync", default_response_class=Response)


@router.get("/live")
async def live(request: Request) -> StreamingResponse:
    """Server-sent events: `data` lists the partitions that moved; the first comes at once, then one per 50 ms at most.

    A comment comes when nothing else does. The stream ends when the token does, or what the person may pull changes.
    """
    services = services_of(request)
    visitor = await visitor_of(request)
    services.streams.check_room(visitor.device_id)
    names = await run_in_threadpool(_names, services, visitor)
    events = _events(services, visitor, token_of(request), names)
    return StreamingResponse(events, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


async def _events(
    services: Services, visitor: Visitor, token: str, names: frozenset[str]
) -> AsyncIterator[bytes]:
    with services.hub.subscribe(names) as waiter, services.streams.open(visitor.device_id, waiter):
        while True:
            moved = await _next(waiter)
            if moved & END:
                return
            try:
                visitor = await run_in_threadpool(services.gate.visitor, token)
            except KnownError:
                return
            # who is where stands among the company's rows: the first hint has them, too
            if Scope.REF in moved and await run_in_threadpool(_names, services, visitor) != names:
                return
            yield f"data: {json.dumps(sorted(moved))}\n\n".encode() if moved else b":\n\n"


async def _next(waiter: Waiter) -> frozenset[str]:
    """The next hint, or nothing when it is time for a sign of life."""
    try:
        async with asyncio.timeout(limits.HEARTBEAT_SECONDS):
            return await waiter.hint()
    except TimeoutError:
        return frozenset()


def _names(services: Services, visitor: Visitor) -> frozenset[str]:
    with services.database.read() as connection:
        return frozenset(place.name for place in allowed_places(connection, visitor.actor))
