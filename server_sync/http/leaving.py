"""Work for somebody who may leave before it is done: it then ends at once instead of going on for nobody."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import Request
from sqlalchemy.exc import DBAPIError
from starlette.requests import ClientDisconnect

Result = TypeVar("Result")
GONE = "http.disconnect"
AGAIN_SECONDS = 0.1


class Stop:
    """Ends a piece of work from another thread: what it waits for is told by `by`, before or after it was to end."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._end: Callable[[], None] | None = None
        self._ended = False

    def by(self, end: Callable[[], None]) -> None:
        """How to end what is at work now."""
        with self._lock:
            self._end = end
            if self._ended:
                end()

    def done(self) -> None:
        """There is nothing left to end."""
        with self._lock:
            self._end = None

    def now(self) -> None:
        """End it."""
        with self._lock:
            self._ended = True
            if self._end is not None:
                self._end()


async def while_there(request: Request, work: Callable[[Stop], Result], limiter: CapacityLimiter) -> Result:
    """What comes of work on a thread; the body has been read. Raises ClientDisconnect if nobody waits any more."""
    stop = Stop()
    working = asyncio.ensure_future(anyio.to_thread.run_sync(partial(work, stop), limiter=limiter))
    leaving = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        while not working.done():  # what is between two statements just then would not notice
            stop.now()
            await asyncio.wait((working,), timeout=AGAIN_SECONDS)
        with suppress(DBAPIError):
            working.result()
        raise ClientDisconnect
    finally:
        leaving.cancel()
        with suppress(asyncio.CancelledError):
            await leaving


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != GONE:
        pass
