"""Ends of a program between two steps: who is killed at which of the named moments. What follows is others' part."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from server_sync.domain import crash

SERVER = "server"


class Killed(BaseException):
    """The program ends here and now. Not an Exception: nothing in the program may go on after it."""

    def __init__(self, moment: str) -> None:
        super().__init__(moment)
        self.moment = moment


class Moments:
    """Listens to the named moments while a schedule runs."""

    def __init__(self) -> None:
        self.passed: Counter[str] = Counter()
        self._armed: dict[str, int] = {}
        self.acting = ""
        """Who runs at present: SERVER or a desk's name."""

    def arm(self, who: str, after: int) -> None:
        """Let `who` be killed at the moment that comes after so many others of his."""
        self._armed[who] = after

    def disarm(self) -> None:
        """Nobody is killed any more."""
        self._armed.clear()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear the moments of this process while the block runs."""
        crash.hook = self._pass
        try:
            yield
        finally:
            crash.hook = None

    @contextmanager
    def runs(self, who: str) -> Iterator[None]:
        """Who runs while the block does."""
        before, self.acting = self.acting, who
        try:
            yield
        finally:
            self.acting = before

    def _pass(self, moment: str) -> None:
        self.passed[moment] += 1
        who = SERVER if moment.startswith("server.") else self.acting
        left = self._armed.get(who)
        if left is None:
            return
        if left > 0:
            self._armed[who] = left - 1
            return
        del self._armed[who]
        raise Killed(moment)
