"""Desks and servers as processes of their own that may be killed, each forked off one warm process, and told to die at
a named moment; what they do stands in `office`."""

import io
import multiprocessing
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from agent_app.host.paths import places
from agent_app.host.secrets import PASSPHRASE_VARIABLE
from agent_app.runtime.sign_in import sign_in as enter
from server_sync.__main__ import main
from server_sync.domain import crash
from server_sync.domain.clock import SystemClock
from server_sync.domain.errors import KnownError
from server_sync.domain.ids import SystemIds
from tests import warm
from tests.faults.office import FaultDesk
from tests.stretching import stretch_a_little

PATIENCE = 60.0
_COLD = multiprocessing.get_context("spawn")

Deadly = tuple[str, int] | None
"""At which passing of which named moment a process ends itself by SIGKILL."""


class Child:
    """A process with a pipe to it. It ends by itself when its maker does, however that ends."""

    def __init__(
        self, work: Callable[..., None], *arguments: object, environment: Mapping[str, str] | None = None
    ) -> None:
        """With an `environment` it is a new process, not one that was forked off."""
        self._pipe, theirs = multiprocessing.Pipe()
        kind: Any = warm.context.Process if environment is None else _COLD.Process
        self._process = kind(target=work, args=(theirs, *arguments), daemon=True)
        with pytest.MonkeyPatch.context() as patch:
            for name, value in (environment or {}).items():
                patch.setenv(name, value)
            self._process.start()
        theirs.close()

    @property
    def pid(self) -> int:
        """Its number in the system."""
        return int(self._process.pid)

    def ask(self, *order: object) -> tuple[Any, ...]:
        """An order and its answer."""
        self.tell(*order)
        word = self.hear()
        assert word is not None, "it has died"
        return word

    def tell(self, *order: object) -> None:
        """Hand an order over; one that is dead hears nothing."""
        with suppress(OSError):
            self._pipe.send(order)

    def hear(self) -> tuple[Any, ...] | None:
        """The next word; None when it has died."""
        if not self._pipe.poll(PATIENCE):
            raise TimeoutError("a child says nothing")
        try:
            word: tuple[Any, ...] = self._pipe.recv()
        except (EOFError, OSError):
            return None
        return word

    def kill(self) -> None:
        """End it in the midst of whatever it does."""
        self._process.kill()
        self._process.join()

    def is_alive(self) -> bool:
        """Whether it is still at work."""
        return bool(self._process.is_alive())

    def ends_within(self, seconds: float) -> bool:
        """Whether it is dead, or so soon."""
        self._process.join(seconds)
        return not self._process.is_alive()

    def close(self) -> None:
        """End it if it still is, and let the pipe go."""
        if self._process.is_alive():
            self._process.kill()
        self._process.join()
        self._process.close()
        self._pipe.close()


def listen_for(deadly: Deadly, passed: Counter[str]) -> None:
    """Count the named moments of this process from now on, and die at the one that is meant."""

    def hook(name: str) -> None:
        passed[name] += 1
        if deadly is not None and (name, passed[name]) == deadly:
            os.kill(os.getpid(), signal.SIGKILL)

    crash.hook = hook


class SeatedDesk:
    """A desk that does what it is told, word by word, and is opened whenever it is not."""

    def __init__(self, profile: Path, address: str) -> None:
        self._where = profile, address
        self._desk: FaultDesk | None = None

    def do(self, order: str, text: str = "") -> tuple[object, ...]:
        """note TEXT, correct TEXT, attach: "saved ID"; sync: "status STATE KIND"; fetch, settle, close: themselves.
        Instead of any of them: "error KIND"."""
        try:
            if self._desk is None:
                self._desk = FaultDesk(*self._where)
            return self._done(self._desk, order, text)
        except KnownError as error:
            return "error", error.kind

    def _done(self, desk: FaultDesk, order: str, text: str) -> tuple[object, ...]:
        if order == "note":
            return "saved", desk.note(text)
        if order == "correct":
            return "saved", desk.correct(text)
        if order == "attach":
            return "saved", desk.attach()
        if order == "fetch":
            desk.fetch()
        if order == "sync":
            status = desk.sync()
            return "status", status.state, status.kind
        if order == "settle":
            desk.store.settle()
        if order == "close":
            self._desk = None
            desk.close()
        return (order,)


def desk_work(pipe: Connection, profile: Path, address: str, deadly: Deadly) -> None:
    """A desk at the other end of a pipe; "end" is answered with the moments that it passed."""
    passed: Counter[str] = Counter()
    listen_for(deadly, passed)
    desk = SeatedDesk(profile, address)
    with suppress(EOFError):
        while (order := pipe.recv()) != ("end",):
            pipe.send(desk.do(*order))
        desk.do("close")
        pipe.send(("end", passed))


def entering_work(pipe: Connection, home: Path, address: str, login: str, password: str) -> None:
    """A computer at which somebody signs in, as the program does it; each order names a folder of its own below `home`.
    The answer: "in", "error KIND" or "bug NAME"."""
    os.environ[PASSPHRASE_VARIABLE] = password
    stretch_a_little()
    with suppress(EOFError):
        while True:
            (folder,) = pipe.recv()
            try:
                clock = SystemClock()
                enter(places(home / folder), clock, SystemIds(clock), address, login, password).close()
                pipe.send(("in",))
            except KnownError as error:
                pipe.send(("error", error.kind))
            except Exception as error:
                pipe.send(("bug", repr(error)))


class Announced(io.StringIO):
    """Standard output of a server: what it prints goes to who started it."""

    def __init__(self, pipe: Connection) -> None:
        super().__init__()
        self._pipe = pipe

    def write(self, text: str) -> int:
        if text.strip():
            self._pipe.send(tuple(text.split()))
        return len(text)


def server_work(pipe: Connection, url: str, folder: Path, port: int, deadly: Deadly) -> None:
    """`server serve`. It says "ready ADDRESS"; any order is answered with the moments that it passed so far."""
    passed: Counter[str] = Counter()
    listen_for(deadly, passed)

    def obey() -> None:
        with suppress(EOFError):
            while True:
                pipe.recv()
                pipe.send(("passed", Counter(passed)))
        os._exit(0)

    threading.Thread(target=obey, name="orders", daemon=True).start()
    os.dup2(os.open(folder / "server.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
    os.environ["HUIFANG_ATTACHMENTS"] = str(folder / "attachments")
    with redirect_stdout(Announced(pipe)):
        main(["serve", "--port", str(port), "--database", url])


class FaultServer:
    """A server on a database that can be killed and started again at the same address."""

    def __init__(self, url: str, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        """`folder`: for its log and its attachments."""
        self.url = url
        self._folder = folder
        self._environment = environment
        self.address = ""
        self._child: Child | None = None

    def start(self, deadly: Deadly = None) -> None:
        """Start it and wait until it answers."""
        port = int(self.address.rpartition(":")[2] or 0)
        self._child = Child(server_work, self.url, self._folder, port, deadly, environment=self._environment)
        ready = self._child.hear()
        if ready is None:
            raise RuntimeError("the server died before it was ready")
        self.address = str(ready[1])

    @property
    def pid(self) -> int:
        """The number of its process."""
        assert self._child is not None
        return self._child.pid

    def passed(self) -> Counter[str]:
        """The named moments that it passed."""
        assert self._child is not None
        counted: Counter[str] = self._child.ask("passed")[1]
        return counted

    def died(self, within: float = PATIENCE) -> bool:
        """Whether it has ended itself; then it may be started again."""
        assert self._child is not None
        dead = self._child.ends_within(within)
        if dead:
            self.stop()
        return dead

    def stop(self) -> None:
        """End it, if it has not ended itself."""
        if self._child is not None:
            self._child.close()
            self._child = None
