"""What a backup is on the disk: a folder with a SQLite file of all rows, the attachments and a manifest.

A backup that is being made has a name of its own and takes its final one only when it is whole and verified.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from server_sync.domain.clock import DAY
from server_sync.domain.disk import settle_folder
from server_sync.domain.errors import ErrorKind, KnownError

FORMAT = 1
"""1  2026-11-22  a SQLite file, a folder of attachments, this manifest."""

ROWS_FILE = "huifang.db"
ATTACHMENTS = "attachments"
_MANIFEST = "manifest.json"
_PREFIX = "huifang-"
_UNFINISHED = ".unfinished"


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds. `schema` is the revision of its rows, `source` the kind of database that they come from,
    `rows` counts them by table; `attachments` are counted as files and bytes."""

    format: int
    made_at: int
    schema: str
    source: str
    rows: dict[str, int]
    sha256: str
    attachments: int = 0
    attachment_bytes: int = 0


@contextmanager
def unfinished(place: Path, made_at: int) -> Iterator[Path]:
    """A new folder for a backup below `place`; it is gone again unless `finish` was called before the block ended.

    What an earlier program left behind when it was killed goes a day later. Raises KnownError FILE_UNWRITABLE.
    """
    stamp = datetime.fromtimestamp(made_at / 1000, UTC).strftime("%Y%m%d-%H%M%S")
    folder = place / f"{_PREFIX}{stamp}{_UNFINISHED}"
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in place.glob(f"{_PREFIX}*{_UNFINISHED}"):
            if left.stat().st_mtime * 1000 < made_at - DAY:
                shutil.rmtree(left, ignore_errors=True)
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise KnownError(ErrorKind.FILE_UNWRITABLE, file=str(place), why=type(error).__name__) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def finish(folder: Path, manifest: Manifest) -> Path:
    """Write the manifest, wait for the disk, and give a whole backup its final name, which is returned."""
    (folder / _MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
    for below, _, names in os.walk(folder):
        for name in names:
            with (Path(below) / name).open("rb+") as file:
                os.fsync(file.fileno())
        settle_folder(Path(below))
    final = folder.with_name(folder.name.removesuffix(_UNFINISHED))
    folder.rename(final)
    settle_folder(final.parent)
    return final


def find(path: Path) -> Path:
    """The backup at a path: the folder itself, or the newest one in it. Raises KnownError FILE_UNREADABLE {file}."""
    if (path / _MANIFEST).is_file():
        return path
    found = finished(path)
    if not found:
        raise KnownError(ErrorKind.FILE_UNREADABLE, file=str(path))
    return found[-1]


def finished(place: Path) -> list[Path]:
    """The whole backups in a folder of backups, the oldest first."""
    return sorted(
        one.parent for one in place.glob(f"{_PREFIX}*/{_MANIFEST}") if one.parent.suffix != _UNFINISHED
    )


def read_manifest(backup: Path) -> Manifest:
    """What a backup says of itself.

    Raises KnownError FILE_UNREADABLE {file}, STORE_TOO_NEW {found, known} for a format that a later program made.
    """
    try:
        content = (backup / _MANIFEST).read_bytes()
        found = msgspec.json.decode(content)["format"]
        if isinstance(found, int) and found > FORMAT:
            raise KnownError(ErrorKind.STORE_TOO_NEW, found=str(found), known=str(FORMAT))
        return msgspec.json.decode(content, type=Manifest)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise KnownError(ErrorKind.FILE_UNREADABLE, file=str(backup / _MANIFEST)) from error


def remove_older(place: Path, keep: int) -> list[Path]:
    """Remove all but the newest `keep` backups; returns which."""
    old = finished(place)[: -keep or None]
    for backup in old:
        shutil.rmtree(backup)
    return old


def sha256_of(file: Path) -> str:
    """The hash of a file's content, as hex."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
