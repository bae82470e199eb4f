"""Listening for hints that something moved (SYNC L3): a thread that only waits; a lost hint is harmless."""

import threading
from collections.abc import Callable, Iterable

from server_sync.domain.errors import KnownError

FIRST_WAIT = 1.0
LAST_WAIT = 30.0


class LiveListener:
    """Calls `on_hint` from its own thread for every hint; connects again, later and later, while the server is away."""

    def __init__(self, stream: Callable[[], Iterable[bytes]], on_hint: Callable[[], object]) -> None:
        self._stream = stream
        self._on_hint = on_hint
        self._stopped = threading.Event()
        # A daemon: a blocked read must never keep the program from ending.
        self._thread = threading.Thread(target=self._listen, name="live", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Hear nothing more; the thread ends with its next line."""
        self._stopped.set()

    def _listen(self) -> None:
        wait = FIRST_WAIT
        while not self._stopped.is_set():
            try:
                for line in self._stream():
                    if self._stopped.is_set():
                        return
                    wait = FIRST_WAIT
                    if line.startswith(b"data:"):
                        self._on_hint()
            except KnownError:
                pass
            self._stopped.wait(wait)
            wait = min(wait * 2, LAST_WAIT)
