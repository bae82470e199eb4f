"""The open live streams of this process: one a device, not too many, and none that outlives the server or its right."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from fastapi.concurrency import run_in_threadpool

from server_sync.accounts.gate import Visitor
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.http import limits
from server_sync.sync.live import Waiter

logger = logging.getLogger(__name__)

END = frozenset({""})
"""Told to a waiter as if a partition had moved: no partition has this name, so its stream knows it is to end."""


@dataclass(frozen=True)
class Stream:
    """One device's stream: who hears it, by which token, and where it waits."""

    visitor: Visitor
    token: str
    waiter: Waiter


class Streams:
    """Streams by device; on the event loop's thread alone."""

    def __init__(self, most: int = limits.LIVE_STREAMS) -> None:
        self._most = most
        self._streams: dict[bytes, Stream] = {}

    def check_room(self, device_id: bytes) -> None:
        """Raises KnownError SERVER_BUSY {seconds} when there is no room for another device."""
        if device_id not in self._streams and len(self._streams) >= self._most:
            raise KnownError(ErrorKind.SERVER_BUSY, seconds=limits.RETRY_AFTER_SECONDS)

    @contextmanager
    def open(self, stream: Stream) -> Iterator[None]:
        """Keep a stream while the block runs; an earlier one of the device ends."""
        device_id = stream.visitor.device_id
        earlier = self._streams.get(device_id)
        if earlier is not None:
            earlier.waiter.note(END)
        self._streams[device_id] = stream
        try:
            yield
        finally:
            if self._streams.get(device_id) is stream:
                del self._streams[device_id]

    def close(self) -> None:
        """End all of them."""
        for stream in self._streams.values():
            stream.waiter.note(END)

    async def watch(self, company: Waiter, lapsed: Callable[[list[Stream]], Iterable[Stream]]) -> None:
        """End the streams that have `lapsed` (on a thread), asked for all of them at once: soon after `company`, who is
        where, has moved, and every so often. A stream by itself would ask at each hint, a thousand times at some."""
        while True:
            await next_hint(company, limits.RIGHTS_SECONDS)
            try:
                ended = await run_in_threadpool(lapsed, list(self._streams.values()))
            except Exception:  # the database is away for a moment, say: it is asked again
                logger.exception("rights to listen were not looked up")
                continue
            for stream in ended:
                stream.waiter.note(END)


async def next_hint(waiter: Waiter, seconds: float) -> frozenset[str]:
    """The next hint, or nothing when none comes in time."""
    try:
        async with asyncio.timeout(seconds):
            return await waiter.hint()
    except TimeoutError:
        return frozenset()
