"""Files of forms on this computer: read to be imported, written when they are exported."""

from collections.abc import Sequence
from pathlib import Path

from agent_app.host.files import write_atomically
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.bundle import MAX_BUNDLE, Bundle, bundle_of, check_size, is_packed
from server_sync.domain.forms.xlsform.grids import MAX_FILE

READABLE = 0o644


def read_form_file(path: Path) -> bytes:
    """The content of a file. Raises KnownError FILE_UNREADABLE {file}, FORM_TOO_LARGE {bytes, most}."""
    most = MAX_BUNDLE if is_packed(path.name) else MAX_FILE
    try:
        size = path.stat().st_size
        if size > most:
            raise KnownError(ErrorKind.FORM_TOO_LARGE, bytes=size, most=most)
        return path.read_bytes()
    except OSError as error:
        raise KnownError(ErrorKind.FILE_UNREADABLE, file=path.name) from error


def read_form_files(paths: Sequence[Path]) -> Bundle:
    """A form's file with the files that it names, as one that travels; alone it stays as it is.

    Raises KnownError as `read_form_file` does, FORM_TOO_LARGE {bytes, most} for all of them, FORM_UNREADABLE {reason:
    "type"} where none of several is a form.
    """
    contents = {path.name: read_form_file(path) for path in paths}
    check_size(contents)
    if len(contents) == 1:
        ((name, content),) = contents.items()
        return Bundle(name, content)
    return bundle_of(contents).packed()


def write_form_file(target: Path, content: bytes) -> None:
    """Write it there, readable for everybody who can read there; all or nothing. Raises KnownError FILE_UNWRITABLE."""
    try:
        write_atomically(target, content, READABLE)
    except OSError as error:
        raise KnownError(ErrorKind.FILE_UNWRITABLE, file=target.name) from error
