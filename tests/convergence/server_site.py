"""The server of a schedule: real gate, push and pull over a database in memory; it can be down, killed, backed up and
set back. The network in front of it and what people ask of it stand elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import msgspec

from agent_app.ports import Reply
from server_sync.accounts.gate import Gate, Visitor
from server_sync.automation import pool
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire.codec import decode, encode
from server_sync.domain.wire.messages import (
    CompareReply,
    CompareRequest,
    Problem,
    PullReply,
    PullRequest,
    PushReply,
    PushRequest,
    RenewReply,
    RenewRequest,
    TakeReply,
    TakeRequest,
)
from server_sync.http import limits
from server_sync.http.bodies import unpack
from server_sync.http.errors import STATUS
from server_sync.store.attachment_files import AttachmentFiles
from server_sync.sync.attachments import Attachments, Standing
from server_sync.sync.compare import compare
from server_sync.sync.handing_over import hand_over
from server_sync.sync.pull import pull
from server_sync.sync.push import push
from server_sync.sync.refusals import conflict_id
from server_sync.sync.renew import renew
from tests.clocks import HandClock
from tests.convergence import disk
from tests.convergence.ledger import Violated
from tests.convergence.memory import ServerMemory
from tests.convergence.timeline import SiteIds

MESSAGE = "application/msgpack"
PUSH = "/sync/push"
FILES = "/sync/attachments/"
_FILES_LANE = 3


@dataclass(frozen=True)
class Request:
    """What goes over the line."""

    method: str
    path: str
    body: bytes
    headers: Mapping[str, str]
    token: str


@dataclass(frozen=True)
class Backup:
    """A copy of the server's data."""

    at: int
    image: bytes
    files: dict[str, bytes] | None
    """None: the folder of files is left as it is."""
    official: bool
    """Whether the server has noted that it exists (SYNC P6); a standby that lags behind is none."""


class ServerSite:
    """What answers requests. `on_answer` hears every push that was answered, `on_given` what was pulled of a pool."""

    def __init__(self, database: ServerMemory, clock: HandClock, page_rows: int) -> None:
        self.database = database
        self.memory = database.memory
        self.clock = clock
        self.page_rows = page_rows
        self.gate = Gate(database, clock)
        self.files = AttachmentFiles(disk.empty("server"), SiteIds(_FILES_LANE))
        self.attachments = Attachments(database, self.files)
        self.on_answer: Callable[[bytes, PushRequest, PushReply], None] = lambda *_: None
        self.on_given: Callable[[TakeReply], None] = lambda _: None
        self.down_until = 0
        self.failures: list[Exception] = []
        self.backups: list[Backup] = []

    def restart(self) -> None:
        """The process ended and begins again: what it remembered is gone."""
        self.gate = Gate(self.database, self.clock)

    def lets_in(self, token: str | None) -> bool:
        """Whether a token is good."""
        try:
            self.gate.visitor(token or "")
        except KnownError:
            return False
        return True

    def copy(self, *, official: bool) -> Backup:
        """A copy of all that it has; of an official one it knows."""
        files = disk.content_of(self.files.folder) if official else None
        return Backup(self.clock.now(), self.memory.image(), files, official)

    def set_back(self, backup: Backup) -> None:
        """It has what the copy has."""
        self.memory.fill(backup.image)
        if backup.files is not None:
            disk.fill(self.files.folder, backup.files)
        self.restart()

    def answer(self, request: Request) -> Reply:
        """What the server makes of one request, in bytes."""
        path = request.path
        answer = self._transfer if path.startswith(FILES) else self._message
        try:
            # An outbox is taken from whoever has one.
            gate = self.gate.anybody if path == PUSH else self.gate.visitor
            return answer(gate(request.token), request)
        except KnownError as error:
            problem = error
        except Violated:
            raise
        except Exception as error:
            self.failures.append(error)
            problem = KnownError(ErrorKind.SERVER_FAILED)
        content = encode(Problem(kind=problem.kind.value, values=problem.values))
        return Reply(STATUS.get(problem.kind, 400), b"" if request.method == "HEAD" else content, _HEADERS)

    def _message(self, visitor: Visitor, request: Request) -> Reply:
        encoding = request.headers.get("Content-Encoding", "")
        body = unpack(request.body, encoding, limits.SYNC_UNPACKED_BYTES)
        return Reply(200, encode(_ROUTES[request.path](self, visitor, body)), _HEADERS)

    def _transfer(self, visitor: Visitor, request: Request) -> Reply:
        """As the routes of attachments do."""
        who = visitor.actor, visitor.device_id
        name = bytes.fromhex(request.path.removeprefix(FILES))
        match request.method:
            case "HEAD":
                return _standing(self.attachments.standing(*who, name), 200)
            case "PATCH":
                offset = int(request.headers["Upload-Offset"])
                found = self.attachments.take(*who, name, offset, request.body, self.clock.now())
                return _standing(found, 204)
        whole = self.attachments.whole(*who, name)
        first, last = (int(number) for number in request.headers["Range"].removeprefix("bytes=").split("-"))
        content = self.attachments.read(whole, first, last - first + 1)
        return Reply(206, content, {"content-range": f"bytes {first}-{last}/{whole.size}"})

    def push(self, visitor: Visitor, body: bytes) -> PushReply:
        """As the route does."""
        request = decode(body, PushRequest)
        now = self.clock.now()
        if visitor.refused is not None:
            known = self._decided(visitor.device_id)
            reply = hand_over(self.database, visitor.actor, visitor.device_id, request, visitor.refused, now)
            self._check_handed_over(visitor.device_id, request, known)
        else:
            reply = push(self.database, visitor.actor, visitor.device_id, request, now)
        self.on_answer(visitor.device_id, request, reply)
        return reply

    def _decided(self, device: bytes) -> set[int]:
        return {row[0] for row in self.memory.rows("SELECT mid FROM applied WHERE device_id = ?", (device,))}

    def _check_handed_over(self, device: bytes, request: PushRequest, known: set[int]) -> None:
        """What a desk sends that is admitted no more lies before a lead by now (SYNC E4)."""
        there = {row[0] for row in self.memory.rows("SELECT id FROM team_conflict")}
        for one in request.mutations:
            if one.mid not in known and conflict_id(device, one) not in there:
                raise Violated("what a refused desk sends is with its lead", f"edit {one.mid} is not")

    def pull(self, visitor: Visitor, body: bytes) -> PullReply:
        """As the route does, with the schedule's size of pages."""
        request = decode(body, PullRequest)
        with self.database.read() as connection:
            return pull(
                connection, visitor.actor, visitor.device_id, request, self.clock.now(), self.page_rows
            )

    def compare(self, visitor: Visitor, body: bytes) -> CompareReply:
        """As the route does."""
        request = decode(body, CompareRequest)
        with self.database.read() as connection:
            return compare(connection, visitor.actor, visitor.device_id, request, self.clock.now())

    def take(self, visitor: Visitor, body: bytes) -> TakeReply:
        """As the route does."""
        request = decode(body, TakeRequest)
        reply = pool.take(self.database, visitor.actor, visitor.device_id, request, self.clock.now())
        self.on_given(reply)
        return reply

    def renew(self, visitor: Visitor, body: bytes) -> RenewReply:
        """As the route does."""
        request = decode(body, RenewRequest)
        return renew(self.database, visitor.actor, visitor.device_id, request, self.clock.now())


_HEADERS = {"content-type": MESSAGE}
_ROUTES: dict[str, Callable[[ServerSite, Visitor, bytes], msgspec.Struct]] = {
    PUSH: ServerSite.push,
    "/sync/pull": ServerSite.pull,
    "/sync/compare": ServerSite.compare,
    "/sync/device": ServerSite.renew,
    "/sync/take": ServerSite.take,
}
SHAPES: dict[str, type[msgspec.Struct]] = {
    "/sync/push": PushReply,
    "/sync/pull": PullReply,
    "/sync/compare": CompareReply,
    "/sync/device": RenewReply,
}


def _standing(found: Standing, status: int) -> Reply:
    headers = {
        "upload-offset": str(found.offset),
        "upload-length": str(found.size),
        "upload-complete": "?1" if found.complete else "?0",
    }
    return Reply(status, b"", headers)


def read(path: str, reply: Reply) -> msgspec.Struct | None:
    """The message of a reply, None for an error or what is none."""
    return decode(reply.body, SHAPES[path]) if reply.status == 200 and path in SHAPES else None
