"""What is wrapped round every request: an id, a place among those at work, a log line, a calm answer to a bug."""

import asyncio
import logging
import sys
from collections.abc import Callable
from contextlib import suppress

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server_sync.domain.clock import Clock
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import Ids
from server_sync.http import limits
from server_sync.http.errors import SYNC, reply_of

logger = logging.getLogger(__name__)

REQUEST_ID = "X-Request-Id"
BAD_REQUEST = 400
GONE = 499  # as others log a client that left before its answer
LIVE_PATH = "/sync/live"
SIGN_IN_PATH = "/api/v1/sign-in"


class Places:
    """Places for requests of one sort at work."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken = 0

    def take(self) -> Callable[[], None]:
        """A place; call what is returned when it is free again. Raises KnownError SERVER_BUSY {seconds}."""
        if self._taken >= self._most:
            raise KnownError(ErrorKind.SERVER_BUSY, seconds=limits.RETRY_AFTER_SECONDS)
        self._taken += 1
        held = True

        def give_back() -> None:
            nonlocal held
            self._taken -= held
            held = False

        return give_back


class Envelope:
    """ASGI middleware around the whole application, on the event loop's thread."""

    def __init__(
        self, app: ASGIApp, *, clock: Clock, ids: Ids, at_once: int = limits.REQUESTS_AT_ONCE
    ) -> None:
        self._app = app
        self._clock = clock
        self._ids = ids
        self._places = {
            LIVE_PATH: Places(sys.maxsize),  # `streams` counts them
            SIGN_IN_PATH: Places(limits.SIGN_INS_AT_ONCE),
        }
        self._other_places = Places(at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            leave = self._places.get(scope["path"], self._other_places).take()
        except KnownError as busy:
            await reply_of(busy, scope["path"])(scope, receive, send)
            return
        try:
            await self._run(scope, receive, send, leave)
        finally:
            leave()

    async def _run(self, scope: Scope, receive: Receive, send: Send, leave: Callable[[], None]) -> None:
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
                leave()  # the work is done; who is slow to hear of it takes nobody's place
                if status >= BAD_REQUEST:
                    await let_it_finish()
                exchange = scope["method"] == "POST" and scope["path"].startswith(SYNC)
                if status >= BAD_REQUEST or not exchange:
                    _head(MutableHeaders(scope=message), request_id)
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


def _head(headers: MutableHeaders, request_id: str) -> None:
    """What people, browsers and caches ask for. The replies that desks hear all day long go without: they are neither
    looked up nor kept, and these lines would be a third of them."""
    headers[REQUEST_ID] = request_id
    headers.setdefault("Cache-Control", "no-store")
    headers["X-Content-Type-Options"] = "nosniff"
