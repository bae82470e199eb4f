"""Fixtures: real servers on free ports of this machine, as processes or, for a clock of the test's own, in a thread."""

import functools
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from argon2 import PasswordHasher, Type

from server_sync.accounts import people
from server_sync.accounts.people import NewPerson
from server_sync.domain.clock import Clock, SystemClock
from server_sync.domain.ids import SystemIds
from server_sync.domain.model import Role
from server_sync.store.attachment_files import AttachmentFiles
from server_sync.store.database import Database
from tests.warm import FORKS, ROOT, Program

# A server that should have refused to start must not hold up the tests for ever.
SAFETY_SECONDS = 120
PASSWORD = "correct-horse-1"


@dataclass
class ServerProcess:
    """`python -m server_sync serve` on a database that is ready; `start` after `kill` answers at the same address."""

    database_url: str
    log: Path
    attachments: Path
    address: str = ""
    process: subprocess.Popen[str] | Program | None = None
    options: tuple[str, ...] = ()

    def start(self) -> None:
        """Start it and wait for its ready line; with options of its own as it is typed, else warm."""
        port = urlsplit(self.address).port or 0
        named = ("--database", self.database_url, "--attachments", str(self.attachments))
        arguments = ["serve", "--port", str(port), *named, *self.options]
        if self.options or not FORKS:
            command = [sys.executable, "-m", "server_sync", *arguments]
            with self.log.open("a") as log:
                self.process = subprocess.Popen(
                    command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True
                )
        else:
            self.process = Program(arguments, self.log)
        assert self.process.stdout is not None
        word, _, address = self.process.stdout.readline().strip().partition(" ")
        if word != "ready":
            self.stop()
            raise RuntimeError(f"the server did not start:\n{self.log.read_text()}")
        self.address = address

    def stop(self) -> int:
        """Ask it to end; returns its exit code."""
        return self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it in the midst of whatever it does (SIGKILL)."""
        self._end(getattr(signal, "SIGKILL", signal.SIGTERM))

    def _end(self, how: signal.Signals) -> int:
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(how)
        code = self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


@pytest.fixture
def live_server(database_url: str, tmp_path: Path) -> Iterator[ServerProcess]:
    """A server process on a fresh database, on SQLite and on PostgreSQL; nobody can sign in yet (`add_person`)."""
    yield from _running(ServerProcess(database_url, tmp_path / "server.log", tmp_path / "attachments"))


@pytest.fixture
def live_sqlite_server(sqlite_url: str, tmp_path: Path) -> Iterator[ServerProcess]:
    """A server process on a fresh SQLite database, for tests of what the database does not matter to."""
    yield from _running(ServerProcess(sqlite_url, tmp_path / "server.log", tmp_path / "attachments"))


def _running(server: ServerProcess) -> Iterator[ServerProcess]:
    server.start()
    try:
        yield server
    finally:
        server.stop()


@dataclass
class ServerThread:
    """The server's application on a thread of the test's process, so that the test can hold its clock and its parts."""

    database: Database
    clock: Clock
    address: str = ""
    stop: Callable[[], None] = field(default=lambda: None)


@pytest.fixture
def serve_in_thread(database_url: str, tmp_path: Path) -> Iterator[Callable[..., ServerThread]]:
    """Starts a server in a thread with a given clock, once a test; on SQLite and on PostgreSQL."""
    running: list[ServerThread] = []
    database = Database(database_url)

    def start(clock: Clock | None = None) -> ServerThread:
        server = start_thread(database, clock or SystemClock(), tmp_path / "attachments")
        running.append(server)
        return server

    try:
        yield start
    finally:
        for server in running:
            server.stop()
        database.close()


def start_thread(database: Database, clock: Clock, attachments: Path) -> ServerThread:
    """Serve a database and a folder of attachments from a new thread; `stop` ends it."""
    import uvicorn

    from server_sync.http.app import create_app
    from server_sync.http.serving import Place, Server, address_of, listen
    from server_sync.http.streams import Streams

    place = Place("127.0.0.1", 0, None, None)
    listening = listen(place)
    streams = Streams()
    ids = SystemIds(clock)
    app = create_app(database, clock, ids, streams, AttachmentFiles(attachments, ids))
    config = uvicorn.Config(app, log_config=None, access_log=False, ws="none", lifespan="on")
    announced: queue.SimpleQueue[str] = queue.SimpleQueue()
    server = Server(config, streams, address_of(place, listening), announced.put)
    thread = threading.Thread(target=server.run, args=([listening],), name="server")
    thread.start()

    def stop() -> None:
        server.should_exit = True
        thread.join()
        listening.close()

    return ServerThread(database, clock, announced.get(timeout=SAFETY_SECONDS), stop)


def add_person(
    database: Database,
    login: str = "agent01",
    *,
    role: Role = Role.AGENT,
    team: str = "华东",
    password: str = PASSWORD,
    clock: Clock | None = None,
) -> bytes:
    """Add somebody who can sign in; returns his id."""
    at = clock or SystemClock()
    with database.write(at.now()) as tx:
        new = NewPerson(login, login, role, None if role is Role.ADMINISTRATOR else team)
        return people.add(tx, SystemIds(at), new, _hashed(password))


@functools.cache
def _hashed(password: str) -> str:
    """As the server keeps it, but at the least cost: what a hash costs is named in it, and each sign-in pays."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, type=Type.ID).hash(password)


def run_command_line(
    *arguments: str, language: str = "en", encoding: str = "utf-8", stdin: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """`python -m server_sync …` to its end, in a language; at a terminal of another encoding as it is typed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    spoken = {"LANGUAGE": language, "PYTHONUTF8": "1", "PYTHONIOENCODING": encoding}
    variables = {**kept, **spoken, **environment}
    if encoding == "utf-8" and FORKS:
        return _run_warm(arguments, stdin, variables)
    return subprocess.run(
        [sys.executable, "-m", "server_sync", *arguments],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        encoding=encoding,
        env=variables,
        check=False,
        timeout=SAFETY_SECONDS,
    )


def _run_warm(
    arguments: tuple[str, ...], stdin: str, variables: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as folder:
        errors = Path(folder) / "errors"
        program = Program(arguments, errors, variables, stdin)
        with program.stdout:
            said = program.stdout.read()
        code = program.wait(SAFETY_SECONDS)
        return subprocess.CompletedProcess(arguments, code, said, errors.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Answer:
    """An HTTP answer, read to its end."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Caller:
    """Plain HTTP to a server, a connection for each request."""

    def __init__(self, address: str, token: str | None = None) -> None:
        self._place = urlsplit(address)
        self.token = token

    def get(self, path: str, **headers: str) -> Answer:
        return self.send("GET", path, b"", **headers)

    def post(self, path: str, body: bytes | dict[str, Any] = b"", **headers: str) -> Answer:
        return self.send(
            "POST", path, json.dumps(body).encode() if isinstance(body, dict) else body, **headers
        )

    def send(self, method: str, path: str, body: bytes, **headers: str) -> Answer:
        """`headers` by their names with _ for -."""
        reply = self.open(method, path, body, **headers)
        with reply:
            return Answer(reply.status, {k.lower(): v for k, v in reply.getheaders()}, reply.read())

    def open(self, method: str, path: str, body: bytes = b"", **headers: str) -> HTTPResponse:
        """The answer as it comes in; closing it closes the connection."""
        connection = HTTPConnection(self._place.hostname or "", self._place.port, timeout=SAFETY_SECONDS)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token is not None:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        try:
            connection.request(method, path, body or None, {"Connection": "close", **sent})
            return connection.getresponse()
        except OSError:
            connection.close()
            raise

    def sign_in(self, login: str = "agent01", device: bytes = bytes(16), password: str = PASSWORD) -> Answer:
        """Sign in; the token is used from then on."""
        body = {"login": login, "password": password, "device": device.hex(), "device_name": "桌面"}
        answer = self.post("/api/v1/sign-in", body)
        if answer.status == 200:
            self.token = answer.json["token"]
        return answer
