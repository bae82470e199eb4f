"""Programs as processes forked off one that has imported what they need: processes like any other, without the second
that the imports take. `python -m` itself is tried by the tests of starting."""

import io
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from server_sync.__main__ import main

ROOT = Path(__file__).resolve().parents[1]
FORKS = "forkserver" in multiprocessing.get_all_start_methods()
context: Any = multiprocessing.get_context("forkserver" if FORKS else "spawn")
if FORKS:
    context.set_forkserver_preload(["__main__", "tests.warm_rooms"])


class Program:
    """A running program; the part of Popen that tests need."""

    def __init__(
        self,
        arguments: Sequence[str],
        errors: Path,
        environment: Mapping[str, str] = os.environ,
        told: str = "",
        entrance: Callable[[Sequence[str]], int] = main,
    ) -> None:
        """`errors`: the file that standard error is appended to; `told`: what comes in by standard input; `entrance`:
        by default the server's command line."""
        reading, writing = multiprocessing.Pipe(duplex=False)
        given = (entrance, list(arguments), dict(environment), told, writing, errors)
        self._process = context.Process(target=_work, args=given, daemon=True)
        self._process.start()
        writing.close()
        self.stdout = os.fdopen(os.dup(reading.fileno()), encoding="utf-8")
        """What it prints."""
        reading.close()

    @property
    def pid(self) -> int:
        """Its number in the system."""
        return int(self._process.pid)

    def poll(self) -> int | None:
        """Its exit code, None while it runs."""
        code: int | None = self._process.exitcode
        return code

    def wait(self, seconds: float | None = None) -> int:
        """Its exit code, once it has ended. Raises TimeoutError."""
        self._process.join(seconds)
        code = self.poll()
        if code is None:
            raise TimeoutError
        return code

    def send_signal(self, which: signal.Signals) -> None:
        """What `kill` does."""
        os.kill(self.pid, which)


def _work(
    entrance: Callable[[Sequence[str]], int],
    arguments: list[str],
    environment: dict[str, str],
    told: str,
    output: Connection,
    errors: Path,
) -> None:
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(output.fileno(), 1)
    output.close()
    with errors.open("ab") as file:
        os.dup2(file.fileno(), 2)
    sys.stdin = io.TextIOWrapper(io.BytesIO(told.encode()), encoding="utf-8")
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w"), encoding="utf-8", line_buffering=True)
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w"), encoding="utf-8", line_buffering=True)
    sys.exit(entrance(arguments))
