"""How far a first sync has come and how long it may still take, from what whoever drives the engine tells."""

from dataclasses import dataclass

from agent_app.sync.ready import ReadyFile
from server_sync.domain.clock import SECOND, Clock
from server_sync.domain.wire.messages import PullReply

STEADY = 2 * SECOND
"""Before that the pace says nothing."""


@dataclass(frozen=True)
class Received:
    """`rows` of `of_rows` that the server has for this desk; `bytes` as they travelled since the program began;
    `remaining` ms, None as long as nobody can say."""

    rows: int = 0
    of_rows: int = 0
    bytes: int = 0
    remaining: int | None = None


NOTHING = Received()


class Progress:
    """Rows count when they have arrived, those of a file by the share of it that has."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._rows = 0
        self._of_rows = 0
        self._of_file = 0
        self._bytes_of_pages = 0
        self._bytes_of_files = 0
        self._began: tuple[int, int] | None = None

    def begin(self) -> None:
        """From here on the pace is taken anew: what was there before says nothing of it."""
        self._began = None

    def page(self, reply: PullReply, received: int) -> None:
        """A page has come; `received`: bytes of all messages so far."""
        behind = sum(commits[-1].seq - reply.cursor.get(name, 0) for name, commits in reply.seen.items())
        self._rows = max(reply.rows - behind, 0)
        self._of_rows = reply.rows
        self._of_file = 0
        self._bytes_of_pages = received
        self._start()

    def fetched(self, file: ReadyFile, length: int, more: int) -> None:
        """So much of a file is there, `more` of it just now."""
        self._of_rows = max(self._of_rows, file.rows)
        self._of_file = file.rows * min(length, file.size) // file.size
        self._bytes_of_files += more
        self._start()

    def received(self) -> Received:
        """As it stands."""
        rows = min(self._rows + self._of_file, self._of_rows)
        size = self._bytes_of_pages + self._bytes_of_files
        return Received(rows, self._of_rows, size, self._remaining(rows))

    def _start(self) -> None:
        if self._began is None:
            self._began = self._clock.now(), self._rows + self._of_file

    def _remaining(self, rows: int) -> int | None:
        if self._began is None:
            return None
        at, before = self._began
        took, done = self._clock.now() - at, rows - before
        return None if took < STEADY or done <= 0 else took * (self._of_rows - rows) // done
