"""Desks and a server for the benchmarks: the real ones, without a window."""

import os
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from agent_app.actions.desk import Desk, record
from agent_app.host.paths import places
from agent_app.host.secrets import PASSPHRASE_VARIABLE
from agent_app.runtime.sign_in import sign_in
from agent_app.sync.engine import Engine, Reply, Request
from agent_app.sync.ready import Check, Copy, Fetch
from agent_app.sync.ready_files import ReadyFiles
from server_sync.domain.clock import SystemClock
from server_sync.domain.commands import Command
from server_sync.domain.ids import SystemIds
from server_sync.domain.wire.messages import PullReply, PushRequest
from tests.bench.figures import memory_mb
from tests.bench.names import LOGIN, PASSPHRASE, PASSWORD

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """`python -m server_sync serve` on a free port; when `start`ed again, at the same."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self.address = ""
        self.start("0")

    def start(self, port: str = "") -> None:
        """Start it and wait until it is ready."""
        port = port or str(urlsplit(self.address).port)
        command = [sys.executable, "-m", "server_sync", "serve", "--port", port]
        self.log = self._database.with_suffix(".log").open("a")
        self.process = subprocess.Popen(
            [*command, "--database", str(self._database)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip().partition(" ")[2]

    def open_files(self) -> int:
        """Files and connections that it has open."""
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def memory_mb(self) -> float:
        """Resident memory."""
        return memory_mb(self.process.pid)

    def cpu_seconds(self) -> float:
        """Processor time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.log.close()


class BenchDesk:
    """A signed-in desk that syncs when told; `ready_from`: as in `Engine`."""

    def __init__(self, home: Path, address: str, ready_from: int | None = None) -> None:
        os.environ[PASSPHRASE_VARIABLE] = PASSPHRASE
        self.clock = SystemClock()
        self.ids = SystemIds(self.clock)
        self.signed_in = sign_in(places(home), self.clock, self.ids, address, LOGIN, PASSWORD)
        self.store = self.signed_in.store
        self.engine = Engine(self.signed_in.device, lambda: self.signed_in.actor, self.ids, ready_from)
        self._files = ReadyFiles(self.signed_in.net, self.store)
        self._network = ThreadPoolExecutor(1, "network")
        self._ahead: tuple[Request, Future[Reply]] | None = None
        self.desk = Desk(self.store, self.clock, self.ids, self.signed_in.actor, self.signed_in.device)

    def sync(self) -> int:
        """Rounds until in step; returns the rows that were received."""
        self.engine.wake()
        rows = 0
        while (request := self._next()) is not None:
            rows += self._exchange(request)
        return rows

    def push(self) -> None:
        """Send what waits, and nothing else."""
        while isinstance(request := self._next(), PushRequest):
            self._exchange(request)

    def _next(self) -> Request | None:
        with self.store.read() as connection:
            return self.engine.next_request(connection, self.clock.now())

    def _exchange(self, request: Request) -> int:
        if self._ahead is not None and request is self._ahead[0]:
            reply = self._ahead[1].result()
        else:
            reply = self._carry_out(request)
        ahead = self.engine.ahead(reply)
        # As the program does: the next page is on its way while this one is applied.
        self._ahead = None if ahead is None else (ahead, self._network.submit(self._carry_out, ahead))
        with self.store.write_repeatable() as connection:
            self.engine.receive(connection, reply, self.clock.now())
        return sum(len(page.rows) for page in reply.tables.values()) if isinstance(reply, PullReply) else 0

    def _carry_out(self, request: Request) -> Reply:
        match request:
            case Fetch():
                return self._files.fetch(request)
            case Check():
                return self._files.check(request)
            case Copy():
                return self._files.copy(request)
            case _:
                return self.signed_in.server.exchange(request)

    def save(self, commands: list[Command]) -> None:
        """Record commands as one transaction each hundred."""
        for start in range(0, len(commands), 100):
            record(self.desk, commands[start : start + 100], "bench")
