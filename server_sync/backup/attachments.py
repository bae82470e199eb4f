"""The files of attachments into a backup and back: those of complete rows, each under its id as in the server's folder.

A file never changes once it is whole, so a backup shares with the one before what both have, as hard links.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from server_sync.backup import folders
from server_sync.backup.rows import OnProgress
from server_sync.domain.disk import settle_folder
from server_sync.store.attachment_files import AttachmentFiles

_WHOLE = "whole"


def into(
    backup: Path, files: AttachmentFiles, earlier: Path | None, on_progress: OnProgress
) -> tuple[int, int]:
    """Put every whole file into a backup that is being made; returns how many files and bytes it has.

    Files that came after the rows were copied are harmless; rows without their file are the doctor's to find.
    """
    wholes = [file for file, row_id in files.wholes() if row_id is not None]
    size = 0
    for done, file in enumerate(wholes, start=1):
        place = _place(backup / folders.ATTACHMENTS, file.name)
        if _take(file, place, None if earlier is None else _place(earlier / folders.ATTACHMENTS, file.name)):
            size += place.stat().st_size
        on_progress(done, len(wholes))
    return sum(1 for _ in _files(backup)), size


def back(backup: Path, files: AttachmentFiles, on_progress: OnProgress) -> int:
    """Put a backup's files where the server looks for them, and leave those that are there; returns how many came."""
    kept = list(_files(backup))
    came = 0
    for done, file in enumerate(kept, start=1):
        place = _place(files.folder, file.name)
        if not place.exists() or place.stat().st_size != file.stat().st_size:
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside = place.with_name(place.name + ".restored")
            shutil.copyfile(file, beside)
            beside.chmod(0o600)
            with beside.open("rb+") as content:
                os.fsync(content.fileno())
            beside.replace(place)
            came += 1
        on_progress(done, len(kept))
    for folder in {_place(files.folder, file.name).parent for file in kept}:
        settle_folder(folder)
    return came


def _take(file: Path, place: Path, earlier: Path | None) -> bool:
    """Link or copy one file; False when it was removed meanwhile."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        if earlier is not None and earlier.exists() and earlier.stat().st_size == file.stat().st_size:
            try:
                place.hardlink_to(earlier)
                return True
            except OSError:  # a file system without links
                pass
        shutil.copyfile(file, place)
        return True
    except FileNotFoundError:
        place.unlink(missing_ok=True)
        return False


def _files(backup: Path) -> Iterator[Path]:
    return iter(sorted((backup / folders.ATTACHMENTS / _WHOLE).glob("*/*")))


def _place(folder: Path, name: str) -> Path:
    return folder / _WHOLE / name[-2:] / name
