"""A person's private calendar: its address made and ended by his desk, and read by whatever subscribed to it.

POST   /api/v1/calendar         a new address; an earlier one ends
DELETE /api/v1/calendar         it ends
GET    /calendar/{token}.ics    the calendar, for whoever knows the address; HEAD: whether it is there and another one
"""

import hashlib

import msgspec
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from server_sync.accounts import calendar_tokens
from server_sync.channels.calendar_feed import feed
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.http.messages import CalendarAddress
from server_sync.http.services import Services, services_of, visitor_of
from server_sync.http.shapes import JSON, speaks

router = APIRouter(default_response_class=Response)

_READ = {
    **speaks(),
    "parameters": [{"name": "file", "in": "path", "required": True, "schema": {"type": "string"}}],
}
SUFFIX = ".ics"


@router.post("/api/v1/calendar", openapi_extra=speaks(gives=CalendarAddress))
async def make(request: Request) -> Response:
    """A new private address of one's own calendar, shown this once; an earlier one ends."""
    visitor = await visitor_of(request)
    token = await run_in_threadpool(_issue, services_of(request), visitor.person_id)
    address = CalendarAddress(path=f"/calendar/{token}{SUFFIX}")
    return Response(msgspec.json.encode(address), media_type=JSON)


@router.delete("/api/v1/calendar", status_code=204)
async def end(request: Request) -> Response:
    """The address of one's own calendar ends; without one nothing happens."""
    visitor = await visitor_of(request)
    await run_in_threadpool(_revoke, services_of(request), visitor.person_id)
    return Response(status_code=204)


@router.head("/calendar/{file}", openapi_extra=_READ)
@router.get("/calendar/{file}", openapi_extra=_READ)
async def read(request: Request) -> Response:
    """The calendar. NOT_FOUND for an address that has ended or never was."""
    name: str = request.path_params["file"]
    content = await run_in_threadpool(_read, services_of(request), name.removesuffix(SUFFIX))
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    if tag in request.headers.get("if-none-match", ""):  # in a list, or as a proxy weakened it
        return Response(status_code=304, headers={"ETag": tag})
    return Response(content, headers={"ETag": tag}, media_type="text/calendar; charset=utf-8")


def _issue(services: Services, person_id: bytes) -> str:
    with services.database.write(services.clock.now()) as tx:
        return calendar_tokens.issue(tx, person_id)


def _revoke(services: Services, person_id: bytes) -> None:
    with services.database.write(services.clock.now()) as tx:
        calendar_tokens.revoke(tx, person_id)


def _read(services: Services, token: str) -> bytes:
    with services.database.read() as connection:
        person_id = calendar_tokens.person_of(connection, token)
        if person_id is None:
            raise KnownError(ErrorKind.NOT_FOUND, table="calendar")
        return feed(connection, person_id, services.clock.now())
