"""Ready files over HTTP: a partition as one encrypted file, asked for by a message and fetched by ranges (SYNC L4).

POST /sync/ready         which file, its key, length and SHA-256
GET  /sync/ready/{name}  the file, or one range of it
"""

from collections.abc import AsyncIterator
from functools import partial

import anyio.to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from server_sync.http import limits
from server_sync.http.ranges import asked_range
from server_sync.http.services import Services, services_of, visitor_of

router = APIRouter(prefix="/sync/ready", default_response_class=Response)

PLAIN = "application/octet-stream"


@router.get("/{name}")
async def fetch(request: Request, name: str) -> StreamingResponse:
    """The file, or the one range that is asked for."""
    services = services_of(request)
    visitor = await visitor_of(request)
    find = partial(services.ready.size, visitor.actor, visitor.device_id, name)
    size = await anyio.to_thread.run_sync(find, limiter=services.transfers)
    asked = request.headers.get("range")
    first, last = (0, size - 1) if asked is None else asked_range(asked, size)
    headers = {"Accept-Ranges": "bytes", "Content-Length": str(last - first + 1)}
    if asked is not None:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return StreamingResponse(
        _pieces(services, name, first, last), 200 if asked is None else 206, headers, PLAIN
    )


async def _pieces(services: Services, name: str, first: int, last: int) -> AsyncIterator[bytes]:
    """The file piece by piece; it is open only while a piece is read, so that slow readers hold no place."""
    while first <= last:
        read = partial(services.ready.read, name, first, min(limits.READY_READ_BYTES, last - first + 1))
        piece = await anyio.to_thread.run_sync(read, limiter=services.transfers)
        if not piece:
            return
        first += len(piece)
        yield piece
