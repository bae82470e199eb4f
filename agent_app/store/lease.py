"""For how long this desk may still work without its server (SYNC E4): counted so that a clock set back does not help.

The server says how long at every pull; what is done when the time is over is for those above.
"""

from dataclasses import asdict, dataclass, replace

from sqlalchemy import Connection

from agent_app.store.desk_state import recall, remember
from server_sync.domain.clock import DAY, MINUTE, Clock

USUAL = 7 * DAY
"""Until a server has said something else."""
NOTED_EVERY = 5 * MINUTE
_KEY = "lease"


@dataclass(frozen=True)
class Lease:
    """Times in ms. The last contact by this machine's clock and by the server's, for how long it is good, and the
    latest time that this machine's clock was ever seen at since."""

    contact_at: int
    server_at: int
    length: int
    latest_at: int

    def used(self, now: int) -> int:
        """How much of it is used up, by whichever way of counting says more.

        A clock that stands before the contact was set back since, so the server's own time counts beside it.
        """
        since = max(now, self.latest_at) - self.contact_at
        return max(since, now - self.server_at) if now < self.contact_at else since

    def server_time(self, now: int) -> int:
        """The server's time, at the latest that this machine can tell: never less than it is, unless this clock was
        set back while the program was closed."""
        return max(now, self.server_at + self.used(now))

    def left(self, now: int) -> int:
        """How much is left, never less than nothing."""
        return max(0, self.length - self.used(now))

    def is_over(self, now: int) -> bool:
        """Whether this desk has to find its server first."""
        return self.used(now) > self.length


def load(connection: Connection) -> Lease | None:
    """The lease, None when there was no contact yet, or an earlier program had it."""
    kept = recall(connection, _KEY)
    return None if kept is None else Lease(**kept)


def is_over(connection: Connection, now: int) -> bool:
    """Whether the time of this desk is over, or has never begun."""
    held = load(connection)
    return held is None or held.is_over(now)


def renew(connection: Connection, now: int, server_now: int, length: int | None) -> None:
    """The server has answered at `now`; `length`: for how long that is good (ms), None when it does not say."""
    known = load(connection)
    granted = length or (known.length if known is not None and known.length else USUAL)
    _keep(connection, Lease(now, server_now, granted, now))


def end(connection: Connection) -> None:
    """The server admits this desk no more: its time is over at once."""
    known = load(connection)
    if known is not None:
        _keep(connection, replace(known, length=0, latest_at=known.latest_at + 1))


class LeaseWatch:
    """Watches the time of an open desk. Its own running counts, too, so that standing clocks gain nothing.

    On the store's thread, in the caller's transaction.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._contact_at: int | None = None
        self._latest_at = 0
        self._looked_at = 0.0

    def look(self, connection: Connection) -> Lease:
        """The lease as it stands now, `latest_at` up to date; kept every few minutes and when it is over."""
        now, running = self._clock.now(), self._clock.monotonic()
        kept = load(connection)
        if kept is None:
            kept = Lease(now, now, USUAL, now)
            _keep(connection, kept)
        if kept.contact_at != self._contact_at:  # heard of since: all counting begins anew
            self._contact_at, self._latest_at = kept.contact_at, kept.latest_at
        else:
            self._latest_at += round((running - self._looked_at) * 1000)
        self._looked_at = running
        self._latest_at = max(self._latest_at, now)
        held = replace(kept, latest_at=self._latest_at)
        if self._latest_at - kept.latest_at >= NOTED_EVERY or held.is_over(now) != kept.is_over(
            kept.latest_at
        ):
            _keep(connection, held)
        return held


def _keep(connection: Connection, lease: Lease) -> None:
    remember(connection, _KEY, asdict(lease))
