"""What the routes work with, made once per process and found again from any request."""

from dataclasses import dataclass
from typing import cast

from anyio import CapacityLimiter
from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from server_sync.accounts.gate import Gate, Visitor
from server_sync.accounts.sign_in import SignIn
from server_sync.domain.clock import Clock
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import Ids
from server_sync.http.streams import Streams
from server_sync.store.database import Database
from server_sync.sync.attachments import Attachments
from server_sync.sync.forgeries import Forgeries
from server_sync.sync.live import Hub
from server_sync.sync.ready import ReadyFiles

SCHEME = "bearer"


@dataclass(frozen=True)
class Services:
    """`pushes` and `pulls` bound the threads that wait for the one writer and the one reader, `sign_ins` those that
    check passwords, `transfers` those at the disk for attachments and ready files, `making` those that wait for a ready
    file to be made, `checks` those that wait for a form to be checked, `previews` those that count whom a plan picks,
    so that a queue at one holds up neither the others nor anything else."""

    database: Database
    clock: Clock
    gate: Gate
    sign_in: SignIn
    hub: Hub
    forgeries: Forgeries
    streams: Streams
    pushes: CapacityLimiter
    pulls: CapacityLimiter
    sign_ins: CapacityLimiter
    attachments: Attachments
    transfers: CapacityLimiter
    ready: ReadyFiles
    making: CapacityLimiter
    checks: CapacityLimiter
    previews: CapacityLimiter
    ids: Ids


def services_of(request: Request) -> Services:
    """The process's services."""
    return cast(Services, request.app.state.services)


def token_of(request: Request) -> str:
    """The token that a request bears. Raises KnownError TOKEN_INVALID when there is none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != SCHEME or not token.strip():
        raise KnownError(ErrorKind.TOKEN_INVALID)
    return token.strip()


async def visitor_of(request: Request) -> Visitor:
    """Who asks. Raises KnownError TOKEN_INVALID, ACCOUNT_DISABLED or DEVICE_REVOKED; to be called before a body is
    read."""
    gate, token = services_of(request).gate, token_of(request)
    known = gate.remembered(token)
    return await run_in_threadpool(gate.visitor, token) if known is None else known


async def anybody_of(request: Request) -> Visitor:
    """Who asks, also one who may only hand over what he has done (SYNC E4). Raises KnownError TOKEN_INVALID."""
    gate, token = services_of(request).gate, token_of(request)
    known = gate.remembered(token)
    return await run_in_threadpool(gate.anybody, token) if known is None else known
