"""How often a sign-in may be tried: after some failures of a login from one address each one costs more time."""

import hashlib
import threading
from dataclasses import dataclass

from server_sync.domain.clock import MINUTE, SECOND, Clock
from server_sync.domain.errors import ErrorKind, KnownError

FREE_FAILURES = 5
FIRST_WAIT = 30 * SECOND
LONGEST_WAIT = 15 * MINUTE
FORGET_AFTER = 60 * MINUTE
MOST_KEPT = 50_000


@dataclass
class _Tries:
    failures: int
    last_at: int


class Throttle:
    """In the process's memory: a hostile address costs no write, and a restart forgives. Any thread may use it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tries: dict[bytes, _Tries] = {}
        self._lock = threading.Lock()

    def enter(self, login: str, address: str) -> None:
        """A try begins. It counts as wrong until `succeeded`, so that many at once are no way round.

        `login` as logins are compared. Raises KnownError TOO_MANY_TRIES {seconds} while a wait lasts; then nothing is
        checked, right or wrong, and nothing counted.
        """
        now = self._clock.now()
        with self._lock:
            if len(self._tries) >= MOST_KEPT:
                self._forget(now)
            tries = self._tries.setdefault(_key(login, address), _Tries(0, now))
            left = tries.last_at + wait_after(tries.failures) - now
            if left <= 0:
                tries.failures = tries.failures + 1 if now - tries.last_at < FORGET_AFTER else 1
                tries.last_at = now
        if left > 0:
            raise KnownError(ErrorKind.TOO_MANY_TRIES, seconds=-(-left // SECOND))

    def succeeded(self, login: str, address: str) -> None:
        """A try was right: the count starts anew."""
        with self._lock:
            self._tries.pop(_key(login, address), None)

    def _forget(self, now: int) -> None:
        """Drop what is over; if that is not half of all, the oldest half."""
        kept = sorted(
            ((key, tries) for key, tries in self._tries.items() if now - tries.last_at < FORGET_AFTER),
            key=lambda pair: pair[1].last_at,
        )
        self._tries = dict(kept[-MOST_KEPT // 2 :])


def wait_after(failures: int) -> int:
    """How long the next try has to wait, ms: 30 s after the fifth failure, twice as long after each further one."""
    if failures < FREE_FAILURES:
        return 0
    return min(FIRST_WAIT << min(failures - FREE_FAILURES, 16), LONGEST_WAIT)


def _key(login: str, address: str) -> bytes:
    return hashlib.blake2b(f"{login}\0{address}".encode(errors="replace"), digest_size=16).digest()
