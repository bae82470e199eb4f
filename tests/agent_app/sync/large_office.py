"""A lead whose team is large for these tests: his desk asks for ready files; every step is in the test's hands."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agent_app.ports import Reply as HttpReply
from agent_app.store.desk_state import recall
from agent_app.sync.engine import Engine, Reply, Request
from agent_app.sync.ready import Check, Copy, Fetch
from agent_app.sync.ready_files import FOLDER, ReadyFiles
from server_sync.domain import crash
from server_sync.domain.commands import Actor, AddNote, Insert
from server_sync.domain.errors import KnownError
from server_sync.domain.model import TABLES
from server_sync.domain.wire.codec import decode, encode
from server_sync.domain.wire.messages import ReadyReply, ReadyRequest
from server_sync.store.database import Database
from server_sync.sync.ready import ReadyFiles as ServersFiles
from tests.agent_app.sync.office import HandClock, Seat

LARGE = 20
"""Rows from which a partition is large here."""
CUSTOMERS = 30
PAGE = 8
CANARY = "金丝雀不落盘"
"""What every customer's name begins with."""


class Killed(Exception):
    """The program ends here."""


@dataclass
class FileRoad:
    """`ports.Net` to the files of a server in this process. `cut`: what becomes of a body on the way."""

    files: ServersFiles
    who: Callable[[], tuple[Actor, bytes]]
    cut: Callable[[bytes], bytes] = field(default=bytes)
    asked: list[str] = field(default_factory=list)

    def send(self, method: str, path: str, body: bytes = b"", headers: Any = None) -> HttpReply:
        name = path.rpartition("/")[2]
        self.asked.append(headers["Range"])
        found = re.fullmatch(r"bytes=(\d+)-(\d+)", headers["Range"])
        assert found is not None
        first, last = int(found[1]), int(found[2])
        try:
            size = self.files.size(*self.who(), name)
        except KnownError:
            return HttpReply(404, b"", {})
        piece = self.cut(self.files.read(name, first, last - first + 1))
        return HttpReply(206, piece, {"content-range": f"bytes {first}-{last}/{size}"})


class LargeSeat(Seat):
    """A seat that fetches ready files."""

    def __init__(
        self, folder: Path, server: Database, actor: Actor, clock: HandClock, lane: int, files: ServersFiles
    ) -> None:
        super().__init__(folder, server, actor, clock, lane)
        self.at_server = files
        self.road = FileRoad(files, lambda: (self.actor, self.device))
        self._furnish()

    def _furnish(self) -> None:
        self.engine = Engine(self.device, lambda: self.actor, self.ids, LARGE)
        self.files = ReadyFiles(self.road, self.store)

    def restart(self) -> None:
        """The program begins again; what was on the way is lost."""
        super().restart()
        self._furnish()

    def ask(self) -> Request | None:
        with self.store.read() as connection:
            self.files.tidy(connection)
            return self.engine.next_request(connection, self.clock.now())

    def answer(self, request: Request, page_rows: int = 5_000) -> Reply:
        match request:
            case ReadyRequest():
                asked = decode(encode(request), ReadyRequest)
                return decode(encode(self.at_server.answer(self.actor, self.device, asked)), ReadyReply)
            case Fetch():
                return self.files.fetch(request)
            case Check():
                return self.files.check(request)
            case Copy():
                return self.files.copy(request)
        return super().answer(request, page_rows)

    def until(self, kind: type[Any], page_rows: int = 8) -> Any:
        """Go on until this is to be asked for."""
        self.engine.wake()
        while (request := self.ask()) is not None:
            if isinstance(request, kind):
                return request
            self.take(self.answer(request, page_rows))
        raise AssertionError(f"no {kind.__name__} was asked for")

    def go_on(self, page_rows: int = 8) -> None:
        """To the end, over whatever kills the program on the way; every start wakes it."""
        for _ in range(60):
            try:
                self.sync(page_rows)
                return
            except Killed:
                self.restart()
        raise AssertionError("it never ends")

    def held(self) -> dict[str, list[tuple[object, ...]]]:
        """All that it has of the server, by table."""
        tables = {name: self.rows(f'SELECT * FROM "{name}" ORDER BY id') for name in TABLES}
        return {**tables, "held": self.rows("SELECT * FROM held ORDER BY 1, 2")}

    def left_behind(self) -> list[Path]:
        """The files of the kind that are still in the profile."""
        return list((self.folder / FOLDER).glob("*"))


@contextmanager
def killing(name: str, passing: int) -> Iterator[Callable[[], int]]:
    """The program dies at a named moment when it passes it for the so manieth time; what it yields counts."""
    passed = 0

    def hear(moment: str) -> None:
        nonlocal passed
        if moment == name:
            passed += 1
            if passed == passing:
                raise Killed(name)

    earlier, crash.hook = crash.hook, hear
    try:
        yield lambda: passed
    finally:
        crash.hook = earlier


SitLarge = Callable[[Actor], LargeSeat]
Same = Callable[[LargeSeat], None]


def note(seat: LargeSeat, customer: Insert, text: str) -> None:
    seat.do(AddNote(seat.ids.new(), customer.row_id, text, seat.clock.now()))


def texts(seat: LargeSeat) -> list[object]:
    return [row[0] for row in seat.rows("SELECT text FROM activity ORDER BY text")]


def forgotten(seat: LargeSeat) -> bool:
    """Neither file nor key is left."""
    with seat.store.read() as connection:
        state = recall(connection, "ready", {})
    return seat.left_behind() == [] and state.get("file") is None
