"""The shape of every command: what it reads, what it decides, who acts; the verbs stand in their own files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import Role

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Actor:
    """Who acts: a signed-in person, or the server itself (`person_id` None)."""

    person_id: bytes | None
    role: Role
    team_id: bytes | None


@dataclass(frozen=True)
class Need:
    """Rows that a command reads: those of `table` whose `column` equals `value`.

    `column` is "id" or the leading column of an index, so that a push can fetch a thousand commands' rows by `IN`.
    """

    table: str
    value: bytes
    column: str = "id"


class Rows(Protocol):
    """The rows a command asked for by `reads()`, as they stand when it decides."""

    def get(self, table: str, row_id: bytes) -> Row | None:
        """One row by id, or None."""

    def where(self, table: str, column: str, value: bytes) -> list[Row]:
        """The rows whose column has the value, ordered by id."""


@dataclass(frozen=True)
class Insert:
    """A new row; columns left out are NULL or have the table's default."""

    table: str
    row: Mapping[str, Any]

    @property
    def row_id(self) -> bytes:
        row_id: bytes = self.row["id"]
        return row_id


@dataclass(frozen=True)
class Update:
    """New values for some columns of one row."""

    table: str
    row_id: bytes
    values: Mapping[str, Any]


Change = Insert | Update


@dataclass(frozen=True)
class Accepted:
    """The command holds: these rows change. `merged` names the fields in which one of two values was lost to the
    other; `values` are then what its words need, as those of a rejection."""

    changes: tuple[Change, ...]
    merged: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Rejected:
    """The command does not hold, for good (SYNC P3): a kind and the values that its words need."""

    kind: ErrorKind
    values: Mapping[str, Any]


Decision = Accepted | Rejected


def rejected(kind: ErrorKind, **values: Any) -> Rejected:
    """A rejection with its values as keywords."""
    return Rejected(kind, values)


class Command(Protocol):
    """A verb as a frozen dataclass of its arguments: pure, the same code on both ends.

    Its fields are ids, text, numbers, booleans, None, and lists and dicts of these: what the codec carries.
    """

    name: ClassVar[str]
    """Verb and version, such as "finish_attempt@1" (SYNC V1)."""

    def reads(self) -> Iterable[Need]:
        """The rows it needs, known from its arguments alone."""

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        """Row changes or a rejection. No clock, session, query or randomness inside."""


def derived_id(seed: bytes, purpose: int) -> bytes:
    """An id for a row that a command makes besides its own, the same on both ends.

    The seed's 48 bits of time stay, so that it sorts beside it; the last byte is shifted by `purpose` (1–255).
    """
    return seed[:-1] + bytes([(seed[-1] + purpose) % 256])


__all__ = [
    "Accepted",
    "Actor",
    "Change",
    "Command",
    "Decision",
    "Insert",
    "Need",
    "Rejected",
    "Row",
    "Rows",
    "Update",
    "derived_id",
    "rejected",
]
