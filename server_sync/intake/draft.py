"""The rows that an import wants, beside those the store has: what is new, what changes, what is as it was."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from server_sync.domain.ids import Ids

Row = Mapping[str, Any]


@dataclass
class TableDraft:
    """One table's part: new rows by id, changed values by id beside the stored row, and the stored rows looked at."""

    inserts: dict[bytes, dict[str, Any]] = field(default_factory=dict)
    updates: dict[bytes, dict[str, Any]] = field(default_factory=dict)
    stored: dict[bytes, Row] = field(default_factory=dict)

    @property
    def created(self) -> int:
        return len(self.inserts)

    @property
    def updated(self) -> int:
        return sum(1 for values in self.updates.values() if values)

    @property
    def unchanged(self) -> int:
        return len(self.stored) - self.updated


class Draft:
    """Collects the difference; nothing is written here."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self.tables: defaultdict[str, TableDraft] = defaultdict(TableDraft)

    def new_id(self) -> bytes:
        """An id for whatever needs one beside a row."""
        return self._ids.new()

    def table(self, name: str) -> TableDraft:
        """The part of one table."""
        return self.tables[name]

    def insert(self, table: str, values: dict[str, Any]) -> bytes:
        """A new row; returns its id."""
        row_id = self._ids.new()
        self.tables[table].inserts[row_id] = {"id": row_id, **values}
        return row_id

    def keep(self, table: str, stored: Row) -> bytes:
        """A stored row that the file names; it counts as unchanged until it is amended. Returns its id."""
        row_id: bytes = stored["id"]
        self.tables[table].stored.setdefault(row_id, stored)
        return row_id

    def amend(self, table: str, row_id: bytes, values: Row) -> None:
        """Wanted values of a row that was inserted or kept before; those that it has already are left out."""
        draft = self.tables[table]
        if row_id in draft.inserts:
            draft.inserts[row_id].update(values)
            return
        stored = draft.stored[row_id]
        changes = draft.updates.setdefault(row_id, {})
        for name, value in values.items():
            if stored[name] != value:
                changes[name] = value
            else:
                changes.pop(name, None)

    def current(self, table: str, row_id: bytes) -> Row:
        """A row as it will stand."""
        draft = self.tables[table]
        if row_id in draft.inserts:
            return draft.inserts[row_id]
        return {**draft.stored[row_id], **draft.updates.get(row_id, {})}
