"""Delimited text (.csv, .tsv): its encoding, its delimiter and its rows."""

import codecs
import csv
import io
from collections import Counter

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.intake.limits import MAX_COLUMNS, MAX_ROWS
from server_sync.intake.sheet import Cell, Sheet

_DELIMITERS = ",;\t|"
_SAMPLE_LINES = 60
_FOREIGN = {
    b"%PDF": "pdf",
    b"{": "json",
    b"<": "html",
    b"\x89PNG": "image",
    b"\xff\xd8\xff": "image",
    b"Rar!": "rar",
}
_DAMAGED_SHARE = 20
"""A file with this many good characters to each bad one is damaged UTF-8, and not another encoding."""


def decode(data: bytes) -> str:
    """The text of UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030 (which holds GBK and GB 2312).

    Raises KnownError ENCODING_UNKNOWN, with the line of the first bad byte where the text is damaged UTF-8.
    """
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        bad_at = error.start
    lenient = data.decode("utf-8", errors="replace")
    bad = lenient.count("\ufffd")
    good = sum(1 for character in lenient if character > "\x7f") - bad
    if good > _DAMAGED_SHARE * bad:
        raise KnownError(ErrorKind.ENCODING_UNKNOWN, line=data.count(b"\n", 0, bad_at) + 1)
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise KnownError(ErrorKind.ENCODING_UNKNOWN) from error


def sniff_delimiter(text: str) -> str:
    """The delimiter that cuts the first lines most evenly into more than one field; a comma when none does."""
    sample = "\n".join(text[:200_000].splitlines()[:_SAMPLE_LINES])
    best, best_score = ",", 0
    for delimiter in _DELIMITERS:
        try:
            widths = Counter(len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row)
        except csv.Error:
            continue
        width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1] * item[0]), default=(1, 0))
        score = width * count if width > 1 else 0
        if score > best_score:
            best, best_score = delimiter, score
    return best


def read_delimited(name: str, data: bytes) -> Sheet:
    """The one sheet of a delimited text. Raises KnownError as `read_workbook` says."""
    if not data.strip():
        raise KnownError(ErrorKind.HEADER_MISSING)
    for magic, found in _FOREIGN.items():
        if data.lstrip(codecs.BOM_UTF8 + b" \t\r\n").startswith(magic):
            raise KnownError(ErrorKind.FILE_TYPE_UNKNOWN, found=found)
    text = decode(data)
    if "\x00" in text:
        raise KnownError(ErrorKind.FILE_TYPE_UNKNOWN, found="binary")
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=sniff_delimiter(text), strict=True):
            if len(row) > MAX_COLUMNS:
                values = {"sheet": name, "row": len(rows) + 1, "columns": len(row), "limit": MAX_COLUMNS}
                raise KnownError(ErrorKind.TOO_MANY_COLUMNS, **values)
            if len(rows) >= MAX_ROWS:
                raise KnownError(ErrorKind.TOO_MANY_ROWS, sheet=name, limit=MAX_ROWS)
            rows.append([cell or None for cell in row])
    except csv.Error as error:
        raise KnownError(ErrorKind.FILE_UNREADABLE, row=len(rows) + 1) from error
    while rows and not any(rows[-1]):
        rows.pop()
    return Sheet(name, rows)
