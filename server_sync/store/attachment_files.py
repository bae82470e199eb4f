"""The bytes of attachments in a folder beside the database: pieces as they come, then whole and verified (SYNC F1).

Which row a file belongs to and who may touch it is the business of the floors above. Several processes may work on one
folder: what counts as whole is only ever a copy that nobody else writes to.

    <folder>/parts/<id>          what has arrived so far; its length is the upload's offset
    <folder>/parts/<id>.<new>    a copy that is being verified
    <folder>/whole/<xx>/<id>     verified; xx are the last two digits of the id
"""

import hashlib
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server_sync.domain import crash
from server_sync.domain.disk import settle_folder
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import Ids
from server_sync.store.database import Database

logger = logging.getLogger(__name__)

VARIABLE = "HUIFANG_ATTACHMENTS"
BUSY_SECONDS = 30
_COPY_BYTES = 1 << 20


def default_folder(database: Database) -> Path:
    """Where attachments lie unless told otherwise: `VARIABLE`, beside the SQLite file, else the user's data folder."""
    given = os.environ.get(VARIABLE)
    if given:
        return Path(given)
    if database.is_sqlite:
        file = Path(str(database.url.database))
        return file.with_name(f"{file.stem}-attachments")
    import platformdirs

    name = database.url.database or "huifang"
    return Path(platformdirs.user_data_dir("huifang", appauthor=False)) / f"{name}-attachments"


class AttachmentFiles:
    """One folder of files, each under the id of its row. Any thread may use it.

    Trouble with the disk is KnownError SERVER_BUSY {seconds}: desks come back, and lose nothing.
    """

    def __init__(self, folder: Path, ids: Ids) -> None:
        self.folder = folder
        self._parts = folder / "parts"
        self._whole = folder / "whole"
        self._ids = ids

    def offset(self, attachment_id: bytes) -> int:
        """How many bytes of a file have arrived."""
        with _disk():
            return _length(self._part(attachment_id))

    def head(self, attachment_id: bytes, most: int) -> bytes:
        """Its first bytes, as far as they have arrived."""
        with _disk():
            try:
                with self._part(attachment_id).open("rb") as file:
                    return file.read(most)
            except FileNotFoundError:
                return b""

    def append(self, attachment_id: bytes, offset: int, piece: bytes) -> int:
        """Put a piece where the last one ended, on the disk on return; returns the new offset.

        Raises KnownError OFFSET_WRONG {offset} when the file ends elsewhere. Two at once may both write: nothing is
        taken for whole before its sum was.
        """
        with _disk():
            self._make(self._parts)
            handle = os.open(self._part(attachment_id), os.O_WRONLY | os.O_CREAT | _BINARY, 0o600)
            with os.fdopen(handle, "wb") as file:
                length = file.seek(0, os.SEEK_END)
                if length != offset:
                    raise KnownError(ErrorKind.OFFSET_WRONG, offset=length)
                file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            if offset == 0:
                settle_folder(self._parts)
            crash.point("server.attachment_appended")
            return offset + len(piece)

    def verify(self, attachment_id: bytes, size: int, sha256: str) -> bool:
        """Make a whole file of what has arrived if it is what was announced; otherwise what has arrived goes.

        True: the whole file is on the disk. The part stays until `drop_part`, so that it can be done again.
        """
        with _disk():
            copy = self._parts / f"{attachment_id.hex()}.{self._ids.new().hex()}"
            try:
                if _copy(self._part(attachment_id), copy) != (size, sha256):
                    self.drop_part(attachment_id)
                    return False
                crash.point("server.attachment_verified")
                final = self._final(attachment_id)
                self._make(final.parent)
                copy.replace(final)
                settle_folder(final.parent)
            finally:
                copy.unlink(missing_ok=True)
            crash.point("server.attachment_moved")
            return True

    def drop_part(self, attachment_id: bytes) -> None:
        """Forget what has arrived."""
        with _disk():
            self._part(attachment_id).unlink(missing_ok=True)

    def remove(self, attachment_id: bytes) -> None:
        """Forget a file in whatever state it is."""
        with _disk():
            for file in (*self._parts.glob(f"{attachment_id.hex()}*"), self._final(attachment_id)):
                file.unlink(missing_ok=True)

    def whole_size(self, attachment_id: bytes) -> int | None:
        """The length of a whole file, None when there is none."""
        with _disk():
            file = self._final(attachment_id)
            return file.stat().st_size if file.exists() else None

    def is_whole(self, attachment_id: bytes, size: int, sha256: str) -> bool:
        """Whether a whole file is there and what was announced; reads all of it."""
        with _disk():
            file = self._final(attachment_id)
            if not file.exists() or file.stat().st_size != size:
                return False
            with file.open("rb") as content:
                return hashlib.file_digest(content, "sha256").hexdigest() == sha256

    def read(self, attachment_id: bytes, offset: int, size: int) -> bytes:
        """A part of a whole file. Raises KnownError NOT_FOUND when it is not there."""
        with _disk():
            try:
                with self._final(attachment_id).open("rb") as file:
                    file.seek(offset)
                    return file.read(size)
            except FileNotFoundError:
                raise KnownError(ErrorKind.NOT_FOUND, table="attachment") from None

    def parts(self) -> Iterator[tuple[Path, bytes | None]]:
        """Every file that has not become whole, with the id of its row; None for a copy or a stranger."""
        return _named(self._parts, "*")

    def wholes(self) -> Iterator[tuple[Path, bytes | None]]:
        """Every whole file with the id of its row; None for a stranger."""
        return _named(self._whole, "*/*")

    def _part(self, attachment_id: bytes) -> Path:
        return self._parts / attachment_id.hex()

    def _final(self, attachment_id: bytes) -> Path:
        name = attachment_id.hex()
        return self._whole / name[-2:] / name

    def _make(self, folder: Path) -> None:
        """A folder, with its name on the disk, readable by its owner alone."""
        if not folder.is_dir():
            folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
            settle_folder(folder.parent)
            settle_folder(folder.parent.parent)


_BINARY = getattr(os, "O_BINARY", 0)


@contextmanager
def _disk() -> Iterator[None]:
    """A full or missing disk is trouble that passes, or that the administrator ends: the log names it."""
    try:
        yield
    except OSError as error:
        logger.error(
            "attachments: the disk refuses", extra={"error": type(error).__name__, "code": error.errno}
        )
        raise KnownError(ErrorKind.SERVER_BUSY, seconds=BUSY_SECONDS) from error


def _length(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def _copy(source: Path, target: Path) -> tuple[int, str]:
    """Copy to a new file, on the disk on return; returns length and SHA-256 of what was written."""
    total, length = hashlib.sha256(), 0
    with source.open("rb") as reading, target.open("xb") as writing:
        while piece := reading.read(_COPY_BYTES):
            total.update(piece)
            length += len(piece)
            writing.write(piece)
        writing.flush()
        os.fsync(writing.fileno())
    return length, total.hexdigest()


def _named(folder: Path, pattern: str) -> Iterator[tuple[Path, bytes | None]]:
    for file in sorted(folder.glob(pattern)):
        try:
            row_id = bytes.fromhex(file.name)
        except ValueError:
            row_id = b""
        yield file, row_id if len(row_id) == 16 else None
