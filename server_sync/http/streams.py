"""The open live streams of this process: one a device, not too many, and none that outlives the server."""

from collections.abc import Iterator
from contextlib import contextmanager

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.http import limits
from server_sync.sync.live import Waiter

END = frozenset({""})
"""Told to a waiter as if a partition had moved: no partition has this name, so its stream knows it is to end."""


class Streams:
    """Waiters by device; on the event loop's thread alone."""

    def __init__(self, most: int = limits.LIVE_STREAMS) -> None:
        self._most = most
        self._waiters: dict[bytes, Waiter] = {}

    def check_room(self, device_id: bytes) -> None:
        """Raises KnownError SERVER_BUSY {seconds} when there is no room for another device."""
        if device_id not in self._waiters and len(self._waiters) >= self._most:
            raise KnownError(ErrorKind.SERVER_BUSY, seconds=limits.RETRY_AFTER_SECONDS)

    @contextmanager
    def open(self, device_id: bytes, waiter: Waiter) -> Iterator[None]:
        """Keep a device's stream while the block runs; an earlier one of the device ends."""
        earlier = self._waiters.get(device_id)
        if earlier is not None:
            earlier.tell(END)
        self._waiters[device_id] = waiter
        try:
            yield
        finally:
            if self._waiters.get(device_id) is waiter:
                del self._waiters[device_id]

    def close(self) -> None:
        """End all of them."""
        for waiter in self._waiters.values():
            waiter.tell(END)
