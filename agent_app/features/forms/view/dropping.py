"""Files that are dropped on the room, and which kinds a form can come in."""

from pathlib import Path

from PySide6.QtGui import QDropEvent

from server_sync.domain.forms.bundle import MEDIA_SUFFIXES, SUFFIX

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".csv", ".md", ".xml", SUFFIX)
PATTERNS = " ".join(f"*{suffix}" for suffix in (*SUFFIXES, *MEDIA_SUFFIXES))


def dropped_files(event: QDropEvent) -> tuple[Path, ...]:
    """The files of this computer that are dropped, whatever they are: the check says what is wrong with them."""
    return tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
