"""The parent's side of the parsing child: start it, feed it, and put its end into a known error."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.intake.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, PARSE_MEMORY_BYTES, PARSE_SECONDS
from server_sync.intake.sheet import Cell, Sheet

_SCRIPT = Path(__file__).with_name("parser_script.py")
_OUT_OF_MEMORY = 134, -6
"""How the parser ends when an allocation fails: abort."""


class _Reply(msgspec.Struct):
    sheets: list[tuple[str, bool, list[list[Cell]]]] = []
    refused: str | None = None
    values: dict[str, Any] = {}


def parse_in_child(
    data: bytes, *, seconds: int = PARSE_SECONDS, memory: int = PARSE_MEMORY_BYTES, max_rows: int = MAX_ROWS
) -> list[Sheet]:
    """The sheets of an .xls or .xlsx, parsed in a process of its own that may neither run nor grow for ever.

    Raises KnownError: FILE_UNREADABLE, FILE_ENCRYPTED, FILE_TOO_LARGE, TOO_MANY_COLUMNS, TOO_MANY_ROWS.
    """
    limits = (seconds, memory, max_rows, MAX_COLUMNS, MAX_CELLS)
    command = [sys.executable, "-I", str(_SCRIPT), *map(str, limits)]
    try:
        child = subprocess.run(
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=2 * seconds,
            env={**os.environ, "RUST_BACKTRACE": "0"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise KnownError(ErrorKind.FILE_TOO_LARGE, seconds=2 * seconds) from error
    if child.returncode != 0:
        out_of_memory = child.returncode in _OUT_OF_MEMORY
        what = {"memory": memory} if out_of_memory else {"seconds": seconds}
        raise KnownError(ErrorKind.FILE_TOO_LARGE, **what)
    reply = msgspec.msgpack.decode(child.stdout, type=_Reply)
    if reply.refused is not None:
        raise KnownError(ErrorKind(reply.refused), **reply.values)
    return [Sheet(name, rows, hidden) for name, hidden, rows in reply.sheets]
