"""What both ends ask of a disk besides writing: that a name made in a folder outlives a power cut."""

import os
import sys
from pathlib import Path


def settle_folder(folder: Path) -> None:
    """Wait until names made, renamed or removed in `folder` are on the disk (Windows does so by itself)."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
