"""Many tasks on their way to other people: some hundred at a time, so that the screen stays quick and one can stop."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent_app.actions.desk import Desk
from agent_app.actions.session import DeskSession
from agent_app.actions.tasks import Move, reassign_some
from agent_app.store.changes import StoreChanges
from server_sync.domain.errors import KnownError

AT_ONCE = 200
"""A tenth of a second of writing."""

Against = tuple[Move, KnownError]


@dataclass(frozen=True)
class Moved:
    """What came of it: those that went, those that something stood against, and those that one stopped before or that
    the desk's own failing (`error`) left where they were."""

    done: Sequence[Move]
    refused: Sequence[Against]
    left: int
    error: KnownError | None = None


class Moving:
    """`tell` hears how many have been dealt with, `finished` what came of all."""

    def __init__(
        self,
        session: DeskSession,
        moves: Sequence[Move],
        tell: Callable[[int], object],
        finished: Callable[[Moved], object],
    ) -> None:
        self._session = session
        self._moves = moves
        self._tell = tell
        self._finished = finished
        self._refused: list[Against] = []
        self._done: list[Move] = []
        self._place = 0
        self._stopped = False

    def start(self) -> None:
        """Begin."""
        self._go_on()

    def stop(self) -> None:
        """What is not on its way yet stays where it is."""
        self._stopped = True

    def _go_on(self) -> None:
        some = self._moves[self._place : self._place + AT_ONCE]
        if self._stopped or not some:
            self._end()
            return

        def move(desk: Desk) -> StoreChanges:
            changes, refused = reassign_some(desk, some)
            self._refused += refused
            return changes

        self._session.act(move, lambda _: self._next(some), self._failed)

    def _next(self, some: Sequence[Move]) -> None:
        against = {move for move, _ in self._refused}
        self._done += [move for move in some if move not in against]
        self._place += len(some)
        self._tell(self._place)
        self._go_on()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._end(error)

    def _end(self, error: KnownError | None = None) -> None:
        self._finished(Moved(self._done, self._refused, len(self._moves) - self._place, error))
