"""A server of one's own as a child process on a free port of this machine; it ends with its owner."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from server_sync.domain.errors import ErrorKind, KnownError

PATIENCE = 60.0


class EmbeddedServer:
    """Starts `python -m server_sync serve` on a database and reads its address from its first line."""

    def __init__(self, database: Path) -> None:
        command = [
            sys.executable,
            "-m",
            "server_sync",
            "serve",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--json",
        ]
        self._process = subprocess.Popen(
            [*command, "--database", str(database)],
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        said, _, address = line.strip().partition(" ")
        if said != "ready":
            self.stop()
            raise KnownError(ErrorKind.SERVER_FAILED, status=0)
        self.address = address

    def stop(self) -> None:
        """End it, first kindly."""
        self._process.terminate()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


def make_demo_company(database: Path, *more: str) -> dict[str, Any]:
    """Fill a database with the demo company; what it prints: who may sign in."""
    command = [sys.executable, "-m", "server_sync", "demo", "--database", str(database), "--json", *more]
    done = subprocess.run(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, check=True)
    made: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return made
