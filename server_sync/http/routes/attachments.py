"""The bytes of attachments over HTTP: sent in the shape of tus 1.0 core, fetched by ranges; who may is decided below.

    OPTIONS /sync/attachments/{id}   what is spoken here
    HEAD    /sync/attachments/{id}   Upload-Offset, Upload-Length
    PATCH   /sync/attachments/{id}   a piece at Upload-Offset; what arrived of a piece that was cut off stays
    GET     /sync/attachments/{id}   the complete file, or one range of it

The file is created by its row, which comes by push (tus' creation extension is not spoken).
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import TypeVar

import anyio.to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.http import limits
from server_sync.http.errors import MSGPACK
from server_sync.http.ranges import asked_range
from server_sync.http.services import Services, services_of, visitor_of
from server_sync.http.shapes import speaks
from server_sync.sync.attachments import Standing, Whole

router = APIRouter(prefix="/sync/attachments", default_response_class=Response)

T = TypeVar("T")
TUS = "1.0.0"
SPOKEN = {"Tus-Resumable": TUS, "Tus-Version": TUS}
PIECE = "application/offset+octet-stream"
PLAIN = "application/octet-stream"
# Whatever a person opens it with: nothing in it runs in the name of this server.
HARMLESS = {"Content-Disposition": "attachment", "Content-Security-Policy": "sandbox; default-src 'none'"}
# What FastAPI would add for a parameter of the function is an answer of its own shape.
DESCRIBED = {
    **speaks(media=MSGPACK),
    "parameters": [{"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}],
}
PIECE_BODY = {"required": True, "content": {PIECE: {"schema": {"type": "string", "format": "binary"}}}}
_NAME = re.compile(r"[0-9a-f]{32}")
_NUMBER = re.compile(r"[0-9]{1,15}")


@router.options("/{name}", status_code=204, openapi_extra=DESCRIBED)
async def spoken(request: Request) -> Response:
    """The version of tus that is spoken here."""
    return Response(status_code=204, headers=SPOKEN)


@router.head("/{name}", openapi_extra=DESCRIBED)
async def standing(request: Request) -> Response:
    """How far the file has come."""
    services = services_of(request)
    visitor = await visitor_of(request)
    _check_version(request)
    found = await _in_thread(
        services, services.attachments.standing, visitor.actor, visitor.device_id, _id(request)
    )
    return Response(status_code=200, headers=_headers(found))


@router.patch("/{name}", status_code=204, openapi_extra={**DESCRIBED, "requestBody": PIECE_BODY})
async def take(request: Request) -> Response:
    """The next piece of the file; the last one makes it complete when length, type and SHA-256 are as announced."""
    services = services_of(request)
    visitor = await visitor_of(request)
    _check_version(request)
    if request.headers.get("content-type") != PIECE or "content-encoding" in request.headers:
        raise HTTPException(415, "content-type")
    attachment_id, offset = _id(request), _number(request.headers.get("upload-offset", ""))
    piece, trouble = await _piece(request)
    if trouble is not None and not piece:
        raise trouble
    taking = partial(
        services.attachments.take,
        visitor.actor,
        visitor.device_id,
        attachment_id,
        offset,
        piece,
        services.clock.now(),
    )
    found = await _in_thread(services, taking)
    if trouble is not None:
        raise trouble
    return Response(status_code=204, headers=_headers(found))


@router.get("/{name}", openapi_extra=DESCRIBED)
async def fetch(request: Request) -> StreamingResponse:
    """The complete file, or the one range that is asked for."""
    services = services_of(request)
    visitor = await visitor_of(request)
    whole = await _in_thread(
        services, services.attachments.whole, visitor.actor, visitor.device_id, _id(request)
    )
    asked = request.headers.get("range")
    first, last = (0, whole.size - 1) if asked is None else asked_range(asked, whole.size)
    headers = {
        **HARMLESS,
        "Accept-Ranges": "bytes",
        "Content-Length": str(last - first + 1),
        "ETag": f'"{whole.sha256}"',
    }
    if asked is not None:
        headers["Content-Range"] = f"bytes {first}-{last}/{whole.size}"
    status = 200 if asked is None else 206
    return StreamingResponse(_pieces(services, whole, first, last), status, headers, PLAIN)


async def _piece(request: Request) -> tuple[bytes, Exception | None]:
    """What arrives of a piece, and what ended it early: a bad line gets on by as much as it carried."""
    body = bytearray()
    try:
        async with asyncio.timeout(limits.BODY_SECONDS):
            async for some in request.stream():
                body += some
                if len(body) > limits.PIECE_BYTES:
                    raise KnownError(ErrorKind.TOO_LARGE, most=limits.PIECE_BYTES)
    except TimeoutError:
        return bytes(body), KnownError(ErrorKind.MALFORMED, what="body too slow")
    except ClientDisconnect as gone:
        return bytes(body), gone
    return bytes(body), None


async def _pieces(services: Services, whole: Whole, first: int, last: int) -> AsyncIterator[bytes]:
    """The file piece by piece; it is open only while a piece is read, so that slow readers hold no place."""
    while first <= last:
        most = min(limits.READ_BYTES, last - first + 1)
        piece = await _in_thread(services, services.attachments.read, whole, first, most)
        if not piece:
            return
        first += len(piece)
        yield piece


async def _in_thread(services: Services, work: Callable[..., T], *arguments: object) -> T:
    return await anyio.to_thread.run_sync(partial(work, *arguments), limiter=services.transfers)


def _headers(found: Standing) -> dict[str, str]:
    return {
        **SPOKEN,
        "Upload-Offset": str(found.offset),
        "Upload-Length": str(found.size),
        "Upload-Complete": "?1" if found.complete else "?0",
    }


def _check_version(request: Request) -> None:
    if request.headers.get("tus-resumable") != TUS:
        raise HTTPException(412, "tus-resumable", headers=SPOKEN)


def _id(request: Request) -> bytes:
    name = request.path_params["name"]
    if not _NAME.fullmatch(name):
        raise KnownError(ErrorKind.NOT_FOUND, table="attachment")
    return bytes.fromhex(name)


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise KnownError(ErrorKind.MALFORMED, what="upload-offset")
    return int(text)
