"""The server of a schedule: real gate, push and pull over a database in memory; it can be down, killed, backed up and
set back. The network in front of it and what people ask of it stand elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from agent_app.ports import Reply
from server_sync.accounts.gate import Gate, Visitor
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
)
from server_sync.http import limits
from server_sync.http.bodies import unpack
from server_sync.sync.compare import compare
from server_sync.sync.handing_over import hand_over
from server_sync.sync.pull import pull
from server_sync.sync.push import push
from server_sync.sync.renew import renew
from tests.clocks import HandClock
from tests.convergence.ledger import Violated
from tests.convergence.memory import ServerMemory

MESSAGE = "application/msgpack"
PUSH = "/sync/push"


@dataclass(frozen=True)
class Backup:
    """A copy of the server's data."""

    at: int
    image: bytes
    official: bool
    """Whether the server has noted that it exists (SYNC P6); a standby that lags behind is none."""


class ServerSite:
    """What answers requests. `on_answer` hears every push that was answered."""

    def __init__(self, database: ServerMemory, clock: HandClock, page_rows: int) -> None:
        self.database = database
        self.memory = database.memory
        self.clock = clock
        self.page_rows = page_rows
        self.gate = Gate(database, clock)
        self.on_answer: Callable[[bytes, PushRequest, PushReply], None] = lambda *_: None
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

    def answer(self, token: str | None, path: str, body: bytes, encoding: str) -> Reply:
        """What the server makes of one request, in bytes."""
        try:
            # An outbox is taken from whoever has one.
            visitor = self.gate.anybody(token or "") if path == PUSH else self.gate.visitor(token or "")
            made = _ROUTES[path](self, visitor, unpack(body, encoding, limits.SYNC_UNPACKED_BYTES))
            return Reply(200, encode(made), _HEADERS)
        except KnownError as error:
            problem = error
        except Violated:
            raise
        except Exception as error:
            self.failures.append(error)
            problem = KnownError(ErrorKind.SERVER_FAILED)
        content = Problem(kind=problem.kind.value, values=problem.values)
        status = 500 if problem.kind is ErrorKind.SERVER_FAILED else 400
        return Reply(status, encode(content), _HEADERS)

    def push(self, visitor: Visitor, body: bytes) -> PushReply:
        """As the route does."""
        request = decode(body, PushRequest)
        now = self.clock.now()
        if visitor.refused is not None:
            reply = hand_over(self.database, visitor.actor, visitor.device_id, request, visitor.refused, now)
        else:
            reply = push(self.database, visitor.actor, visitor.device_id, request, now)
        self.on_answer(visitor.device_id, request, reply)
        return reply

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
}
SHAPES: dict[str, type[msgspec.Struct]] = {
    "/sync/push": PushReply,
    "/sync/pull": PullReply,
    "/sync/compare": CompareReply,
    "/sync/device": RenewReply,
}


def read(path: str, reply: Reply) -> msgspec.Struct | None:
    """The message of a reply, None for an error."""
    return decode(reply.body, SHAPES[path]) if reply.status == 200 else None
