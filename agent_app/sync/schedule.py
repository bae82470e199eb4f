"""When the next round is due, and when the live stream is tried again: later and later while the server is away, and no
two desks of a company at once."""

from server_sync.domain.clock import SECOND
from server_sync.domain.errors import KnownError

POLL = 45 * SECOND
FIRST_RETRY = 2 * SECOND
LAST_RETRY = 60 * SECOND
LONGEST_ASKED = 3_600
SPREAD = 0.3

FIRST_LISTEN = 5 * SECOND
LAST_LISTEN = 30 * SECOND
LISTEN_SPREAD = 0.8
"""Wide: a server that is started again loses every stream in one moment, and each that comes back brings a pull."""


def asked_wait(error: KnownError) -> int:
    """For how long, ms, an answer asks to be left alone (`seconds`, as with SERVER_BUSY), an hour at most."""
    seconds = error.values.get("seconds")
    return min(seconds, LONGEST_ASKED) * SECOND if isinstance(seconds, int) and seconds > 0 else 0


class Waits:
    """Waits in ms that double from `first` to `last`, times 1 ± `spread` by the place of this desk among all, 0…1."""

    def __init__(self, first: int, last: int, spread: float, place: float) -> None:
        self._first = first
        self._last = last
        self._factor = 1 + spread * (2 * place - 1)
        self._place = place
        self._failures = 0

    def begin_anew(self) -> None:
        """It went well: the next wait is the first."""
        self._failures = 0

    def after_failure(self, asked: int = 0) -> int:
        """The next wait. `asked`: the least that the server asked for; after it the desks come spread over as long."""
        wait = min(self._first << min(self._failures, 16), self._last)
        self._failures += 1
        return max(round(wait * self._factor), round(asked * (1 + self._place)))

    @property
    def failing(self) -> bool:
        """Whether it has not gone well since it last failed."""
        return self._failures > 0


class Schedule:
    """Moments in ms. `spread(0…1)` differs from desk to desk, so that a thousand desks do not knock at
    once (SYNC L3)."""

    def __init__(self, spread: float) -> None:
        self._poll = round(POLL * (1 + SPREAD * (2 * spread - 1)))
        self._retries = Waits(FIRST_RETRY, LAST_RETRY, SPREAD, spread)
        self._not_before = 0
        self._told = 0
        self.due_at = 0

    def due(self, now: int) -> bool:
        """Whether it is time; to be asked about once a second. A clock that was set back makes no wait longer."""
        back = max(self._told - now, 0)
        self._told = now
        self.due_at -= back
        self._not_before -= back
        return now >= self.due_at

    def wish(self, now: int) -> None:
        """A local edit: at once, unless the server is away; then no sooner than the retry."""
        if not self._retries.failing:
            self.due_at = max(now, self._not_before)

    def succeeded(self, now: int) -> None:
        """A round is complete."""
        self._retries.begin_anew()
        self.due_at = now + self._poll

    def failed(self, now: int, asked: int = 0) -> None:
        """A round came to nothing. `asked`: for so long the server wants to be left alone; no hint shortens that."""
        self.due_at = now + self._retries.after_failure(asked)
        self._not_before = self.due_at if asked else 0

    def forgive(self, now: int) -> None:
        """The server spoke up, or a person asks for it: the wait is over."""
        self._retries.begin_anew()
        self.due_at = max(now, self._not_before)
