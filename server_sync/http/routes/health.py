"""Whether the server is well: for balancers and watchdogs, without a sign-in."""

import msgspec
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import text

from server_sync.domain.wire.versions import PROTOCOL
from server_sync.http.messages import Health
from server_sync.http.services import services_of
from server_sync.http.shapes import JSON, speaks
from server_sync.store.database import Database

router = APIRouter(default_response_class=Response)


@router.get("/healthz", openapi_extra=speaks(gives=Health))
async def healthz(request: Request) -> Response:
    """The server answers, and its database does, too."""
    await run_in_threadpool(_ask, services_of(request).database)
    return Response(msgspec.json.encode(Health(status="ok", protocol=PROTOCOL)), media_type=JSON)


def _ask(database: Database) -> None:
    with database.read() as connection:
        connection.execute(text("SELECT 1"))
