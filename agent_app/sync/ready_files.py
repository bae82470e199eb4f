"""Carries out what the engine asks for about ready files: fetched by ranges into the profile's folder, checked, copied
into the store; encrypted as they come, and deleted when they are of no more use."""

import errno
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from agent_app.ports import Net
from agent_app.store.database import Store
from agent_app.store.ready_copy import copy_piece
from agent_app.sync.carrier import problem_of
from agent_app.sync.ready import Check, Checked, Copied, Copy, Fetch, Fetched, ReadyFile, promised
from server_sync.domain import crash
from server_sync.domain.errors import ErrorKind, KnownError

ROAD = "/sync/ready/"
FOLDER = "ready"
PIECE = 4 << 20
"""Bytes fetched at once: what a torn line can cost."""
_READ = 1 << 20


class ReadyFiles:
    """One profile's folder of them. Nothing is kept between two requests but on the disk."""

    def __init__(self, net: Net, store: Store) -> None:
        self._net = net
        self._store = store
        self._folder = store.file.parent / FOLDER

    def fetch(self, asked: Fetch) -> Fetched:
        """The next piece, on a network thread. Raises KnownError: what the server says, OFFLINE, or of the disk."""
        file = self._path(asked.file)
        with _disk():
            self._folder.mkdir(mode=0o700, exist_ok=True)
            there = file.stat().st_size if file.exists() else 0
        if there >= asked.file.size:
            return Fetched(request=asked.request, length=there, more=0)
        last = min(there + PIECE, asked.file.size) - 1
        reply = self._net.send("GET", ROAD + asked.file.name, headers={"Range": f"bytes={there}-{last}"})
        if reply.status != 206:
            raise problem_of(reply)
        if reply.headers.get("content-range") != f"bytes {there}-{last}/{asked.file.size}":
            raise KnownError(ErrorKind.FILE_DAMAGED)
        if len(reply.body) != last - there + 1:
            raise KnownError(ErrorKind.OFFLINE, why="torn")
        with _disk(), file.open("ab") as writing:
            writing.write(reply.body)
        crash.point("desk.ready_fetched")
        return Fetched(request=asked.request, length=last + 1, more=len(reply.body))

    def check(self, asked: Check) -> Checked:
        """Whether it is what was promised, on a network thread; if not, it goes."""
        file, total = self._path(asked.file), hashlib.sha256()
        with _disk():
            if file.exists() and file.stat().st_size == asked.file.size:
                with file.open("rb") as reading:
                    while piece := reading.read(_READ):
                        total.update(piece)
            intact = total.hexdigest() == asked.file.sha256
            if not intact:
                file.unlink(missing_ok=True)
        return Checked(request=asked.request, intact=intact)

    def copy(self, asked: Copy) -> Copied:
        """One piece into staging, on the store's thread."""
        file = asked.file
        done = copy_piece(self._store, self._path(file), file.key, file.partition, asked.piece)
        return Copied(request=asked.request, over=done.over, unknown=done.unknown)

    def tidy(self, connection: Connection) -> None:
        """Delete every file but the one that is promised."""
        if not self._folder.is_dir():
            return
        wanted = promised(connection)
        with _disk():
            for file in self._folder.glob("*"):
                if wanted is None or file != self._path(wanted):
                    file.unlink(missing_ok=True)
                    crash.point("desk.ready_deleted")
            if wanted is None:
                self._folder.rmdir()

    def _path(self, file: ReadyFile) -> Path:
        return self._folder / file.name


@contextmanager
def _disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno == errno.ENOSPC
        raise KnownError(ErrorKind.DISK_FULL if full else ErrorKind.STORE_UNREADABLE) from error
