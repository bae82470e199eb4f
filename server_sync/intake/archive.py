"""The look at a zip container's directory before anything is unpacked: type, encryption, bombs."""

import io
import zipfile

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.intake.limits import MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED_BYTES

_ENCRYPTED_FLAG = 0x1
_SMALL = 16 * 2**20


def inspect_archive(data: bytes) -> None:
    """Raise KnownError unless the bytes are an .xlsx or .xlsm whose directory promises a reasonable size.

    The directory may lie: the child that unpacks has its own limits of time and memory.
    """
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    # NotImplementedError is how zipfile says that it cannot read a later version of the format.
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise KnownError(ErrorKind.FILE_UNREADABLE) from error
    if len(members) > MAX_MEMBERS:
        raise KnownError(ErrorKind.FILE_TOO_LARGE, members=len(members), limit=MAX_MEMBERS)
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise KnownError(ErrorKind.FILE_ENCRYPTED)
    if not any(member.filename.lower() == "xl/workbook.xml" for member in members):
        raise KnownError(ErrorKind.FILE_TYPE_UNKNOWN, found="zip")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED_BYTES:
        raise KnownError(ErrorKind.FILE_TOO_LARGE, unpacked=unpacked, limit=MAX_UNPACKED_BYTES)
    for member in members:
        if member.file_size > _SMALL and member.file_size > MAX_RATIO * max(member.compress_size, 1):
            ratio = member.file_size // max(member.compress_size, 1)
            raise KnownError(ErrorKind.FILE_TOO_LARGE, ratio=ratio, limit=MAX_RATIO)
