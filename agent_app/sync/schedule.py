"""When the next round is due: at once on a wish or a hint, else every so often, later and later while the
server is away."""

from server_sync.domain.clock import SECOND

POLL = 45 * SECOND
FIRST_RETRY = 2 * SECOND
LAST_RETRY = 60 * SECOND
SPREAD = 0.3


class Schedule:
    """Moments in ms. `spread(0…1)` differs from desk to desk, so that a thousand desks do not knock at
    once (SYNC L3)."""

    def __init__(self, spread: float) -> None:
        self._spread = 1 + SPREAD * (2 * spread - 1)
        self._failures = 0
        self.due_at = 0

    def wish(self, now: int) -> None:
        """A local edit or a hint: at once, unless the server is away; then no sooner than the retry."""
        if self._failures == 0:
            self.due_at = now

    def succeeded(self, now: int) -> None:
        """A round is complete."""
        self._failures = 0
        self.due_at = now + round(POLL * self._spread)

    def failed(self, now: int) -> None:
        """A round came to nothing."""
        self._failures += 1
        wait = min(FIRST_RETRY * 2 ** (self._failures - 1), LAST_RETRY)
        self.due_at = now + round(wait * self._spread)

    def forgive(self, now: int) -> None:
        """A person asks for it, or the server spoke up: the wait is over."""
        self._failures = 0
        self.due_at = now
