"""Work for somebody who may leave before it is done, and that may take too long: it then ends at once instead of going
on for nobody, or for ever."""

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
    """Ends a piece of work from another thread: what it waits for is told by `by`, before or after it was to end.
    `begun` hears, on the work's thread, that it no longer waits for its turn."""

    def __init__(self, begun: Callable[[], object]) -> None:
        self._begun = begun
        self._lock = threading.Lock()
        self._end: Callable[[], None] | None = None
        self._ended = False

    def by(self, end: Callable[[], None]) -> None:
        """How to end what is at work now."""
        self._begun()
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


async def while_there(
    request: Request, work: Callable[[Stop], Result], limiter: CapacityLimiter, seconds: float
) -> Result:
    """What comes of work on a thread; the body has been read. Raises ClientDisconnect if nobody waits any more,
    TimeoutError for work that is not done so many seconds after it began."""
    loop, begun = asyncio.get_running_loop(), asyncio.Event()
    stop = Stop(partial(loop.call_soon_threadsafe, begun.set))
    working = asyncio.ensure_future(anyio.to_thread.run_sync(partial(work, stop), limiter=limiter))
    leaving = asyncio.ensure_future(_gone(request))
    overdue = asyncio.ensure_future(_over(begun, seconds))
    try:
        await asyncio.wait((working, leaving, overdue), return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        while not working.done():  # what is between two statements just then would not notice
            stop.now()
            await asyncio.wait((working,), timeout=AGAIN_SECONDS)
        with suppress(DBAPIError):
            working.result()
        raise ClientDisconnect if leaving.done() else TimeoutError
    finally:
        for waiting in (leaving, overdue):
            waiting.cancel()
            with suppress(asyncio.CancelledError):
                await waiting


async def _over(begun: asyncio.Event, seconds: float) -> None:
    await begun.wait()
    await asyncio.sleep(seconds)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != GONE:
        pass
