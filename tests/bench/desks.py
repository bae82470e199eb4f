"""Desks and a server for the benchmarks: the real ones, without a window."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from agent_app.actions.desk import Desk, record
from agent_app.host.paths import places
from agent_app.host.secrets import PASSPHRASE_VARIABLE
from agent_app.runtime.sign_in import sign_in
from agent_app.sync.engine import Engine
from server_sync.domain.clock import SystemClock
from server_sync.domain.commands import Command
from server_sync.domain.ids import SystemIds
from server_sync.domain.wire.messages import PushRequest
from tests.bench.names import LOGIN, PASSPHRASE, PASSWORD

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """`python -m server_sync serve` on a free port."""

    def __init__(self, database: Path) -> None:
        command = [sys.executable, "-m", "server_sync", "serve", "--port", "0", "--database", str(database)]
        self.log = database.with_suffix(".log").open("w")
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=self.log, text=True)
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip().partition(" ")[2]

    def memory_mb(self) -> float:
        """Resident memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

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
    """A signed-in desk that syncs when told."""

    def __init__(self, home: Path, address: str) -> None:
        os.environ[PASSPHRASE_VARIABLE] = PASSPHRASE
        self.clock = SystemClock()
        self.ids = SystemIds(self.clock)
        self.signed_in = sign_in(places(home), self.ids, address, LOGIN, PASSWORD)
        self.store = self.signed_in.store
        self.engine = Engine(self.signed_in.device, lambda: self.signed_in.actor, self.ids)
        self.desk = Desk(self.store, self.clock, self.ids, self.signed_in.actor, self.signed_in.device)

    def sync(self) -> int:
        """Rounds until in step; returns the rows that were received."""
        self.engine.wake()
        rows = 0
        while True:
            with self.store.read() as connection:
                request = self.engine.next_request(connection)
            if request is None:
                return rows
            reply = self.signed_in.server.exchange(request)
            rows += sum(len(page.rows) for page in getattr(reply, "tables", {}).values())
            with self.store.write() as connection:
                self.engine.receive(connection, reply, self.clock.now())

    def push(self) -> None:
        """Send what waits, and nothing else."""
        while True:
            with self.store.read() as connection:
                request = self.engine.next_request(connection)
            if not isinstance(request, PushRequest):
                return
            reply = self.signed_in.server.exchange(request)
            with self.store.write() as connection:
                self.engine.receive(connection, reply, self.clock.now())

    def save(self, commands: list[Command]) -> None:
        """Record commands as one transaction each hundred."""
        for start in range(0, len(commands), 100):
            record(self.desk, commands[start : start + 100], "bench")


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def percentile(values: list[float], share: int) -> float:
    """The value below which `share` percent of the values lie; 100: the largest."""
    place = min(len(values) * share // 100, len(values) - 1)
    return round(sorted(values)[place], 1)
