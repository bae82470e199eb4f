"""A large partition as one file (SYNC L4): which one, how far it has come, and what becomes of it when it does not
come; a part of the engine. Whoever drives the engine fetches the file and copies it in; nothing is touched here but the
desk's state."""

import re
from typing import Any

import msgspec
from sqlalchemy import Connection

from agent_app.store import cursors, staging
from agent_app.store.desk_state import recall, remember
from server_sync.domain import crash
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire import versions
from server_sync.domain.wire.messages import Commit, PullReply, ReadyReply, ReadyRequest

READY_FROM = 20_000
"""Rows; fewer come as fast by pages."""
MOST_TRIES = 3
_STATE = "ready"
# Bytes of an encrypted database: whole pages, and at least one.
_PAGE = 4096
_NAME = re.compile(r"[0-9a-f-]{1,64}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
# With these it is not the file that fails.
_ELSEWHERE = frozenset(
    {
        ErrorKind.OFFLINE,
        ErrorKind.NOT_A_SERVER,
        ErrorKind.SERVER_BUSY,
        ErrorKind.TOKEN_INVALID,
        ErrorKind.ACCOUNT_DISABLED,
        ErrorKind.DEVICE_REVOKED,
        ErrorKind.UPGRADE_NEEDED,
        ErrorKind.DISK_FULL,
        ErrorKind.STORE_UNREADABLE,
        ErrorKind.STORE_DAMAGED,
    }
)


class ReadyFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was promised: its key is in the store and nowhere else on this computer."""

    partition: str
    name: str
    key: str
    size: int
    sha256: str
    rows: int
    seq: int
    token: str


class _State(msgspec.Struct, kw_only=True):
    """`wanted`: the partition whose turn it is; `file`: what was promised of it; `refused`: these come by pages."""

    wanted: str = ""
    file: ReadyFile | None = None
    tries: int = 0
    refused: list[str] = []


class _OfFile(msgspec.Struct, frozen=True, kw_only=True):
    request: int
    file: ReadyFile


class Fetch(_OfFile, frozen=True, kw_only=True):
    """Fetch the next piece of the file, behind what is there."""


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """So many bytes of it are there, `more` of them just now."""

    request: int
    length: int
    more: int


class Check(_OfFile, frozen=True, kw_only=True):
    """Compare length and SHA-256 of the whole file."""


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it; what is not intact is gone."""

    request: int
    intact: bool


class Copy(_OfFile, frozen=True, kw_only=True):
    """Copy one piece of the file into staging, in a transaction of its own; each may be copied again."""

    piece: int


class Copied(msgspec.Struct, frozen=True, kw_only=True):
    """`over`: it was the last. `unknown`: the file has tables or columns that this program does not know (SYNC V2)."""

    request: int
    over: bool
    unknown: bool


Asked = ReadyRequest | Fetch | Check | Copy
Answered = ReadyReply | Fetched | Checked | Copied


class Ready:
    """Its state is in the store, so that a restart goes on where it was; only the check and the copy begin anew: a
    power cut may have taken of the file what was there."""

    def __init__(self, least: int) -> None:
        self._least = least
        self._length = 0
        self._checked = False
        self._piece = 0

    def consider(self, connection: Connection, reply: PullReply) -> None:
        """After a page into staging: is so much left of a partition that it should come as a file?"""
        state = _load(connection)
        if state.wanted:
            return
        left = {
            name: min(commits[-1].seq - reply.cursor.get(name, 0), reply.rows)
            for name, commits in reply.seen.items()
            if name not in state.refused
        }
        largest = max(left, key=lambda name: left[name], default=None)
        if largest is not None and left[largest] >= self._least:
            state.wanted = largest
            state.tries = 0
            _save(connection, state)

    def next(self, connection: Connection, numbers: dict[str, Any]) -> Asked | None:
        """What to ask for now; None when everything is left to pages."""
        state = _load(connection)
        request = numbers["request"]
        if not state.wanted or not staging.is_open(connection):
            return None
        if state.file is None:
            return ReadyRequest(**numbers, partition=state.wanted)
        if self._checked:
            return Copy(request=request, file=state.file, piece=self._piece)
        if self._length < state.file.size:
            return Fetch(request=request, file=state.file)
        return Check(request=request, file=state.file)

    def receive(self, connection: Connection, asked: Asked, reply: Answered) -> bool:
        """Take what came of it; whether it was an answer to what was asked."""
        state = _load(connection)
        match asked, reply:
            case ReadyRequest(), ReadyReply():
                self._promised(state, asked, reply)
                crash.point("desk.ready_promised")
            case Fetch(), Fetched():
                self._length = reply.length
                return True
            case Check(), Checked():
                self._length = 0
                self._checked = reply.intact
                if not reply.intact:
                    self._again(state)
                crash.point("desk.ready_checked")
            case Copy(), Copied():
                self._piece += 1
                if reply.unknown:
                    remember(connection, "passed_over_under", versions.SCHEMA)
                if reply.over:
                    self._over(connection, state, asked.file)
            case _:
                return False
        _save(connection, state)
        return True

    def failed(self, connection: Connection, error: KnownError) -> bool:
        """What was asked came to nothing; whether to go on at once, another way."""
        if error.kind in _ELSEWHERE:
            return False
        state = _load(connection)
        if state.file is None and error.kind is not ErrorKind.SERVER_FAILED:
            # A server that does not know of such files, or has none of this partition.
            self._refuse(state)
        else:
            self._again(state)
        _save(connection, state)
        return True

    def forget(self, connection: Connection) -> None:
        """Staging begins anew, or is over."""
        self._begin_file()
        _save(connection, _State())

    def _promised(self, state: _State, asked: ReadyRequest, reply: ReadyReply) -> None:
        fits = (
            reply.partition == asked.partition
            and _NAME.fullmatch(reply.name)
            and _SHA256.fullmatch(reply.sha256)
            and len(reply.key) == 32
            and reply.size >= _PAGE
            and len(reply.seen) == 1
            and reply.seen[0].seq == reply.seq > 0
        )
        self._begin_file()
        if not fits:
            self._refuse(state)
            return
        state.file = ReadyFile(
            partition=reply.partition,
            name=reply.name,
            key=reply.key.hex(),
            size=reply.size,
            sha256=reply.sha256,
            rows=reply.rows,
            seq=reply.seq,
            token=reply.seen[0].token.hex(),
        )

    def _over(self, connection: Connection, state: _State, file: ReadyFile) -> None:
        """All rows are in staging: go on behind them by pages."""
        commit = Commit(seq=file.seq, token=bytes.fromhex(file.token))
        cursors.reach(connection, file.partition, commit)
        crash.point("desk.ready_taken")
        self._drop(state)
        state.wanted = ""

    def _again(self, state: _State) -> None:
        """The file is of no use: ask for another, a few times."""
        self._drop(state)
        state.tries += 1
        if state.tries >= MOST_TRIES:
            self._refuse(state)

    def _refuse(self, state: _State) -> None:
        self._drop(state)
        state.refused.append(state.wanted)
        state.wanted = ""

    def _drop(self, state: _State) -> None:
        self._begin_file()
        state.file = None

    def _begin_file(self) -> None:
        self._length = self._piece = 0
        self._checked = False


def promised(connection: Connection) -> ReadyFile | None:
    """The file that is being fetched or copied: any other in the folder is of no use."""
    return _load(connection).file


def _load(connection: Connection) -> _State:
    return msgspec.convert(recall(connection, _STATE, {}), _State)


def _save(connection: Connection, state: _State) -> None:
    remember(connection, _STATE, msgspec.to_builtins(state))
