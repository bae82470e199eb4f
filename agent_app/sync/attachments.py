"""The bytes of attachments on their way, as a state machine (SYNC F1): what to ask, send, fetch or check next.

No thread, socket, time or randomness inside: whoever drives it carries its requests out (`carrier`) and hands the
replies back. It never waits for the rows' engine nor makes it wait: they meet in the store alone.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from agent_app.ports import SEALED_BLOCK, SealedFiles
from agent_app.store import attachments
from agent_app.store.attachments import FileState, LocalFile
from agent_app.store.changes import StoreChanges
from server_sync.domain import crash
from server_sync.domain.clock import SECOND
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import AttachmentState

ORIGIN = "transfers"
PIECE = 16 * SEALED_BLOCK
"""Bytes sent or fetched at once: what a bad line may lose, and no more than a server takes."""
MOST_KEPT = 1 << 30
KEPT_SHARE = 4
MOST_TRIES = 8
FIRST_WAIT = 2 * SECOND

# The server is away, or will have nothing of this desk: no file's fault.
_AWAY = frozenset(
    {
        ErrorKind.OFFLINE,
        ErrorKind.NOT_A_SERVER,
        ErrorKind.SERVER_BUSY,
        ErrorKind.TOO_MANY_TRIES,
        ErrorKind.TOKEN_INVALID,
        ErrorKind.ACCOUNT_DISABLED,
        ErrorKind.DEVICE_REVOKED,
        ErrorKind.UPGRADE_NEEDED,
    }
)
# Trying again would change nothing.
_FINAL = frozenset(
    {
        ErrorKind.FILE_TYPE_REFUSED,
        ErrorKind.TOO_LARGE,
        ErrorKind.NOT_PERMITTED,
        ErrorKind.DISK_FULL,
        ErrorKind.STORE_UNREADABLE,
    }
)


_KEPT: dict[str, Any] = {"state": FileState.KEPT, "tries": 0, "retry_at": 0, "error": None}


@dataclass(frozen=True)
class _OfFile:
    number: int
    file: LocalFile


@dataclass(frozen=True)
class _OfPiece(_OfFile):
    offset: int
    size: int


class Ask(_OfFile):
    """How much of a file does the server have?"""


class Send(_OfPiece):
    """Send `size` bytes of a file from `offset` on; none at its end makes up for an end that was cut off."""


class Fetch(_OfPiece):
    """Fetch `size` bytes of a file from `offset` on into its sealed file."""


class Check(_OfFile):
    """Is what was fetched the file that was announced? Asks nobody: it reads the sealed file."""


@dataclass(frozen=True)
class Standing:
    """The server has `offset` bytes; `complete` when it has verified all of them."""

    number: int
    offset: int
    complete: bool


@dataclass(frozen=True)
class Fetched:
    """The sealed file now has `offset` bytes."""

    number: int
    offset: int


@dataclass(frozen=True)
class Checked:
    """Whether it is."""

    number: int
    intact: bool


Request = Ask | Send | Fetch | Check
Reply = Standing | Fetched | Checked


class Transfers:
    """The queue of one desk, one request at a time. Single-threaded: every method runs on the store's thread, in the
    caller's transaction, which writes unless said otherwise."""

    def __init__(self, files: SealedFiles) -> None:
        self._files = files
        self._number = 0
        self._waiting_for: Request | None = None
        # what the server has, as far as it was asked since the last failure
        self._offsets: dict[bytes, int] = {}

    def start(self, connection: Connection) -> None:
        """Once, before anything is attached: clear away what a kill left behind."""
        attachments.abandon_unfinished(connection)
        self.begin_round(connection)

    def begin_round(self, connection: Connection) -> StoreChanges | None:
        """Look at rows and files anew; files whose key is gone go from the disk (SYNC L2)."""
        touched = attachments.reconcile(connection)
        touched |= attachments.forget_least_looked_at(connection, self._room(connection))
        for name in sorted(self._files.names() - attachments.names(connection)):
            self._files.remove(name)
            crash.point("desk.attachment_file_removed")
        return _changed(touched) if touched else None

    def next_request(self, connection: Connection, now: int) -> Request | None:
        """What to do now; None when there is nothing. One that got no reply is simply asked for again. Reads only."""
        self._waiting_for = None
        found = attachments.due(connection, now, 1)
        if found:
            self._number += 1
            self._waiting_for = self._request(found[0])
        return self._waiting_for

    def receive(self, connection: Connection, reply: Reply, now: int) -> StoreChanges | None:
        """Take a reply; one to another request than the last, or about a file that is gone, is ignored (SYNC P5)."""
        request = self._waiting_for
        if request is None or reply.number != request.number:
            return None
        self._waiting_for = None
        file = attachments.load(connection, request.file.attachment_id)
        if file is None or file.name != request.file.name or file.state is not request.file.state:
            return None
        match reply:
            case Standing():
                self._sent(connection, file, reply, now)
            case Fetched():
                _got_on(connection, file, reply.offset)
            case Checked():
                self._checked(connection, file, reply.intact, now)
        return _changed({file.customer_id})

    def failed(self, connection: Connection, error: KnownError, now: int) -> tuple[StoreChanges | None, bool]:
        """A request came to nothing. Returns what changed, and whether the server is away, so that others wait, too."""
        request, self._waiting_for = self._waiting_for, None
        if request is None:
            return None, error.kind in _AWAY
        self._offsets.pop(request.file.attachment_id, None)
        if error.kind in _AWAY:
            return None, True
        file = attachments.load(connection, request.file.attachment_id)
        if file is None or file.name != request.file.name:
            return None, False
        self._blame(connection, file, error, now)
        return _changed({file.customer_id}), False

    def _room(self, connection: Connection) -> int:
        """Bytes for what could be fetched again: a share of the disk as it would be without them, and no more than
        MOST_KEPT."""
        return min(MOST_KEPT, (self._files.free() + attachments.kept_bytes(connection)) // KEPT_SHARE)

    def _request(self, file: LocalFile) -> Request:
        if file.state is FileState.FETCHING:
            if file.position >= file.size:
                return Check(self._number, file)
            offset = file.position - file.position % SEALED_BLOCK
            return Fetch(self._number, file, offset, min(PIECE, file.size - offset))
        offset_there = self._offsets.get(file.attachment_id)
        if offset_there is None:
            return Ask(self._number, file)
        return Send(self._number, file, offset_there, min(PIECE, file.size - offset_there))

    def _sent(self, connection: Connection, file: LocalFile, reply: Standing, now: int) -> None:
        """The server has so much. Only its row, pulled like any other, says for good that it is complete: until it
        comes the server is asked later and later. The file of a dossier that has left goes at once."""
        crash.point("desk.attachment_piece_sent")
        if not reply.complete:
            self._offsets[file.attachment_id] = reply.offset
            _got_on(connection, file, reply.offset)
            return
        self._offsets.pop(file.attachment_id, None)
        state = attachments.server_state(connection, file.attachment_id)
        if state is None:
            attachments.forget(connection, file.attachment_id)
        elif state == AttachmentState.COMPLETE:
            attachments.change(connection, file.attachment_id, position=file.size, **_KEPT)
        else:
            later = {"tries": file.tries + 1, "retry_at": now + _wait(file.tries + 1)}
            attachments.change(connection, file.attachment_id, position=file.size, **later)

    def _checked(self, connection: Connection, file: LocalFile, intact: bool, now: int) -> None:
        if intact:
            attachments.change(connection, file.attachment_id, **_KEPT)
            crash.point("desk.attachment_fetched")
        else:
            self._blame(connection, file, KnownError(ErrorKind.FILE_DAMAGED), now)

    def _blame(self, connection: Connection, file: LocalFile, error: KnownError, now: int) -> None:
        """This file's own trouble: try it again later and later, or give it up; the others go on (SYNC P3)."""
        sending = file.state is FileState.SENDING
        tries = file.tries + 1
        values: dict[str, Any] = {"tries": tries, "retry_at": now + _wait(tries)}
        if error.kind is ErrorKind.NOT_FOUND and sending:
            # Refused and settled, or taken back, and nothing here speaks of it any more.
            if not self._is_wanted(connection, file):
                attachments.forget(connection, file.attachment_id)
                return
        elif error.kind is ErrorKind.OFFSET_WRONG and sending:
            values["retry_at"] = now if tries == 1 else now + _wait(tries)
        elif error.kind in _FINAL or error.kind is ErrorKind.NOT_FOUND or _is_worn(error, sending, tries):
            values |= {"state": FileState.REFUSED if sending else FileState.FAILED, "error": error.kind.value}
        if error.kind is ErrorKind.FILE_DAMAGED:
            values |= {"position": 0, "error": error.kind.value}
        attachments.change(connection, file.attachment_id, **values)

    def _is_wanted(self, connection: Connection, file: LocalFile) -> bool:
        state = attachments.server_state(connection, file.attachment_id)
        return state is not None or attachments.is_recorded(connection, file)


def _got_on(connection: Connection, file: LocalFile, position: int) -> None:
    """The way is free again; but what arrived damaged before is not forgotten before it arrives whole."""
    tries = file.tries if file.error else 0
    attachments.change(connection, file.attachment_id, position=position, tries=tries, retry_at=0)


def _is_worn(error: KnownError, sending: bool, tries: int) -> bool:
    """What a desk has to send is never given up because the server fails; what arrives damaged again and again is."""
    return tries >= MOST_TRIES and (not sending or error.kind is ErrorKind.FILE_DAMAGED)


def _wait(tries: int) -> int:
    return min(FIRST_WAIT << min(tries - 1, 20), attachments.LONGEST_WAIT)


def _changed(customers: set[bytes] | frozenset[bytes]) -> StoreChanges:
    return StoreChanges(frozenset({"attachment_file"}), frozenset(customers), ORIGIN)
