"""Signing in and out, and who one is."""

from functools import partial

import anyio.to_thread
import msgspec
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import select

from server_sync.accounts import desks, devices
from server_sync.domain.commands import Row
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import person
from server_sync.domain.wire.versions import PROTOCOL, SCHEMA
from server_sync.http import limits
from server_sync.http.bodies import read_body, unpack
from server_sync.http.messages import Me, Person, SignedIn, SignIn
from server_sync.http.services import Services, anybody_of, services_of, token_of, visitor_of
from server_sync.http.shapes import JSON, speaks
from server_sync.store.database import Database

router = APIRouter(prefix="/api/v1", default_response_class=Response)


@router.post("/sign-in", openapi_extra=speaks(takes=SignIn, gives=SignedIn))
async def sign_in(request: Request) -> Response:
    """A token for a person on a device, by login and password; an earlier token of the device ends."""
    services = services_of(request)
    asked = await _message(request)
    peer = request.client.host if request.client else ""
    device = _device(asked.device)
    check = partial(services.sign_in, asked.login, asked.password, device, asked.device_name, peer, asked.app)
    granted = await anyio.to_thread.run_sync(check, limiter=services.sign_ins)
    return _json(
        SignedIn(
            token=granted.token,
            device=device.hex(),
            person=_person(granted.person),
            server_now=services.clock.now(),
        )
    )


@router.post("/sign-out", status_code=204)
async def sign_out(request: Request) -> Response:
    """End the token that is sent; one that has ended already is no error."""
    await run_in_threadpool(services_of(request).gate.sign_out, token_of(request))
    return Response(status_code=204)


@router.post("/wiped", status_code=204)
async def wiped(request: Request) -> Response:
    """A desk that was told to wipe itself has done so; its token ends."""
    services = services_of(request)
    visitor = await anybody_of(request)
    if not visitor.wipe:
        raise KnownError(ErrorKind.NOT_PERMITTED)
    await run_in_threadpool(_wiped, services, visitor.device_id)
    return Response(status_code=204)


@router.get("/me", openapi_extra=speaks(gives=Me))
async def me(request: Request) -> Response:
    """Who the token stands for, and the numbers that the server speaks."""
    services = services_of(request)
    visitor = await visitor_of(request)
    row = await run_in_threadpool(_row_of, services.database, visitor.person_id)
    return _json(
        Me(
            device=visitor.device_id.hex(),
            person=_person(row),
            protocol=PROTOCOL,
            schema=SCHEMA,
            server_now=services.clock.now(),
        )
    )


async def _message(request: Request) -> SignIn:
    body = await read_body(request, limits.JSON_BODY_BYTES, limits.JSON_BODY_SECONDS)
    plain = unpack(body, request.headers.get("content-encoding", ""), limits.JSON_BODY_BYTES)
    try:
        return msgspec.json.decode(plain, type=SignIn)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        # where it is wrong, never what stands there: it may be a password
        raise KnownError(ErrorKind.MALFORMED, what=type(error).__name__) from None


def _wiped(services: Services, device_id: bytes) -> None:
    with services.database.write(services.clock.now()) as tx:
        desks.wiped(tx, device_id)
        devices.revoke(tx, device_id)


def _device(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise KnownError(ErrorKind.MALFORMED, what="device") from None


def _row_of(database: Database, person_id: bytes) -> Row:
    with database.read() as connection:
        return dict(connection.execute(select(person).where(person.c.id == person_id)).mappings().one())


def _person(row: Row) -> Person:
    team_id: bytes | None = row["team_id"]
    return Person(
        id=row["id"].hex(),
        login=row["login"],
        name=row["name"],
        role=row["role"],
        team_id=None if team_id is None else team_id.hex(),
    )


def _json(message: msgspec.Struct) -> Response:
    return Response(msgspec.json.encode(message), media_type=JSON)
