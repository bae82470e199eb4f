"""The road of attachments' bytes for tests: a desk's machine and carrier, the real server behind them in one process,
and everything between in the test's hands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from agent_app.actions import attachments as actions
from agent_app.host.sealed_files import SealedFolder
from agent_app.ports import Reply, Work
from agent_app.store import attachments
from agent_app.store.attachments import FileState, LocalFile
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.uploads import Uploads
from agent_app.sync.attachments import PIECE, Request, Transfers
from agent_app.sync.carrier import ROAD, Carrier
from agent_app.sync.schedule import Schedule
from agent_app.sync.transfers import TransferRounds
from server_sync.domain.clock import HOUR
from server_sync.domain.commands import Actor, ReassignTask
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.rules.settings import DEFAULTS
from server_sync.domain.wire.codec import encode
from server_sync.domain.wire.messages import Problem
from server_sync.http.errors import MSGPACK, STATUS
from server_sync.store.attachment_files import AttachmentFiles
from server_sync.store.database import Database
from server_sync.sync.attachments import Attachments, Standing
from tests.agent_app.sync.office import HandClock, Seat
from tests.deciding import run_command
from tests.server_sync.organisation import NOW, Organisation

JPEG = b"\xff\xd8\xff\xe0"


def photo(size: int, salt: int = 0) -> bytes:
    """So many bytes that look like a photo."""
    body = bytes((place * 31 + place // 256 + salt) % 256 for place in range(min(size, 1 << 16)))
    return (JPEG + body * (size // len(body) + 1))[:size] if size > len(JPEG) else JPEG[:size]


PHOTO = photo(3 * PIECE + 12_345)
SMALL = photo(9_000)


@dataclass
class FilesRoad:
    """A Net whose other end is the server's floor below HTTP. `trouble` ends every request while it stands, `refuse`
    is what the server says to each; `lose` the replies to the next requests; `cut` leaves only so much of the next
    pieces."""

    server: Attachments
    actor: Actor
    device: bytes
    clock: HandClock
    trouble: KnownError | None = None
    refuse: KnownError | None = None
    lose: int = 0
    cut: list[int] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    carried: int = 0

    def send(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        if self.trouble is not None:
            raise self.trouble
        self.asked.append(method)
        reply = self._answer(method, bytes.fromhex(path.removeprefix(ROAD)), body, headers or {})
        if self.lose:
            self.lose -= 1
            raise KnownError(ErrorKind.OFFLINE)
        return reply

    def _answer(self, method: str, name: bytes, body: bytes, headers: Mapping[str, str]) -> Reply:
        try:
            if self.refuse is not None:
                raise self.refuse
            if method == "HEAD":
                return _reply(self.server.standing(self.actor, self.device, name), 200)
            if method == "PATCH":
                return self._take(name, int(headers["Upload-Offset"]), body)
            return self._give(name, headers["Range"])
        except KnownError as error:
            problem = b"" if method == "HEAD" else encode(Problem(kind=error.kind, values=error.values))
            return Reply(STATUS.get(error.kind, 400), problem, {"content-type": MSGPACK})

    def _take(self, name: bytes, offset: int, body: bytes) -> Reply:
        self.carried += len(body)
        torn = bool(self.cut)
        piece = body[: self.cut.pop(0)] if torn else body
        if torn and not piece:
            raise KnownError(ErrorKind.OFFLINE)
        standing = self.server.take(self.actor, self.device, name, offset, piece, self.clock.now())
        if torn:
            raise KnownError(ErrorKind.OFFLINE)
        return _reply(standing, 204)

    def _give(self, name: bytes, asked: str) -> Reply:
        whole = self.server.whole(self.actor, self.device, name)
        first, last = (int(number) for number in asked.removeprefix("bytes=").split("-"))
        content = self.server.read(whole, first, last - first + 1)
        self.carried += len(content)
        return Reply(206, content, {"content-range": f"bytes {first}-{last}/{whole.size}"})


def _reply(standing: Standing, status: int) -> Reply:
    headers = {
        "upload-offset": str(standing.offset),
        "upload-length": str(standing.size),
        "upload-complete": "?1" if standing.complete else "?0",
    }
    return Reply(status, b"", headers)


class FilesDesk:
    """A seat whose files move, too."""

    def __init__(self, seat: Seat, folder: AttachmentFiles) -> None:
        self.seat = seat
        server = Attachments(seat.server, folder)
        self.road = FilesRoad(server, seat.actor, seat.device, seat.clock)
        self.files = SealedFolder(seat.folder / "attachments")
        self.transfers = Transfers(self.files)
        self.carrier = Carrier(self.road, self.files)
        self._outside = seat.folder.parent / f"{seat.folder.name}-outside"
        self._outside.mkdir()
        self.start()

    def rounds(
        self,
        work: Work,
        on_changes: Callable[[StoreChanges], object] = lambda _: None,
        on_uploads: Callable[[Uploads], object] | None = None,
    ) -> TransferRounds:
        """A driver of its files."""
        return TransferRounds(
            work,
            self.seat.store,
            self.transfers,
            self.carrier,
            self.seat.clock,
            Schedule(0.5),
            on_changes,
            on_uploads,
        )

    def start(self) -> None:
        with self.seat.store.write() as connection:
            self.transfers.start(connection)

    def restart(self) -> None:
        """The program ended, however, and begins again on the same profile."""
        self.seat.restart()
        self.transfers = Transfers(self.files)
        self.start()

    def source(self, content: bytes, name: str = "现场.jpg") -> Path:
        """A file of the person's own."""
        file = self._outside / name
        file.write_bytes(content)
        return file

    def new_file(self, customer_id: bytes) -> LocalFile:
        ids = self.seat.ids
        return LocalFile(ids.new(), customer_id, ids.new().hex(), self.files.new_key(), FileState.WRITING)

    def attach(self, customer_id: bytes, content: bytes, name: str = "现场.jpg") -> bytes:
        """Attach a file; returns its id."""
        file = self.new_file(customer_id)
        actions.begin_attachment(self.seat.desk, file)
        sealed = actions.seal(self.files, file, self.source(content, name), _policy())
        actions.finish_attachment(self.seat.desk, sealed)
        return file.attachment_id

    def fetch(self, attachment_id: bytes) -> None:
        """Somebody wants to see a file."""
        [(customer_id, size, sha256)] = self.seat.rows(
            "SELECT customer_id, size, sha256 FROM attachment WHERE id = ?", attachment_id
        )
        assert isinstance(customer_id, bytes)
        assert isinstance(size, int)
        file = LocalFile(
            attachment_id,
            customer_id,
            self.seat.ids.new().hex(),
            self.files.new_key(),
            FileState.FETCHING,
            size,
            str(sha256),
        )
        actions.fetch_attachment(self.seat.desk, file)

    def ask(self) -> Request | None:
        with self.seat.store.read() as connection:
            return self.transfers.next_request(connection, self.seat.clock.now())

    def step(self) -> bool:
        """One request to its end, good or bad; False when there is nothing to do, or the server is away."""
        request = self.ask()
        if request is None:
            return False
        try:
            reply = self.carrier.carry_out(request)
        except KnownError as error:
            with self.seat.store.write() as connection:
                _, away = self.transfers.failed(connection, error, self.seat.clock.now())
            return not away
        with self.seat.store.write() as connection:
            self.transfers.receive(connection, reply, self.seat.clock.now())
        return True

    def round(self, most: int = 200) -> int:
        """Move files until there is nothing to do; returns how many requests it took."""
        with self.seat.store.write() as connection:
            self.transfers.begin_round(connection)
        for done in range(most):
            if not self.step():
                return done
        raise AssertionError("it never comes to an end")

    def settle(self) -> None:
        """Rows and files, until both ends have nothing more to say, whatever waits they take."""
        for _ in range(4):
            self.seat.sync()
            self.round()
            self.seat.clock.at += HOUR

    def local(self, attachment_id: bytes) -> LocalFile | None:
        with self.seat.store.read() as connection:
            return attachments.load(connection, attachment_id)

    def state(self, attachment_id: bytes) -> str | None:
        """What the row here says of the server's bytes."""
        with self.seat.store.read() as connection:
            return attachments.server_state(connection, attachment_id)

    def content(self, attachment_id: bytes) -> bytes:
        """What a person sees who opens it."""
        file = self.local(attachment_id)
        assert file is not None
        return actions.content(self.files, file)


def _policy() -> dict[str, int]:
    return dict(DEFAULTS["attachments"])


class Killed(BaseException):
    """The program ended here; nothing of it catches that."""


def customer_of(desk: FilesDesk, place: int = 0) -> bytes:
    rows = desk.seat.rows("SELECT id FROM customer ORDER BY id")
    found = rows[place][0]
    assert isinstance(found, bytes)
    return found


def arrived(folder: AttachmentFiles, attachment_id: bytes) -> bytes | None:
    """What the server has under its final name."""
    size = folder.whole_size(attachment_id)
    return None if size is None else folder.read(attachment_id, 0, size)


def give_away(server: Database, organisation: Organisation, desk: FilesDesk, customer_id: bytes) -> None:
    """The customer's task goes to a colleague."""
    [(task_id,)] = desk.seat.rows("SELECT id FROM task WHERE customer_id = ?", customer_id)
    assert isinstance(task_id, bytes)
    command = ReassignTask(
        organisation.ids.new(), task_id, customer_id, organisation.north_agents[1].person_id, NOW
    )
    run_command(server, organisation.north_lead, command, desk.seat.clock.now())
