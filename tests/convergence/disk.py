"""Folders for what lies on disks beside the databases: files of attachments on either end, in memory where the machine
has a place for that; what stands in them is others' part."""

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

_MEMORY = Path("/dev/shm")
_root: list[Path] = []


def use(root: Path) -> None:
    """Let this process keep its folders in one that somebody else removes."""
    _root.append(root)


def new_root() -> Path:
    """A folder for several processes."""
    return Path(tempfile.mkdtemp(prefix="huifang-simtest-", dir=_MEMORY if _MEMORY.is_dir() else None))


def empty(name: str) -> Path:
    """One of this process's folders, with nothing in it; made only when something is put there."""
    folder = _own() / name
    if folder.exists():
        shutil.rmtree(folder)
    return folder


@cache
def _own() -> Path:
    if _root:
        folder = _root[-1] / str(os.getpid())
        folder.mkdir()
        return folder
    folder = new_root()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def content_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path there."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def fill(folder: Path, content: dict[str, bytes]) -> None:
    """Let a folder hold these files, and nothing else."""
    if folder.exists():
        shutil.rmtree(folder)
    for name, held in content.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(held)
