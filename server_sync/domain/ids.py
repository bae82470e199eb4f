"""The seam for ids and randomness: UUIDv7 made by whoever creates a row (SYNC S1); nothing else may be random."""

import os
import threading
from typing import Protocol

from server_sync.domain.clock import Clock

ID_BYTES = 16


class Ids(Protocol):
    """A source of new ids."""

    def new(self) -> bytes:
        """A new UUIDv7 as 16 bytes, later ones sorting behind earlier ones of the same source."""


class SystemIds:
    """UUIDv7 by RFC 9562: 48 bits of milliseconds, then a counter in `rand_a`, then 62 random bits.

    The counter of 12 bits keeps ids of one millisecond in order (RFC 9562, 6.2, method 1); when it runs over, or the
    clock steps back, the last millisecond is carried on.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0
        self._counter = 0
        self._lock = threading.Lock()

    def new(self) -> bytes:
        now = self._clock.now()
        with self._lock:
            if now > self._last:
                self._last, self._counter = now, 0
            else:
                self._counter += 1
                if self._counter > 0xFFF:
                    self._last, self._counter = self._last + 1, 0
            head = (self._last << 80) | (0x7 << 76) | (self._counter << 64)
        tail = int.from_bytes(os.urandom(8)) & 0x3FFF_FFFF_FFFF_FFFF
        value = head | (0x2 << 62) | tail
        return value.to_bytes(ID_BYTES)


def is_id(value: object) -> bool:
    """Whether a value that came from outside has the shape of an id."""
    return isinstance(value, bytes) and len(value) == ID_BYTES
