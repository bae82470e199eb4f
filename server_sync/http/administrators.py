"""Who of those who ask is an administrator; what only he may see is the routes' business."""

from functools import partial

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from server_sync.accounts.gate import Visitor
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import Role
from server_sync.http.services import services_of, visitor_of


async def administrator_of(request: Request, subject: str) -> Visitor:
    """Who asks about a subject, if he is an administrator; to be called before a body is read. Raises KnownError
    NOT_PERMITTED, which is noted."""
    services = services_of(request)
    visitor = await visitor_of(request)
    if visitor.actor.role is not Role.ADMINISTRATOR:
        error = KnownError(ErrorKind.NOT_PERMITTED)
        note = partial(services.forgeries.note, visitor.actor, visitor.device_id, subject, error)
        await run_in_threadpool(note, services.clock.now())
        raise error
    return visitor
