"""Files that are dropped on the room, and which kinds a form can come in."""

from pathlib import Path

from PySide6.QtGui import QDropEvent

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".csv", ".md", ".xml")
PATTERNS = " ".join(f"*{suffix}" for suffix in SUFFIXES)


def dropped_file(event: QDropEvent) -> Path | None:
    """The one file of this computer that is dropped, whatever it is: the check says what is wrong with it."""
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return files[0] if len(files) == 1 else None
