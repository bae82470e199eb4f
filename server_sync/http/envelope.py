"""What is wrapped round every request: an id, a place among those at work, a log line, a calm answer to a bug."""

import asyncio
import logging
from contextlib import suppress

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server_sync.domain.clock import Clock
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import Ids
from server_sync.http import limits
from server_sync.http.errors import reply_of

logger = logging.getLogger(__name__)

REQUEST_ID = "X-Request-Id"
BAD_REQUEST = 400
GONE = 499  # as others log a client that left before its answer
LIVE_PATH = "/sync/live"


class Envelope:
    """ASGI middleware around the whole application, on the event loop's thread."""

    def __init__(
        self, app: ASGIApp, *, clock: Clock, ids: Ids, at_once: int = limits.REQUESTS_AT_ONCE
    ) -> None:
        self._app = app
        self._clock = clock
        self._ids = ids
        self._at_once = at_once
        self._at_work = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        counted = scope["path"] != LIVE_PATH
        if counted and self._at_work >= self._at_once:
            busy = KnownError(ErrorKind.SERVER_BUSY, seconds=limits.RETRY_AFTER_SECONDS)
            await reply_of(busy, scope["path"])(scope, receive, send)
            return
        self._at_work += counted
        try:
            await self._run(scope, receive, send)
        finally:
            self._at_work -= counted

    async def _run(self, scope: Scope, receive: Receive, send: Send) -> None:
        request_id = self._ids.new().hex()
        started = self._clock.monotonic()
        status = 0
        received = sent = 0
        more_to_come = True

        async def count() -> Message:
            nonlocal received, more_to_come
            message = await receive()
            received += len(message.get("body", b""))
            more_to_come = message["type"] == "http.request" and message.get("more_body", False)
            return message

        async def let_it_finish() -> None:
            """Who is refused while he still sends would find a broken line instead of the answer: hear him out."""
            with suppress(TimeoutError):
                async with asyncio.timeout(limits.REFUSED_SECONDS):
                    while more_to_come and received < limits.REFUSED_BYTES:
                        await count()

        async def note(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
                if status >= BAD_REQUEST:
                    await let_it_finish()
                headers = MutableHeaders(scope=message)
                headers[REQUEST_ID] = request_id
                headers.setdefault("Cache-Control", "no-store")
                headers["X-Content-Type-Options"] = "nosniff"
            elif message["type"] == "http.response.body":
                sent += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, count, note)
        except ClientDisconnect:
            status = status or GONE
        except Exception:  # a bug: whatever it is, the next request is served
            logger.exception("a request failed", extra={"request": request_id})
            if not status:
                reply = reply_of(KnownError(ErrorKind.SERVER_FAILED, request=request_id), scope["path"])
                await reply(scope, receive, note)
        finally:
            about = {
                "request": request_id,
                "method": scope["method"],
                "route": getattr(scope.get("route"), "path", None),
                "status": status,
                "ms": round((self._clock.monotonic() - started) * 1000, 1),
                "received": received,
                "sent": sent,
            }
            logger.info("request", extra=about)
