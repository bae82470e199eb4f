"""The rows of one customer that a condition may look at; which rows those are in a store is the caller's affair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Dossier:
    """A customer with all of his orders, tasks and attempts, as rows of the replicated tables."""

    customer: Row
    orders: Sequence[Row] = ()
    tasks: Sequence[Row] = ()
    attempts: Sequence[Row] = ()
