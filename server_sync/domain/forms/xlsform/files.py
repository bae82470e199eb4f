"""What kind of file a form comes in, and its sheets; each kind has a parser of its own, imported when it is needed."""

from pathlib import Path

from server_sync.domain.errors import KnownError
from server_sync.domain.forms.xlsform.grids import Grid, unreadable

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".csv", ".md", ".xml"})
_BEFORE_EXCEL_5 = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def kind_of(data: bytes, filename: str) -> str:
    """The suffix that the content deserves, whatever the file is called.

    Raises KnownError FORM_UNREADABLE: `reason` "type" (no suffix of ours), "empty", "encrypted", "workbook".
    """
    suffix = Path(filename).suffix.lower()
    if suffix not in SUFFIXES:
        raise unreadable("type", filename=filename)
    if not data.strip():
        raise unreadable("empty")
    if data.startswith(b"PK"):
        return ".xlsx"
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if _ENCRYPTED in data:
            raise unreadable("encrypted")
        return ".xls"
    if suffix == ".xls" and data.startswith(_BEFORE_EXCEL_5):
        return ".xls"
    if suffix in (".xlsx", ".xlsm", ".xls"):
        raise unreadable("workbook")
    return suffix


def read_grids(data: bytes, suffix: str) -> list[Grid]:
    """The sheets of a file of this kind (see `kind_of`), trailing empty rows and cells left out.

    Raises KnownError FORM_UNREADABLE and FORM_TOO_LARGE.
    """
    try:
        if suffix == ".xlsx":
            from server_sync.domain.forms.xlsform.xlsx_grids import read_xlsx

            return read_xlsx(data)
        if suffix == ".xls":
            from server_sync.domain.forms.xlsform.xls_grids import read_xls

            return read_xls(data)
        from server_sync.domain.forms.xlsform.text_grids import read_csv, read_md

        return read_csv(data) if suffix == ".csv" else read_md(data)
    except KnownError:
        raise
    except (
        Exception
    ) as broken:  # foreign bytes in foreign parsers: whatever they raise, the file is not readable
        raise unreadable("workbook", detail=str(broken)[:200]) from broken
