"""Listening for hints that something moved (SYNC L3): a thread that only waits; a lost hint is harmless."""

import threading
from collections.abc import Callable, Iterable

from agent_app.sync.schedule import FIRST_LISTEN, LAST_LISTEN, LISTEN_SPREAD, Waits, asked_wait
from server_sync.domain.clock import SECOND
from server_sync.domain.errors import KnownError


class LiveListener:
    """Calls `on_hint` from its own thread for every hint; connects again, later and later, while the server is away.

    `spread(0…1)` differs from desk to desk: a server that comes back is not run down by all of them at once.
    """

    def __init__(
        self, stream: Callable[[], Iterable[bytes]], on_hint: Callable[[], object], spread: float
    ) -> None:
        self._stream = stream
        self._on_hint = on_hint
        self._waits = Waits(FIRST_LISTEN, LAST_LISTEN, LISTEN_SPREAD, spread)
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
        while not self._stopped.is_set():
            asked = 0
            try:
                for line in self._stream():
                    if self._stopped.is_set():
                        return
                    self._waits.begin_anew()
                    if line.startswith(b"data:"):
                        self._on_hint()
            except KnownError as error:
                asked = asked_wait(error)
            self._stopped.wait(self._waits.after_failure(asked) / SECOND)
