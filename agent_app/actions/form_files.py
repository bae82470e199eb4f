"""Files of forms on this computer: read to be imported, written when they are exported."""

from pathlib import Path

from agent_app.host.files import write_atomically
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.xlsform.grids import MAX_FILE

READABLE = 0o644


def read_form_file(path: Path) -> bytes:
    """The content of a file. Raises KnownError FILE_UNREADABLE {file}, FORM_TOO_LARGE {bytes, most}."""
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            raise KnownError(ErrorKind.FORM_TOO_LARGE, bytes=size, most=MAX_FILE)
        return path.read_bytes()
    except OSError as error:
        raise KnownError(ErrorKind.FILE_UNREADABLE, file=path.name) from error


def write_form_file(target: Path, content: bytes) -> None:
    """Write it there, readable for everybody who can read there; all or nothing. Raises KnownError FILE_UNWRITABLE."""
    try:
        write_atomically(target, content, READABLE)
    except OSError as error:
        raise KnownError(ErrorKind.FILE_UNWRITABLE, file=target.name) from error
