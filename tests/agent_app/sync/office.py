"""Real desks and a real server in one process, with the network in the test's hands: what is asked, what is lost."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from agent_app.actions.desk import Desk, record
from agent_app.store import sums
from agent_app.store.database import Store, open_store
from agent_app.store.tables import ALL
from agent_app.sync.engine import Engine, Reply, Request, Step
from server_sync.accounts import devices
from server_sync.domain.commands import Actor, Command
from server_sync.domain.errors import KnownError
from server_sync.domain.wire.codec import decode, encode
from server_sync.domain.wire.messages import (
    CompareReply,
    CompareRequest,
    PullReply,
    PullRequest,
    PushReply,
    PushRequest,
    RenewReply,
    RenewRequest,
)
from server_sync.store.database import Database
from server_sync.sync.compare import compare
from server_sync.sync.pull import pull
from server_sync.sync.push import push
from server_sync.sync.renew import renew
from tests.server_sync.organisation import NOW, CountedIds

KEY = bytes(range(32))


@cache
def _new_profile() -> dict[str, bytes]:
    """The files of a profile nobody has worked in: to make its tables takes longer than most tests."""
    with TemporaryDirectory() as folder:
        open_store(Path(folder), KEY, ALL).close()
        return {file.name: file.read_bytes() for file in Path(folder).iterdir()}


@dataclass
class HandClock:
    """A clock that stands until it is moved."""

    at: int = NOW

    def now(self) -> int:
        return self.at

    def monotonic(self) -> float:
        return self.at / 1000


class Seat:
    """One desk: its store on the disk, its engine, and the road to the server, taken step by step."""

    def __init__(self, folder: Path, server: Database, actor: Actor, clock: HandClock, lane: int) -> None:
        self.server = server
        self.clock = clock
        self.folder = folder / f"desk{lane}"
        self.ids = CountedIds(lane)
        self.device = CountedIds(lane + 100).new()
        self.actor = actor
        with server.write(clock.now()) as tx:
            devices.issue(tx, actor.person_id or b"", self.device, f"desk {lane}")
        self.store = self._open()
        self.engine = Engine(self.device, lambda: self.actor, self.ids)

    def _open(self) -> Store:
        if not self.folder.exists():
            self.folder.mkdir(parents=True)
            for name, content in _new_profile().items():
                (self.folder / name).write_bytes(content)
        return open_store(self.folder, KEY, ALL)

    @property
    def desk(self) -> Desk:
        return Desk(self.store, self.clock, self.ids, self.actor, self.device)

    def compare(self) -> list[str]:
        """Look whether the rows here are those of the server, as is done while nobody waits."""
        count = self.engine.count
        assert count is not None
        with self.store.read() as connection:
            wrong = sums.differing(connection, self.engine.person_id, count.cursor, count.sums)
        self.engine.compare(wrong)
        return wrong

    def restart(self) -> None:
        """The program ended and begins again on the same profile."""
        self.store.close()
        self.store = self._open()
        self.engine = Engine(self.device, lambda: self.actor, self.ids)

    def do(self, *commands: Command) -> None:
        """Save commands at this desk in one transaction."""
        record(self.desk, commands, "test")

    def ask(self) -> Request | None:
        """What the desk would send now."""
        with self.store.read() as connection:
            return self.engine.next_request(connection, self.clock.now())

    def answer(self, request: Request, page_rows: int = 5_000) -> Reply:
        """What the server makes of it; every message goes through its bytes."""
        if isinstance(request, CompareRequest):
            compared = decode(encode(request), CompareRequest)
            with self.server.read() as connection:
                answer = compare(connection, self.actor, self.device, compared, self.clock.now())
            return decode(encode(answer), CompareReply)
        if isinstance(request, RenewRequest):
            renewed = renew(self.server, self.actor, self.device, request, self.clock.now())
            return decode(encode(renewed), RenewReply)
        if isinstance(request, PushRequest):
            sent = decode(encode(request), PushRequest)
            return decode(
                encode(push(self.server, self.actor, self.device, sent, self.clock.now())), PushReply
            )
        asked = decode(encode(request), PullRequest)
        with self.server.read() as connection:
            reply = pull(connection, self.actor, self.device, asked, self.clock.now(), page_rows)
        return decode(encode(reply), PullReply)

    def take(self, reply: Reply) -> Step:
        """The reply arrives."""
        with self.store.write() as connection:
            step = self.engine.receive(connection, reply, self.clock.now())
        self.device = step.new_device or self.device
        return step

    def fail(self, error: KnownError) -> Step:
        """No reply arrives, or one that refuses."""
        with self.store.write() as connection:
            return self.engine.failed(connection, error, self.clock.now())

    def sync(self, page_rows: int = 5_000) -> int:
        """Whole rounds until the desk is in step; returns how many requests it took."""
        self.engine.wake()
        count = 0
        while (request := self.ask()) is not None:
            count += 1
            try:
                reply = self.answer(request, page_rows)
            except KnownError as error:
                if not self.fail(error).recovered:
                    raise
                continue
            self.take(reply)
        return count

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """What the desk's store says."""
        with self.store.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(sql, values)]
