"""KnownErrors as replies: the status that fits each kind, msgpack for desks on /sync and JSON elsewhere; no words."""

import logging

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire.codec import encode
from server_sync.domain.wire.messages import Problem
from server_sync.http import limits
from server_sync.store.outages import is_outage

logger = logging.getLogger(__name__)

MSGPACK = "application/msgpack"
SYNC = "/sync/"

# Every other kind is a request that cannot be followed: 400.
STATUS = {
    ErrorKind.BAD_CREDENTIALS: 401,
    ErrorKind.TOKEN_INVALID: 401,
    ErrorKind.ACCOUNT_DISABLED: 403,
    ErrorKind.DEVICE_REVOKED: 403,
    ErrorKind.NOT_PERMITTED: 403,
    ErrorKind.NOT_FOUND: 404,
    ErrorKind.ALREADY_EXISTS: 409,
    ErrorKind.DEVICE_CLONED: 409,
    ErrorKind.SERVER_RESTORED: 409,
    ErrorKind.CURSOR_TOO_OLD: 409,
    ErrorKind.OFFSET_WRONG: 409,
    ErrorKind.TOO_LARGE: 413,
    ErrorKind.FILE_TYPE_REFUSED: 415,
    ErrorKind.UPGRADE_NEEDED: 426,
    ErrorKind.TOO_MANY_TRIES: 429,
    ErrorKind.FILE_DAMAGED: 460,  # tus: checksum mismatch
    ErrorKind.SERVER_FAILED: 500,
    ErrorKind.SERVER_BUSY: 503,
}


def reply_of(error: KnownError, path: str) -> Response:
    """The reply that carries an error to who asked on `path`."""
    status = STATUS.get(error.kind, 400)
    headers = {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if status in (429, 503):
        headers["Retry-After"] = str(error.values.get("seconds", limits.RETRY_AFTER_SECONDS))
    if path.startswith(SYNC):
        body = encode(Problem(kind=error.kind.value, values=error.values))
        return Response(body, status, headers, MSGPACK)
    return JSONResponse({"kind": error.kind.value, "values": error.values}, status, headers)


def expected(error: Exception, path: str) -> Response | None:
    """The reply to who asked on `path`, if this is a KnownError or the database is away. That is told apart from a
    failure of ours: a desk gives a mutation up that the server failed at too often."""
    if isinstance(error, KnownError):
        return reply_of(error, path)
    if isinstance(error, SQLAlchemyError) and is_outage(error):
        logger.warning("the database is away", extra={"error": type(error).__name__})
        return reply_of(KnownError(ErrorKind.SERVER_BUSY, seconds=limits.RETRY_AFTER_SECONDS), path)
    return None


def install(app: FastAPI) -> None:
    """Let every route raise KnownErrors, and give the framework's own refusals the same shape."""

    @app.exception_handler(KnownError)
    @app.exception_handler(SQLAlchemyError)
    async def known(request: Request, error: Exception) -> Response:
        reply = expected(error, request.url.path)
        if reply is None:
            raise error
        return reply

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        # where it is wrong and why, never the value: it may be a password
        where = [".".join(str(step) for step in found["loc"]) for found in error.errors()]
        what = error.errors()[0]["type"] if where else "body"
        return reply_of(KnownError(ErrorKind.MALFORMED, what=what, fields=where), request.url.path)

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        kind = ErrorKind.NOT_FOUND if error.status_code == 404 else ErrorKind.MALFORMED
        reply = reply_of(KnownError(kind, what=error.detail), request.url.path)
        reply.status_code = error.status_code
        reply.headers.update(error.headers or {})
        return reply
