"""The bytes of attachments between desk and folder: who may send or fetch them, and when they are whole (SYNC F1).

The row comes first, by push; this is the road behind it, in the shape of tus 1.0. Only what has the announced length
and SHA-256, and begins like its type, ever becomes "complete".
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, exists, select

from server_sync.domain.commands import Actor, Change, Rejected, Update
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import AttachmentState, attachment
from server_sync.domain.rules.attachments import HEAD_BYTES, looks_like
from server_sync.store import job_table, partitions
from server_sync.store.attachment_files import AttachmentFiles
from server_sync.store.attachment_rows import COMPLETE, complete
from server_sync.store.audit import Record, record
from server_sync.store.database import Database
from server_sync.store.job_table import Job
from server_sync.store.tables import dossier, partition
from server_sync.store.transaction import Transaction

REMOVE = "remove_attachment_bytes"


@dataclass(frozen=True)
class Standing:
    """How far a file has come: `offset` of `size` bytes are there; `complete` when they are what was announced."""

    offset: int
    size: int
    complete: bool


@dataclass(frozen=True)
class Whole:
    """A complete file: its id, length and SHA-256."""

    id: bytes
    size: int
    sha256: str


class Attachments:
    """The road of the bytes, for one process. Any thread may use it; nothing here waits for the writer but the last
    step of a file."""

    def __init__(self, database: Database, files: AttachmentFiles) -> None:
        self._database = database
        self._files = files

    def standing(self, actor: Actor, device_id: bytes, attachment_id: bytes) -> Standing:
        """How far a file has come. Raises KnownError NOT_FOUND for whom it does not concern."""
        return self._standing(self._row(actor, device_id, attachment_id))

    def take(
        self, actor: Actor, device_id: bytes, attachment_id: bytes, offset: int, piece: bytes, now: int
    ) -> Standing:
        """Take the next piece from who announced the file; it is on the disk on return. The last one makes it complete.

        An empty piece at the end makes up for an end that was cut off. Raises KnownError: NOT_FOUND, NOT_PERMITTED,
        OFFSET_WRONG {offset}, TOO_LARGE {most}, FILE_TYPE_REFUSED {found}, FILE_DAMAGED (it begins again at 0).
        """
        row = self._row(actor, device_id, attachment_id)
        if row.created_by != actor.person_id:
            raise KnownError(ErrorKind.NOT_PERMITTED)
        if row.state == AttachmentState.COMPLETE:
            if offset != row.size or piece:
                raise KnownError(ErrorKind.OFFSET_WRONG, offset=row.size)
            return self._standing(row)
        if offset + len(piece) > row.size:
            raise KnownError(ErrorKind.TOO_LARGE, most=row.size)
        if piece or self._files.offset(attachment_id) != offset:
            offset = self._files.append(attachment_id, offset, piece)
        known = offset >= min(HEAD_BYTES, row.size)
        if known and not looks_like(row.media_type, self._files.head(attachment_id, HEAD_BYTES)):
            self._files.drop_part(attachment_id)
            self._refuse(actor, device_id, ErrorKind.FILE_TYPE_REFUSED, now)
            raise KnownError(ErrorKind.FILE_TYPE_REFUSED, found=row.media_type)
        if offset < row.size:
            return Standing(offset, row.size, complete=False)
        if not self._files.verify(attachment_id, row.size, row.sha256):
            self._refuse(actor, device_id, ErrorKind.FILE_DAMAGED, now)
            raise KnownError(ErrorKind.FILE_DAMAGED)
        return self._complete(actor, device_id, row, now)

    def whole(self, actor: Actor, device_id: bytes, attachment_id: bytes) -> Whole:
        """A complete file that this person may see. Raises KnownError NOT_FOUND."""
        with self._database.read() as connection:
            row = _find(connection, attachment_id)
            if (
                row is None
                or row.state != AttachmentState.COMPLETE
                or not _may_see(connection, actor, device_id, row)
            ):
                raise KnownError(ErrorKind.NOT_FOUND, table="attachment")
        if self._files.whole_size(attachment_id) != row.size:
            raise KnownError(ErrorKind.NOT_FOUND, table="attachment")
        return Whole(attachment_id, row.size, row.sha256)

    def read(self, whole: Whole, offset: int, size: int) -> bytes:
        """A part of a file that was asked for by `whole`."""
        return self._files.read(whole.id, offset, size)

    def _row(self, actor: Actor, device_id: bytes, attachment_id: bytes) -> Row[*tuple[Any, ...]]:
        """The row for who may see its customer, and for who announced it: what he recorded goes up even after the
        dossier has left his desk (SYNC L2). Out of sight is "not found"."""
        with self._database.read() as connection:
            row = _find(connection, attachment_id)
            if row is None or row.state == AttachmentState.REMOVED:
                raise KnownError(ErrorKind.NOT_FOUND, table="attachment")
            if row.created_by != actor.person_id and not _may_see(connection, actor, device_id, row):
                raise KnownError(ErrorKind.NOT_FOUND, table="attachment")
            return row

    def _standing(self, row: Row[*tuple[Any, ...]]) -> Standing:
        complete = row.state == AttachmentState.COMPLETE
        return Standing(row.size if complete else self._files.offset(row.id), row.size, complete)

    def _complete(self, actor: Actor, device_id: bytes, row: Row[*tuple[Any, ...]], now: int) -> Standing:
        """The bytes are safe under their final name: say so to everybody. Twice is once."""
        with self._database.write(now) as tx:
            asked_for = complete(tx, row.id, row.customer_id, actor.person_id, device_id)
        if not asked_for:
            self._files.remove(row.id)
            raise KnownError(ErrorKind.NOT_FOUND, table="attachment")
        self._files.drop_part(row.id)
        return Standing(row.size, row.size, complete=True)

    def _refuse(self, actor: Actor, device_id: bytes, kind: ErrorKind, now: int) -> None:
        with self._database.write(now) as tx:
            record(tx, [Record(actor.person_id, COMPLETE, Rejected(kind, {}), device_id)])


def forget_removed(tx: Transaction, made: Sequence[Change]) -> None:
    """An effect of commands: the bytes of an attachment that was taken back go, by a job."""
    gone = [
        one.row_id.hex()
        for one in made
        if isinstance(one, Update)
        and one.table == attachment.name
        and one.values.get("state") == AttachmentState.REMOVED
    ]
    job_table.enqueue(tx, [Job(REMOVE, {"attachment": name}, tx.now, f"{REMOVE}:{name}") for name in gone])


def remover(files: AttachmentFiles) -> Callable[[Transaction, Mapping[str, Any]], None]:
    """What does that job."""

    def remove(tx: Transaction, payload: Mapping[str, Any]) -> None:
        files.remove(bytes.fromhex(payload["attachment"]))

    return remove


def _find(connection: Connection, attachment_id: bytes) -> Row[*tuple[Any, ...]] | None:
    return connection.execute(_ROW.where(attachment.c.id == attachment_id)).first()


def _may_see(connection: Connection, actor: Actor, device_id: bytes, row: Row[*tuple[Any, ...]]) -> bool:
    """Whether the dossier is in a partition that this person may pull (SYNC S2, S3)."""
    held = exists().where(
        dossier.c.customer_id == row.customer_id,
        dossier.c.partition == partition.c.id,
        partitions.allowed(actor.role),
    )
    return bool(connection.scalar(select(held), partitions.allowed_values(actor, device_id)))


_ROW = select(
    attachment.c.id,
    attachment.c.customer_id,
    attachment.c.state,
    attachment.c.media_type,
    attachment.c.size,
    attachment.c.sha256,
    attachment.c.created_by,
)
