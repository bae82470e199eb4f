"""One desk per profile: a lock that the operating system itself drops when its holder dies, however it dies."""

import os
import sys
from pathlib import Path
from types import TracebackType

from server_sync.domain.errors import ErrorKind, KnownError

LOCK_FILE = "lock"

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class ProfileLock:
    """Held from its making until `release` or the end of the process; usable as a context manager.

    The file stays, only the lock on it counts. Raises KnownError(PROFILE_IN_USE) when another desk holds it.
    """

    def __init__(self, profile_dir: Path) -> None:
        profile_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._handle = os.open(profile_dir / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._handle)
        except OSError:
            os.close(self._handle)
            raise KnownError(ErrorKind.PROFILE_IN_USE) from None

    def release(self) -> None:
        """Let another desk open the profile."""
        os.close(self._handle)

    def __enter__(self) -> "ProfileLock":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
