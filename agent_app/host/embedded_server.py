"""A server of one's own as a child process on a free port of this machine; it ends with its owner."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from server_sync.domain.errors import ErrorKind, KnownError

PATIENCE = 60.0


class EmbeddedServer:
    """Starts `python -m server_sync serve` on a database and reads its address from its first line.

    It holds the other end of the server's standard input: when this process ends, however it does, the server ends.
    The server's log lies beside the database.
    """

    def __init__(self, database: Path) -> None:
        place = ("--host", "127.0.0.1", "--port", "0")
        with database.with_suffix(".log").open("ab") as log:
            self._process = subprocess.Popen(
                [*_SERVER, "serve", *place, "--until-input-ends", "--database", str(database)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                # The keyboard's Ctrl+C is for its owner, who may still have something to send.
                start_new_session=True,
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
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()


_SERVER = (sys.executable, "-m", "server_sync")


def make_demo_company(database: Path, *more: str) -> dict[str, Any]:
    """Fill a database with the demo company; what it prints: who may sign in."""
    command = [*_SERVER, "demo", "--database", str(database), "--json", *more]
    done = subprocess.run(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, check=True)
    made: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return made
