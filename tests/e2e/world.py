"""A company with a real server in a child process, and a clock that can be set; the desks of it stand in `desk`."""

import functools
import json
import signal
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.e2e.clocked_server import serve
from tests.e2e.shifted_clock import ShiftedClock
from tests.servers import run_command_line
from tests.warm import Program

SHANGHAI = ZoneInfo("Asia/Shanghai")
COLLEAGUE = "agent02"  # of the demo agent's team
PASSPHRASE = "a passphrase for journeys"


def at(text: str) -> int:
    """A moment in Shanghai as milliseconds: "2026-11-23 10:00"."""
    return round(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).timestamp() * 1000)


LADDERS = Path(__file__).resolve().parents[2] / "resources" / "samples" / "escalation" / "ladders.json"


class World:
    """Use as a context. Its working day is Monday, 23 November 2026, whenever it runs."""

    def __init__(self, folder: Path, begins: str = "2026-11-23 10:00") -> None:
        self.folder = folder
        self.database = folder / "server.db"
        folder.mkdir(parents=True, exist_ok=True)
        self.clock_file = folder / "clock"
        self.clock = ShiftedClock(self.clock_file)
        self.begins = begins
        self.address = ""
        self.people: dict[str, Any] = {}
        self._server: Program | None = None

    @classmethod
    def joined(cls, folder: Path) -> "World":
        """The world of another process, whose server runs."""
        world = cls(folder)
        told = json.loads((folder / "world.json").read_text())
        world.address, world.people = told["address"], told["people"]
        return world

    def __enter__(self) -> "World":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop_server()

    def make_demo_company(self, *more: str) -> None:
        """Fill the database with the demo company as of the world's time."""
        self.clock.set(at(self.begins))
        content, people = _demo_company(self.begins, *more)
        self.database.write_bytes(content)
        self.people = json.loads(people)
        self.people["colleague"] = {**self.people["agent"], "login": COLLEAGUE}

    def command(self, *words: str, stdin: str = "") -> str:
        """Run a verb of the server's command line on the world's database; returns what it printed."""
        return _command(self.database, *words, stdin=stdin)

    def start_server(self) -> None:
        """Start it; again on the port that it had before."""
        port = self.address.rpartition(":")[2] or "0"
        arguments = (str(self.database), port, str(self.clock_file))
        self._server = Program(arguments, self.folder / "server.log", entrance=serve)
        said, _, address = self._server.stdout.readline().strip().partition(" ")
        if said != "ready":
            raise AssertionError("the server did not start: " + (self.folder / "server.log").read_text())
        self.say_address(address)

    def say_address(self, address: str) -> None:
        """From now on desks, those of other processes too, find the server there."""
        self.address = address
        (self.folder / "world.json").write_text(json.dumps({"address": address, "people": self.people}))

    def stop_server(self) -> None:
        """The network is gone."""
        if self._server is not None:
            self._server.send_signal(signal.SIGTERM)
            self._server.wait(30)
            self._server.stdout.close()
            self._server = None


@functools.cache
def _demo_company(begins: str, *more: str) -> tuple[bytes, str]:
    """The demo company's database, made once in a process, and what the command said of its people."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "server.db"
        said = _command(database, "demo", "--json", "--now", begins.replace(" ", "T") + "+08:00", *more)
        # Ladders remind of old tasks whenever they like: a journey that is about them takes them in again.
        asleep = Path(folder) / "ladders.json"
        ladders = [one | {"active": False} for one in json.loads(LADDERS.read_text())]
        asleep.write_text(json.dumps(ladders))
        _command(database, "escalation", "import", str(asleep))
        return database.read_bytes(), said.splitlines()[-1]


def _command(database: Path, *words: str, stdin: str = "") -> str:
    done = run_command_line(*words, "--database", str(database), stdin=stdin)
    if done.returncode:
        raise AssertionError(f"{words} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout
