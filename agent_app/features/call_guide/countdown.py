"""The countdown of the progressive mode: it dials what was opened as the next, unless somebody stops it; no drawing."""

from collections.abc import Callable

from server_sync.domain.clock import SECOND

PAUSE = 3 * SECOND
"""So long after the last sight of somebody typing."""


class Countdown:
    """`on_moved` hears when it will dial (ms), or None when it no longer will; `on_over` that it is time."""

    def __init__(self, on_moved: Callable[[int | None], object], on_over: Callable[[], object]) -> None:
        self._on_moved = on_moved
        self._on_over = on_over
        self._at: int | None = None

    def begin(self, now: int, length: int) -> None:
        """Dial when `length` (ms) has passed."""
        self._move(now + length)

    def stop(self) -> None:
        """Somebody stopped it, or went on by himself: nothing is dialled."""
        if self._at is not None:
            self._move(None)

    def on_tick(self, now: int, *, typing: bool) -> None:
        """Time passes. While somebody types it waits: nothing rings in the midst of a word."""
        if self._at is None:
            return
        if typing:
            self._move(max(self._at, now + PAUSE))
        elif now >= self._at:
            self._move(None)
            self._on_over()

    def _move(self, at: int | None) -> None:
        self._at = at
        self._on_moved(at)
