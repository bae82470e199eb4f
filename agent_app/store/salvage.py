"""Reading what is unsent out of a store that may be damaged: from a copy of its files, never from themselves."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from agent_app.store import cipher
from agent_app.store.database import STORE_FILE
from agent_app.store.key_check import KEY_CHECK_FILE
from agent_app.store.tables import conflict, definition_draft, draft, outbox

TABLES = (outbox, conflict, draft, definition_draft)
_FILES = (STORE_FILE, f"{STORE_FILE}-wal", KEY_CHECK_FILE)
_FARTHEST = 1_000
"""How many numbers behind the last one that could be read are tried, one by one, when the end cannot be read."""

Rows = list[dict[str, Any]]


@dataclass
class Salvaged:
    """What could be read, values as the store holds them (JSON as text). `whole`: nothing stood in the way."""

    person: dict[str, Any] | None = None
    rows: dict[str, Rows] = field(default_factory=dict)
    whole: bool = True

    def refused(self) -> Rows:
        """What the server has refused and nobody has dealt with."""
        return [row for row in self.rows.get(conflict.name, []) if row["settled_at"] is None]

    def pending(self) -> Rows:
        """What the server has not answered."""
        return [row for row in self.rows.get(outbox.name, []) if row["state"] == "pending"]


@contextmanager
def copy_of(profile_dir: Path) -> Iterator[Path]:
    """A folder with a copy of the profile's store, encrypted as it is, for as long as the block runs."""
    with tempfile.TemporaryDirectory(prefix="huifang-doctor-") as folder:
        for name in _FILES:
            if (profile_dir / name).exists():
                shutil.copyfile(profile_dir / name, Path(folder) / name)
        yield Path(folder)


def salvage(copy: Path, key: bytes) -> Salvaged:
    """Read everything unsent that can be read out of a copy: outbox, conflicts, drafts, and whose they are."""
    found, reader = Salvaged(), _Reader(copy / STORE_FILE, key)
    for (text,) in reader.read("SELECT value FROM desk_state WHERE key = 'person'"):
        found.person = json.loads(text)
    for table in TABLES:
        columns = [row[1] for row in reader.read(f'PRAGMA table_info("{table.name}")')]
        found.rows[table.name] = _rows(reader, table.name, columns) if columns else []
    reader.close()
    found.whole = not reader.failed
    return found


class _Reader:
    """Reads as far as it can. After a page that is not what was written SQLCipher reads nothing more on the same
    connection, so the next question gets a new one."""

    def __init__(self, file: Path, key: bytes) -> None:
        self._file = file
        self._key = key
        self._form = cipher.form_of(file, key)
        self._connection: Any = None
        self.failed = False

    def read(self, statement: str) -> Iterator[tuple[Any, ...]]:
        """The rows up to the first that cannot be read."""
        try:
            yield from self._open().execute(statement)
        except dbapi2.Error:
            self.failed = True
            self.close()

    def close(self) -> None:
        """Close what is open."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> Any:
        if self._connection is None:
            self._connection = cipher.connect(self._file, self._key, self._form, "rw")
        return self._connection


def _rows(reader: _Reader, table: str, columns: list[str]) -> Rows:
    """The rows in order. Where a page cannot be read, from both ends up to it, then one number after the other."""
    rows: dict[int, dict[str, Any]] = {}

    def scan(rest: str) -> bool:
        """Read until the end, returns False when it was not reached."""
        before, reader.failed = reader.failed, False
        for rowid, *values in reader.read(f'SELECT rowid, * FROM "{table}" {rest}'):
            rows[rowid] = dict(zip(columns, values, strict=True))
        reached, reader.failed = not reader.failed, reader.failed or before
        return reached

    if not scan("ORDER BY rowid"):
        first = max(rows, default=0) + 1
        scan(f"WHERE rowid >= {first} ORDER BY rowid DESC")
        last = min((one for one in rows if one >= first), default=first + _FARTHEST)
        for rowid in range(first, last):
            scan(f"WHERE rowid = {rowid}")
    return [rows[rowid] for rowid in sorted(rows)]
