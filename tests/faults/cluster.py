"""A PostgreSQL of its own that can stream to a standby, crash, and be followed by it; its programs are those of the
wheel, as for the shared server of the tests."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL

from tests.postgresql_guardian import programs_for

PATIENCE = 60.0
_PR_SET_PDEATHSIG = 1
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "wal_keep_size": "64MB",
    "fsync": "off",
    "TimeZone": "UTC",
}


class Cluster:
    """One PostgreSQL in a folder of its own; it dies with the process that made it."""

    def __init__(self, folder: Path, programs: Path, user: pwd.struct_passwd | None) -> None:
        self.folder = folder
        self._programs = programs
        self._user = user
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    def new(cls) -> "Cluster":
        """An empty one, not started. Raises RuntimeError without the wheel."""
        user = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        folder = Path(tempfile.mkdtemp(prefix="huifang-cluster-", dir="/var/tmp"))
        if user is not None:
            os.chown(folder, user.pw_uid, user.pw_gid)
        made = cls(folder, programs_for(folder, user), user)
        made._call(
            "initdb",
            "--username=postgres",
            "--auth=trust",
            "--no-sync",
            "--encoding=UTF8",
            "--locale=C",
            "-D",
            str(folder / "data"),
        )
        return made

    def standby(self) -> "Cluster":
        """A copy that follows this one by streaming, not started."""
        folder = self.folder.with_name(f"{self.folder.name}-standby")
        folder.mkdir(mode=0o700)
        if self._user is not None:
            os.chown(folder, self._user.pw_uid, self._user.pw_gid)
        made = Cluster(folder, self._programs, self._user)
        source = f"host={self.folder} user=postgres"
        made._call(
            "pg_basebackup",
            "-d",
            source,
            "-D",
            str(folder / "data"),
            "-R",
            "--checkpoint=fast",
            "-X",
            "stream",
            "--no-sync",
        )
        return made

    def start(self) -> None:
        """Start it and wait until it answers."""
        settings = {**SETTINGS, "unix_socket_directories": str(self.folder)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("a") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self.folder / "data", *options],
                stdout=log, stderr=log, preexec_fn=_die_with_parent, **self._identity(),
            )  # fmt: skip
        self._until("SELECT 1")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: SIGINT fast and in order, SIGQUIT as a power cut does."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(PATIENCE)
            self._process = None

    def remove(self) -> None:
        """End it and delete its folder."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder)

    def promote(self) -> None:
        """Let a standby take over."""
        self.execute("SELECT pg_promote()")
        self._until("SELECT 1 WHERE NOT pg_is_in_recovery()")

    def catch_up(self, standby: "Cluster") -> None:
        """Wait until the standby has all that is here."""
        [[here]] = self.execute("SELECT pg_current_wal_lsn()::text")
        standby._until(f"SELECT 1 WHERE pg_last_wal_replay_lsn() >= '{here}'")

    def execute(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """One statement outside of a transaction; its rows."""
        with psycopg.connect(
            host=str(self.folder), user="postgres", dbname=database, autocommit=True
        ) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def url(self, database: str) -> str:
        """For SQLAlchemy."""
        query = {"host": str(self.folder)}
        return URL.create("postgresql+psycopg", "postgres", database=database, query=query).render_as_string()

    def _until(self, statement: str) -> None:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                if self.execute(statement):
                    return
            except psycopg.OperationalError:
                pass
            assert time.monotonic() < end, (self.folder / "log").read_text()[-2000:]
            time.sleep(0.05)

    def _call(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self._programs / program, *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            **self._identity(),
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr}")

    def _identity(self) -> dict[str, Any]:
        if self._user is None:
            return {}
        return {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}


def _die_with_parent() -> None:
    """In the new process: its parent's death reaches it as a signal, so that a killed run of tests leaves nothing."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)
