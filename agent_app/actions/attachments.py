"""The actions on attachments: attach a file in three steps that a kill may part, look at one, take one back (SYNC F1).

A file is sealed before anybody hears of it: first its key is noted, then its bytes are written, then row, outbox entry
and queue entry come in one transaction. A kill before the last leaves nothing but a file that nobody can read, which
the next start removes.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection

from agent_app.actions.desk import Desk, record
from agent_app.ports import SEALED_BLOCK, SealedFiles
from agent_app.store import attachments
from agent_app.store.attachments import FileState, LocalFile
from agent_app.store.changes import StoreChanges
from server_sync.domain import crash
from server_sync.domain.commands import AddAttachment, RemoveAttachment
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import AttachmentKind
from server_sync.domain.rules import attachments as rules

ORIGIN = "attachments"
_PIECE = 16 * SEALED_BLOCK


@dataclass(frozen=True)
class Made:
    """A file that was made here and lies nowhere yet: recorded, drawn, pasted."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Sealed:
    """A file that lies sealed beside the store: what its row will say."""

    attachment_id: bytes
    customer_id: bytes
    kind: str
    file_name: str
    media_type: str
    size: int
    sha256: str


def begin_attachment(desk: Desk, file: LocalFile) -> StoreChanges:
    """Step one, on the store's thread: note the key of a file about to be sealed."""
    with desk.store.write() as connection:
        attachments.begin(connection, file)
    crash.point("desk.attachment_begun")
    return _files_changed(file.customer_id)


def seal(
    files: SealedFiles,
    file: LocalFile,
    source: Path | Made,
    policy: Mapping[str, int],
    *,
    file_name: str = "",
    media: str = "",
    kind: AttachmentKind | None = None,
) -> Sealed:
    """Step two, away from the store's thread: read the file once, and seal it. It keeps its name unless it is given
    another `file_name`; with `media` (image, audio, video) it has to be such; `kind` where its type does not tell.

    Raises KnownError: FILE_UNREADABLE, FILE_TYPE_REFUSED {found}, ATTACHMENT_TOO_LARGE {most_megabytes}, FIELD_INVALID
    {field} for a file without content, DISK_FULL, STORE_UNREADABLE.
    """
    file_name = safe_name(file_name or source.name)
    media_type = rules.media_type_of(file_name, media)
    if media_type is None:
        raise KnownError(ErrorKind.FILE_TYPE_REFUSED, found=Path(file_name).suffix)
    kind = kind or rules.kind_of(media_type)
    try:
        with source.open("rb") if isinstance(source, Path) else BytesIO(source.content) as reading:
            size, sha256 = _sealed(files, file, reading, media_type, rules.most_bytes(policy, kind))
    except OSError as error:
        raise KnownError(ErrorKind.FILE_UNREADABLE, file=file_name) from error
    crash.point("desk.attachment_sealed")
    return Sealed(file.attachment_id, file.customer_id, kind, file_name, media_type, size, sha256)


def announcing(
    sealed: Sealed,
    now: int,
    task_id: bytes | None = None,
    attempt_id: bytes | None = None,
    response_id: bytes | None = None,
) -> AddAttachment:
    """The command that announces a sealed file, and what it belongs to besides the customer."""
    return AddAttachment(
        sealed.attachment_id,
        sealed.customer_id,
        sealed.kind,
        sealed.file_name,
        sealed.media_type,
        sealed.size,
        sealed.sha256,
        now,
        task_id,
        attempt_id,
        response_id,
    )


def finish_attachment(desk: Desk, sealed: Sealed, task_id: bytes | None = None) -> StoreChanges:
    """Step three, on the store's thread: from here on it is attached, and goes up."""

    def queue(connection: Connection) -> None:
        send(connection, sealed)
        crash.point("desk.attachment_queued")

    changes = record(desk, [announcing(sealed, desk.clock.now(), task_id)], ORIGIN, also=queue)
    crash.point("desk.attachment_recorded")
    return changes.merged(_files_changed(sealed.customer_id))


def send(connection: Connection, sealed: Sealed) -> None:
    """Queue a file, in the transaction that announces it."""
    attachments.change(
        connection, sealed.attachment_id, state=FileState.SENDING, size=sealed.size, sha256=sealed.sha256
    )


def abandon_attachment(desk: Desk, file: LocalFile | Sealed) -> StoreChanges:
    """It was not to be: the key goes, and the next round removes the file."""
    with desk.store.write() as connection:
        attachments.forget(connection, file.attachment_id)
    return _files_changed(file.customer_id)


def remove_attachment(desk: Desk, attachment_id: bytes, customer_id: bytes) -> StoreChanges:
    """Take a file back."""
    return record(desk, [RemoveAttachment(attachment_id, customer_id, desk.clock.now())], ORIGIN)


def fetch_attachment(desk: Desk, file: LocalFile) -> StoreChanges:
    """Have a file come from the server, in place of one that failed to come or was found damaged here; one that is on
    its way, or that the server does not have, is left as it is."""
    with desk.store.write() as connection:
        there = attachments.load(connection, file.attachment_id)
        if there is None or there.state in (FileState.FAILED, FileState.KEPT):
            attachments.begin(connection, file)
    return _files_changed(file.customer_id)


def cancel_fetch(desk: Desk, attachment_id: bytes, customer_id: bytes) -> StoreChanges:
    """It need not come any more; what has come goes."""
    with desk.store.write() as connection:
        there = attachments.load(connection, attachment_id)
        if there is not None and there.state in (FileState.FETCHING, FileState.FAILED):
            attachments.forget(connection, attachment_id)
    return _files_changed(customer_id)


def send_again(desk: Desk, attachment_id: bytes, customer_id: bytes) -> StoreChanges:
    """Offer the server once more what it refused."""
    with desk.store.write() as connection:
        there = attachments.load(connection, attachment_id)
        if there is not None and there.state is FileState.REFUSED:
            values = {"state": FileState.SENDING, "position": 0, "tries": 0, "retry_at": 0, "error": None}
            attachments.change(connection, attachment_id, **values)
    return _files_changed(customer_id)


def note_look(desk: Desk, attachment_id: bytes) -> StoreChanges:
    """Somebody looks at a file that is here: what was looked at last stays longest. No screen shows that."""
    with desk.store.write() as connection:
        attachments.change(connection, attachment_id, looked_at=desk.clock.now())
    return StoreChanges(frozenset(), frozenset(), ORIGIN)


def content(files: SealedFiles, file: LocalFile) -> bytes:
    """All of a file that is here, in memory. Raises KnownError FILE_DAMAGED, STORE_UNREADABLE."""
    whole = files.read(file.name, file.key, 0, file.size)
    if len(whole) != file.size:
        raise KnownError(ErrorKind.FILE_DAMAGED)
    return whole


def save_copy(files: SealedFiles, file: LocalFile, target: Path) -> None:
    """Write a file that is here where a person wants it, readable for everybody who can read there; all or nothing.

    Raises KnownError FILE_DAMAGED, STORE_UNREADABLE, FILE_UNWRITABLE.
    """
    beside = target.with_name(f".{target.name}.{file.name}")
    try:
        try:
            with beside.open("xb") as writing:
                for written in range(0, file.size, _PIECE):
                    piece = files.read(file.name, file.key, written, _PIECE)
                    if len(piece) != min(_PIECE, file.size - written):
                        raise KnownError(ErrorKind.FILE_DAMAGED)
                    writing.write(piece)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise KnownError(ErrorKind.FILE_UNWRITABLE, file=target.name) from error


def safe_name(name: str) -> str:
    """A file's name as any computer takes it: unsafe characters become "_", and it is cut before its ending."""
    plain = rules.UNSAFE_NAME.sub("_", name).strip().rstrip(".")
    stem, dot, suffix = plain.rpartition(".")
    stem = (stem or "_")[: rules.LONGEST_NAME - len(suffix) - 1].rstrip()
    if rules.RESERVED_NAME.fullmatch(stem):
        stem = f"_{stem}"
    return f"{stem}{dot}{suffix}"


def _sealed(
    files: SealedFiles, file: LocalFile, reading: BinaryIO, media_type: str, most: int
) -> tuple[int, str]:
    """Seal what is read; returns its length and SHA-256."""
    total, size = hashlib.sha256(), 0
    while piece := reading.read(_PIECE):
        if size == 0 and not rules.looks_like(media_type, piece):
            raise KnownError(ErrorKind.FILE_TYPE_REFUSED, found=media_type)
        if size + len(piece) > most:
            raise KnownError(ErrorKind.ATTACHMENT_TOO_LARGE, most_megabytes=most // rules.MEGABYTE)
        files.write(file.name, file.key, size, piece)
        total.update(piece)
        size += len(piece)
    if not size:
        raise KnownError(ErrorKind.FIELD_INVALID, field="size")
    return size, total.hexdigest()


def _files_changed(customer_id: bytes) -> StoreChanges:
    return StoreChanges(frozenset({"attachment_file"}), frozenset({customer_id}), ORIGIN)
