"""Ready files: a whole partition as one encrypted file, for desks that begin with it (SYNC L4). Made once for many who
ask at the same moment, kept while it is nearly new; who may have one is checked at every request.

A file's key is made with it and travels only in the reply to who may pull the partition; it stands on no disk here.
"""

import json
import logging
import os
import re
import secrets
import subprocess
import sys
import threading
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

from server_sync.domain import crash
from server_sync.domain.clock import HOUR, Clock
from server_sync.domain.commands import Actor
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import TABLES
from server_sync.domain.wire import versions
from server_sync.domain.wire.messages import Commit, ReadyReply, ReadyRequest
from server_sync.store.database import Database
from server_sync.sync import ready_writer, truth
from server_sync.sync.page import Place
from server_sync.sync.pull import allowed_places

logger = logging.getLogger(__name__)

LEAST_ROWS = 5_000
"""Fewer come as fast by pages."""
BEHIND_ROWS, BEHIND_SHARE = 2_000, 0.05
"""So far behind the head a file is still good: the rest comes by pages."""
KEPT = 2 * HOUR
"""How long a file stays after it was last asked for."""
MOST_BYTES = 4 << 30
MAKING_SECONDS = 600
_SUFFIX = ".ready"
_NAME = re.compile(r"([0-9]{1,12})-[0-9]{1,16}-[0-9a-f]{16}")


@dataclass(frozen=True)
class Made:
    """A file that is whole, and what a desk must know of it."""

    name: str
    key: bytes
    size: int
    sha256: str
    rows: int
    commit: Commit


class ReadyFiles:
    """One folder of files for one process. Any thread may use it. Other processes may work on the same folder: each has
    keys of its own, and any of them hands out the bytes."""

    def __init__(self, database: Database, folder: Path, clock: Clock) -> None:
        self.folder = folder
        self._database = database
        self._clock = clock
        self._made: dict[str, Made] = {}
        self._making: dict[str, threading.Lock] = defaultdict(threading.Lock)
        self._lock = threading.Lock()

    def answer(self, actor: Actor, device_id: bytes, request: ReadyRequest) -> ReadyReply:
        """The file of a partition, made if there is none that is nearly new; takes as long as that takes.

        Raises KnownError: NOT_PERMITTED (another device's name, or a partition that is not the person's),
        UPGRADE_NEEDED, NOT_FOUND when there is none to be had, so that the partition has to be pulled by pages.
        """
        if request.device != device_id:
            raise KnownError(ErrorKind.NOT_PERMITTED)
        if not versions.speaks(request.protocol, request.schema):
            raise KnownError(ErrorKind.UPGRADE_NEEDED, protocol=versions.PROTOCOL, schema=versions.SCHEMA)
        self._place(actor, device_id, request.partition)
        with self._lock:
            making = self._making[request.partition]
        with making:
            # Looked at again: it may have taken a while to get here.
            place = self._place(actor, device_id, request.partition)
            made = self._fit(place) or self._make(place)
        self._touch(made.name)
        return ReadyReply(
            request=request.request,
            partition=request.partition,
            name=made.name,
            key=made.key,
            size=made.size,
            sha256=made.sha256,
            rows=made.rows,
            seq=made.commit.seq,
            seen=[made.commit],
            server_now=self._clock.now(),
        )

    def size(self, actor: Actor, device_id: bytes, name: str) -> int:
        """How many bytes a file has, for who may pull its partition. Raises KnownError NOT_FOUND."""
        found = _NAME.fullmatch(name)
        if found is None:
            raise KnownError(ErrorKind.NOT_FOUND, what="file")
        with self._database.read() as connection:
            places = {place.id for place in allowed_places(connection, actor, device_id)}
        if int(found[1]) not in places:
            raise KnownError(ErrorKind.NOT_FOUND, what="file")
        self._touch(name)
        try:
            return self._path(name).stat().st_size
        except OSError:
            raise KnownError(ErrorKind.NOT_FOUND, what="file") from None

    def read(self, name: str, offset: int, size: int) -> bytes:
        """A part of a file whose `size` was asked for; nothing when it is gone."""
        try:
            with self._path(name).open("rb") as file:
                file.seek(offset)
                return file.read(size)
        except OSError:
            return b""

    def _place(self, actor: Actor, device_id: bytes, name: str) -> Place:
        with self._database.read() as connection:
            places = {place.name: place for place in allowed_places(connection, actor, device_id)}
        if name not in places:
            raise KnownError(ErrorKind.NOT_PERMITTED)
        if places[name].checksum.rows < LEAST_ROWS:
            raise KnownError(ErrorKind.NOT_FOUND, what="file")
        return places[name]

    def _fit(self, place: Place) -> Made | None:
        """The file that there is, if it is of this history and not far behind."""
        made = self._made.get(place.name)
        if made is None or not self._path(made.name).exists():
            return None
        behind = place.head - made.commit.seq
        if not 0 <= behind <= max(BEHIND_ROWS, place.checksum.rows * BEHIND_SHARE):
            return None
        here = (place.name, made.commit.seq)
        with self._database.read() as connection:
            same = truth.tokens(connection, [here]).get(here) == made.commit.token
        return made if same and made.commit.seq >= place.floor else None

    def _make(self, place: Place) -> Made:
        key, mark = secrets.token_bytes(32), secrets.token_hex(8)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._make_room()
            target = self.folder / f"{place.id}-{mark}.part"
            try:
                told = self._written(place, target, key)
                crash.point("server.ready_written")
                name = f"{place.id}-{told['seq']}-{mark}"
                token = bytes.fromhex(told["token"])
                made = Made(
                    name,
                    key,
                    told["size"],
                    told["sha256"],
                    told["rows"],
                    Commit(seq=told["seq"], token=token),
                )
                target.replace(self._path(name))
            finally:
                target.unlink(missing_ok=True)
        except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError) as error:
            # A desk gets the same rows by pages.
            logger.exception("no ready file was made")
            raise KnownError(ErrorKind.NOT_FOUND, what="file") from error
        crash.point("server.ready_named")
        self._made[place.name] = made
        return made

    def _written(self, place: Place, target: Path, key: bytes) -> dict[str, Any]:
        """Let the other program write it; what it says of it."""
        order = {
            **self._source(),
            "name": place.name,
            "target": str(target),
            "key": key.hex(),
            "tables": [[kind, str(name), _statement(name)] for kind, name in enumerate(TABLES)],
        }
        ran = subprocess.run(
            [sys.executable, "-P", str(Path(ready_writer.__file__))],
            input=json.dumps(order),
            capture_output=True,
            text=True,
            timeout=MAKING_SECONDS,
            check=False,
        )
        if ran.returncode:
            logger.error("the writer of ready files failed", extra={"said": ran.stderr[-2_000:]})
            raise subprocess.SubprocessError
        told: dict[str, Any] = json.loads(ran.stdout)
        return told

    def _source(self) -> dict[str, Any]:
        if self._database.is_sqlite:
            file = Path(str(self._database.url.database)).absolute()
            return {"sqlite": f"{file.as_uri()}?mode=ro"}
        _, arguments = self._database.url.get_dialect()().create_connect_args(self._database.url)
        return {"postgresql": arguments}

    def _make_room(self) -> None:
        """Delete what nobody has asked for lately, and the oldest when there is too much."""
        left = MOST_BYTES
        for file in sorted(self.folder.iterdir(), key=_age, reverse=True):
            left -= file.stat().st_size
            if left < 0 or _age(file) * 1_000 < self._clock.now() - KEPT:
                file.unlink(missing_ok=True)

    def _touch(self, name: str) -> None:
        now = self._clock.now() / 1_000
        try:
            os.utime(self._path(name), (now, now))
        except FileNotFoundError:
            return

    def _path(self, name: str) -> Path:
        return self.folder / (name + _SUFFIX)


def default_folder(database: Database) -> Path:
    """Where ready files lie: beside the SQLite file, else in the user's folder for what can be made anew."""
    if database.is_sqlite:
        file = Path(str(database.url.database))
        return file.with_name(f"{file.stem}-ready")
    import platformdirs

    name = database.url.database or "huifang"
    return Path(platformdirs.user_cache_dir("huifang", appauthor=False)) / f"{name}-ready"


def _statement(name: str) -> str:
    """What makes a table as desks have it."""
    return str(CreateTable(TABLES[name]).compile(dialect=sqlite.dialect()))


def _age(file: Path) -> float:
    """When it was last asked for; one that has just gone is the oldest."""
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0
