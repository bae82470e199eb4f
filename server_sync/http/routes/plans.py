"""Plans over HTTP, for administrators: whom one would pick is shown while it is being written; saving is a command.

POST /api/v1/plans/preview   {"plan": a definition as in a plan's file} or {"audience": a condition tree}
"""

import msgspec
from fastapi import APIRouter, Request, Response

from server_sync.automation.preview import audience_preview, preview, weight
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.rules.plans.definition import checked_definition
from server_sync.domain.wire.plans import AskedPreview, PlanPreview
from server_sync.http import limits
from server_sync.http.administrators import administrator_of
from server_sync.http.bodies import read_body, unpack
from server_sync.http.leaving import Stop, while_there
from server_sync.http.services import services_of
from server_sync.http.shapes import JSON, speaks

router = APIRouter(prefix="/api/v1/plans", default_response_class=Response)

LARGEST = 1 << 20


@router.post("/preview", openapi_extra=speaks(takes=AskedPreview, gives=PlanPreview))
async def show(request: Request) -> Response:
    """Whom the plan or the audience would pick as things stand now, and what would become of them; nothing is kept.
    Ends when whoever asked is gone, and with TOO_HEAVY when it takes too long."""
    services = services_of(request)
    await administrator_of(request, "plans")
    asked = await _asked(request)
    now = services.clock.now()

    def work(stop: Stop) -> PlanPreview:
        with services.database.read_aside() as (connection, end):
            stop.by(end)
            try:
                if asked.plan is None:
                    return audience_preview(connection, now, asked.audience)
                return preview(connection, services.ids, now, checked_definition(asked.plan))
            finally:
                stop.done()

    seconds = limits.PREVIEW_SECONDS
    try:
        found = await while_there(request, work, services.previews, seconds)
    except TimeoutError:
        tree = asked.audience if asked.plan is None else asked.plan.get("audience")
        raise KnownError(ErrorKind.TOO_HEAVY, seconds=round(seconds), **weight(tree)) from None
    return Response(msgspec.json.encode(found), media_type=JSON)


async def _asked(request: Request) -> AskedPreview:
    body = unpack(await read_body(request, LARGEST), request.headers.get("content-encoding", ""), LARGEST)
    try:
        asked = msgspec.json.decode(body, type=AskedPreview)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise KnownError(ErrorKind.MALFORMED, what=type(error).__name__) from None
    if (asked.plan is None) == (asked.audience is None):
        raise KnownError(ErrorKind.FIELD_MISSING, field="plan")
    return asked
