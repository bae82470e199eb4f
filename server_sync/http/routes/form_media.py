"""What stands beside a form's words over HTTP, for every desk that fills it in.

GET /sync/forms/{version}/{name}   a picture, sound or film of a version
"""

import re

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from server_sync.automation.form_list import medium_of
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.http.routes.attachments import HARMLESS, PLAIN
from server_sync.http.services import Services, services_of, visitor_of
from server_sync.http.shapes import speaks

router = APIRouter(prefix="/sync/forms", default_response_class=Response)

_ID = re.compile(r"[0-9a-f]{32}")
_FETCHED = {
    **speaks(),
    "parameters": [
        {"name": one, "in": "path", "required": True, "schema": {"type": "string"}}
        for one in ("version", "name")
    ],
}


@router.get("/{version}/{name}", openapi_extra=_FETCHED)
async def fetch(request: Request) -> Response:
    """The file. NOT_FOUND {table} where the version has none of this name."""
    services = services_of(request)
    await visitor_of(request)
    version, name = request.path_params["version"], request.path_params["name"]
    if not _ID.fullmatch(version):
        raise KnownError(ErrorKind.NOT_FOUND, table="form_version")
    content = await run_in_threadpool(_medium, services, bytes.fromhex(version), name)
    return Response(content, headers=HARMLESS, media_type=PLAIN)


def _medium(services: Services, version_id: bytes, name: str) -> bytes:
    with services.database.read() as connection:
        return medium_of(connection, version_id, name)
