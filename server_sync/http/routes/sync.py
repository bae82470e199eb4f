"""Push and pull: a desk's messages unpacked, answered by the floor below and packed again, on threads of their own."""

from collections.abc import Callable
from functools import partial

import anyio.to_thread
import msgspec
from anyio import CapacityLimiter
from fastapi import APIRouter, Request, Response

from server_sync.accounts.gate import Visitor
from server_sync.automation import pool
from server_sync.domain.errors import KnownError
from server_sync.domain.wire.codec import decode, encode
from server_sync.domain.wire.dictionary import CODING
from server_sync.domain.wire.messages import (
    CompareReply,
    CompareRequest,
    PullReply,
    PullRequest,
    PushReply,
    PushRequest,
    ReadyReply,
    ReadyRequest,
    RenewReply,
    RenewRequest,
    TakeReply,
    TakeRequest,
)
from server_sync.http import limits
from server_sync.http.bodies import pack, pack_reply, read_body, unpack
from server_sync.http.errors import MSGPACK
from server_sync.http.services import Services, anybody_of, services_of, visitor_of
from server_sync.http.shapes import speaks
from server_sync.sync import clocks
from server_sync.sync import compare as comparing
from server_sync.sync import pull as pulling
from server_sync.sync import push as pushing
from server_sync.sync import renew as renewing
from server_sync.sync.handing_over import hand_over

router = APIRouter(prefix="/sync", default_response_class=Response)

Answer = Callable[[Services, Visitor, bytes], msgspec.Struct]


@router.post("/push", openapi_extra=speaks(PushRequest, PushReply, MSGPACK))
async def push(request: Request) -> Response:
    """Take in a desk's mutations, each once; one result for each of them. Also from a desk that has to be upgraded, or
    that is admitted no more."""
    body_bytes = limits.SYNC_BODY_BYTES, limits.SYNC_UNPACKED_BYTES
    visitor = await anybody_of(request)
    return await _exchange(request, visitor, _push, services_of(request).pushes, *body_bytes)


@router.post("/pull", openapi_extra=speaks(PullRequest, PullReply, MSGPACK))
async def pull(request: Request) -> Response:
    """The next page behind a desk's cursor."""
    body_bytes = limits.PULL_BODY_BYTES, limits.PULL_BODY_BYTES
    return await _exchange(request, await visitor_of(request), _pull, services_of(request).pulls, *body_bytes)


@router.post("/compare", openapi_extra=speaks(CompareRequest, CompareReply, MSGPACK))
async def compare(request: Request) -> Response:
    """The rows of those parts of a partition of which the desk holds others."""
    body_bytes = limits.PULL_BODY_BYTES, limits.PULL_BODY_BYTES
    return await _exchange(
        request, await visitor_of(request), _compare, services_of(request).pulls, *body_bytes
    )


@router.post("/device", openapi_extra=speaks(RenewRequest, RenewReply, MSGPACK))
async def device(request: Request) -> Response:
    """Make a copy of a device a device of its own."""
    body_bytes = limits.PULL_BODY_BYTES, limits.PULL_BODY_BYTES
    return await _exchange(
        request, await visitor_of(request), _renew, services_of(request).pushes, *body_bytes
    )


@router.post("/ready", openapi_extra=speaks(ReadyRequest, ReadyReply, MSGPACK))
async def ready(request: Request) -> Response:
    """A whole partition as one encrypted file, to be fetched from /sync/ready/{name}. The first who asks waits until it
    is made, the others with him."""
    body_bytes = limits.PULL_BODY_BYTES, limits.PULL_BODY_BYTES
    return await _exchange(
        request, await visitor_of(request), _ready, services_of(request).making, *body_bytes
    )


@router.post("/take", openapi_extra=speaks(TakeRequest, TakeReply, MSGPACK))
async def take(request: Request) -> Response:
    """Tasks out of the team's pool become the agent's, by a lease that nobody else has for their customers."""
    body_bytes = limits.PULL_BODY_BYTES, limits.PULL_BODY_BYTES
    return await _exchange(
        request, await visitor_of(request), _take, services_of(request).pushes, *body_bytes
    )


async def _exchange(
    request: Request,
    visitor: Visitor,
    answer: Answer,
    limiter: CapacityLimiter,
    most: int,
    most_unpacked: int,
) -> Response:
    """Who asks comes first: a stranger's body is not even read."""
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
    try:
        reply = answer(services, visitor, plain)
    except KnownError as error:
        name = answer.__name__.strip("_")
        services.forgeries.note(visitor.actor, visitor.device_id, name, error, services.clock.now())
        raise
    return pack_reply(encode(reply), plain) if sent == CODING else pack(encode(reply), accepted)


def _push(services: Services, visitor: Visitor, body: bytes) -> PushReply:
    request, now = decode(body, PushRequest), services.clock.now()
    if visitor.refused is not None:
        return hand_over(services.database, visitor.actor, visitor.device_id, request, visitor.refused, now)
    # Should nothing come of it, the lead sees how much waits there.
    services.gate.waits(visitor.device_id, request.unsent, clocks.skew(request.sent_at, now))
    reply = pushing.push(services.database, visitor.actor, visitor.device_id, request, now)
    services.gate.waits(visitor.device_id, request.unsent - len(reply.results))
    return reply


def _pull(services: Services, visitor: Visitor, body: bytes) -> PullReply:
    request = decode(body, PullRequest)
    with services.database.read() as connection:
        reply = pulling.pull(connection, visitor.actor, visitor.device_id, request, services.clock.now())
    if not reply.more:
        services.gate.holds(visitor.device_id, reply.rows)
    return reply


def _compare(services: Services, visitor: Visitor, body: bytes) -> CompareReply:
    request = decode(body, CompareRequest)
    with services.database.read() as connection:
        return comparing.compare(connection, visitor.actor, visitor.device_id, request, services.clock.now())


def _ready(services: Services, visitor: Visitor, body: bytes) -> ReadyReply:
    return services.ready.answer(visitor.actor, visitor.device_id, decode(body, ReadyRequest))


def _renew(services: Services, visitor: Visitor, body: bytes) -> RenewReply:
    request = decode(body, RenewRequest)
    return renewing.renew(services.database, visitor.actor, visitor.device_id, request, services.clock.now())


def _take(services: Services, visitor: Visitor, body: bytes) -> TakeReply:
    request = decode(body, TakeRequest)
    return pool.take(services.database, visitor.actor, visitor.device_id, request, services.clock.now())
