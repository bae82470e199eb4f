"""A company with a real server in a child process, and a clock that can be set; the desks of it stand in `desk`."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.e2e.shifted_clock import ShiftedClock

ROOT = Path(__file__).resolve().parents[2]
SHANGHAI = ZoneInfo("Asia/Shanghai")
COLLEAGUE = "agent02"  # of the demo agent's team
PASSPHRASE = "a passphrase for journeys"


def at(text: str) -> int:
    """A moment in Shanghai as milliseconds: "2026-11-23 10:00"."""
    return round(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).timestamp() * 1000)


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
        self._server: subprocess.Popen[str] | None = None

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
        done = self.command("demo", "--json", "--now", self.begins.replace(" ", "T") + "+08:00", *more)
        self.people = json.loads(done.splitlines()[-1])
        self.people["colleague"] = {**self.people["agent"], "login": COLLEAGUE}

    def command(self, *words: str, stdin: str = "") -> str:
        """Run a verb of the server's command line on the world's database; returns what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "server_sync", *words, "--database", str(self.database)],
            cwd=ROOT,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise AssertionError(f"{words} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def start_server(self) -> None:
        """Start it; again on the port that it had before."""
        port = self.address.rpartition(":")[2] or "0"
        script = Path(__file__).with_name("clocked_server.py")
        log = (self.folder / "server.log").open("a")
        self._server = subprocess.Popen(
            [sys.executable, str(script), str(self.database), port, str(self.clock_file)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        log.close()
        assert self._server.stdout is not None
        said, _, address = self._server.stdout.readline().strip().partition(" ")
        if said != "ready":
            raise AssertionError("the server did not start: " + (self.folder / "server.log").read_text())
        self.address = address
        (self.folder / "world.json").write_text(json.dumps({"address": address, "people": self.people}))

    def stop_server(self) -> None:
        """The network is gone."""
        if self._server is not None:
            self._server.terminate()
            self._server.wait(30)
            assert self._server.stdout is not None
            self._server.stdout.close()
            self._server = None
