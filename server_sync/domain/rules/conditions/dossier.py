"""The rows of one customer that a condition may look at; which rows those are in a store is the caller's affair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Dossier:
    """A customer with the rows of his other tables, by the names of the replicated tables; one left out has none."""

    customer: Row
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)

    def of(self, table: str) -> Sequence[Row]:
        """His rows in a table."""
        return self.rows.get(table, ())
