"""Writing small files so that a power cut leaves the old content or the new, never half of it; what a disk's errors are
called."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server_sync.domain.disk import settle_folder
from server_sync.domain.errors import ErrorKind, KnownError


@contextmanager
def disk_errors() -> Iterator[None]:
    """What the disk refuses in the block is a KnownError: DISK_FULL, else STORE_UNREADABLE."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise KnownError(ErrorKind.DISK_FULL if full else ErrorKind.STORE_UNREADABLE) from error


def write_atomically(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Replace `path` by `content` and wait for the disk; only its owner may read it unless `mode` differs."""
    beside = path.with_name(path.name + ".new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    settle_folder(path.parent)
