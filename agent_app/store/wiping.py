"""Deleting a profile for good: the key first, so that what is left is unreadable whatever happens next (SYNC E4).

A wipe that was begun is finished by whoever opens the profile next.
"""

import shutil
from pathlib import Path

from agent_app.host.files import write_atomically
from agent_app.host.single_instance import LOCK_FILE
from agent_app.ports import Keystore
from server_sync.domain.disk import settle_folder

MARK = "wiped"


def begin(profile_dir: Path, keystore: Keystore) -> None:
    """Note that this profile goes, and forget its key; nothing can be read any more afterwards."""
    write_atomically(profile_dir / MARK, b"")
    keystore.forget()


def finish(profile_dir: Path) -> None:
    """Delete every file of a profile. The store has been closed. What is in use stays until the next time."""
    for item in profile_dir.iterdir():
        if item.name in (MARK, LOCK_FILE):
            continue
        if item.is_dir():
            shutil.rmtree(item, ignore_errors=True)
        else:
            try:
                item.unlink()
            except OSError:
                continue
    if {item.name for item in profile_dir.iterdir()} <= {MARK, LOCK_FILE}:
        (profile_dir / MARK).unlink(missing_ok=True)
    settle_folder(profile_dir)


def is_begun(profile_dir: Path) -> bool:
    """Whether a wipe of this profile was begun and not finished."""
    return (profile_dir / MARK).exists()
