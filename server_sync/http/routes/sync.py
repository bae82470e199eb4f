"""Push and pull: a desk's messages unpacked, answered by the floor below and packed again, on threads of their own."""

from collections.abc import Callable
from functools import partial

import anyio.to_thread
import msgspec
from anyio import CapacityLimiter
from fastapi import APIRouter, Request, Response

from server_sync.accounts.gate import Visitor
from server_sync.domain.wire.codec import decode, encode
from server_sync.domain.wire.messages import PullReply, PullRequest, PushReply, PushRequest
from server_sync.http import limits
from server_sync.http.bodies import pack, read_body, unpack
from server_sync.http.errors import MSGPACK
from server_sync.http.services import Services, services_of, visitor_of
from server_sync.http.shapes import speaks
from server_sync.sync import pull as pulling
from server_sync.sync import push as pushing

router = APIRouter(prefix="/sync", default_response_class=Response)

Answer = Callable[[Services, Visitor, bytes], msgspec.Struct]


@router.post("/push", openapi_extra=speaks(PushRequest, PushReply, MSGPACK))
async def push(request: Request) -> Response:
    """Take in a desk's mutations, each once; one result for each of them. Also from a desk that has to be upgraded."""
    body_bytes = limits.SYNC_BODY_BYTES, limits.SYNC_UNPACKED_BYTES
    return await _exchange(request, _push, services_of(request).pushes, *body_bytes)


@router.post("/pull", openapi_extra=speaks(PullRequest, PullReply, MSGPACK))
async def pull(request: Request) -> Response:
    """The next page behind a desk's cursor."""
    body_bytes = limits.PULL_BODY_BYTES, limits.PULL_BODY_BYTES
    return await _exchange(request, _pull, services_of(request).pulls, *body_bytes)


async def _exchange(
    request: Request, answer: Answer, limiter: CapacityLimiter, most: int, most_unpacked: int
) -> Response:
    """Who asks comes first: a stranger's body is not even read."""
    visitor = await visitor_of(request)
    body = await read_body(request, most)
    sent, accepted = request.headers.get("content-encoding", ""), request.headers.get("accept-encoding", "")
    work = partial(_answer, services_of(request), visitor, answer, body, sent, accepted, most_unpacked)
    packed, encoding = await anyio.to_thread.run_sync(work, limiter=limiter)
    headers = {"Content-Encoding": encoding} if encoding else None
    return Response(packed, media_type=MSGPACK, headers=headers)


def _answer(
    services: Services, visitor: Visitor, answer: Answer, body: bytes, sent: str, accepted: str, most: int
) -> tuple[bytes, str]:
    plain = unpack(body, sent, most)
    return pack(encode(answer(services, visitor, plain)), accepted)


def _push(services: Services, visitor: Visitor, body: bytes) -> PushReply:
    request = decode(body, PushRequest)
    return pushing.push(services.database, visitor.actor, visitor.device_id, request, services.clock.now())


def _pull(services: Services, visitor: Visitor, body: bytes) -> PullReply:
    request = decode(body, PullRequest)
    with services.database.read() as connection:
        return pulling.pull(connection, visitor.actor, visitor.device_id, request, services.clock.now())
