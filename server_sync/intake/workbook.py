"""A spreadsheet file of any kind as plain sheets of cells, told by its content and never by its name."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePath

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.intake.archive import inspect_archive
from server_sync.intake.delimited import read_delimited
from server_sync.intake.limits import MAX_FILE_BYTES
from server_sync.intake.parser_process import parse_in_child
from server_sync.intake.sheet import Sheet

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Workbook:
    """A file that was read: its name without folders, the SHA-256 of its bytes as hex, its sheets in order."""

    name: str
    digest: str
    sheets: tuple[Sheet, ...]


def read_workbook(name: str, data: bytes) -> Workbook:
    """The sheets of an .xls, .xlsx, .xlsm or delimited text file given as bytes.

    Formulas come as the values that were stored with them, or as their text ("=B2*C2") where a program that does not
    calculate stored none: nothing is empty that a person sees filled. Raises KnownError: FILE_TOO_LARGE,
    FILE_UNREADABLE, FILE_TYPE_UNKNOWN, FILE_ENCRYPTED, ENCODING_UNKNOWN, TOO_MANY_COLUMNS, TOO_MANY_ROWS.
    """
    short_name = PurePath(name.replace("\\", "/")).name
    if len(data) > MAX_FILE_BYTES:
        raise KnownError(ErrorKind.FILE_TOO_LARGE, file=short_name, limit=MAX_FILE_BYTES)
    try:
        if data.startswith(ZIP):
            inspect_archive(data)
            sheets = parse_in_child(data)
        elif data.startswith(OLE):
            sheets = parse_in_child(data)
        else:
            sheets = [read_delimited(PurePath(short_name).stem, data)]
    except KnownError as error:
        raise KnownError(error.kind, **{"file": short_name, **error.values}) from error
    return Workbook(short_name, sha256(data).hexdigest(), tuple(sheets))


def read_workbook_file(path: Path) -> Workbook:
    """`read_workbook` of a file on this machine; a file that cannot be opened is FILE_UNREADABLE."""
    try:
        with path.open("rb") as file:
            # A pipe or device has no size to ask for, and perhaps no end.
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise KnownError(ErrorKind.FILE_UNREADABLE, file=path.name, detail=error.strerror or "") from error
    return read_workbook(path.name, data)
