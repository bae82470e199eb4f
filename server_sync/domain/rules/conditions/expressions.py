"""What a field's value is made of, said once for SQL (`reading`) and for one customer's rows (`matching`)."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Table

from server_sync.domain.rules.conditions.kinds import Test


@dataclass(frozen=True)
class Own:
    """A column of the customer."""

    column: str


@dataclass(frozen=True)
class Digits:
    """The number that some characters of a text column of the customer are, from `start` (0) on."""

    column: str
    start: int
    length: int


@dataclass(frozen=True)
class Kept:
    """What a JSON object in a column of the customer has under a key: a text (`str`), a whole number (`int`) or texts
    (`list`)."""

    column: str
    key: str
    kind: type


@dataclass(frozen=True)
class Check:
    """A test of a column of a row; `negated` turns it into its exact opposite."""

    column: str
    test: Test
    negated: bool = False


class Fold(StrEnum):
    """How rows become one value. A count or sum of no rows is 0, anything else of them is empty."""

    COUNT = "count"
    SUM = "sum"
    """Of exact decimals, in millionths."""
    MEAN = "mean"
    """Of whole numbers that are not negative, in millionths, rounded down."""
    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True)
class Gathered:
    """One value out of those rows of one of the customer's tables that pass all checks."""

    table: Table
    fold: Fold
    column: str
    only: tuple[Check, ...] = ()


@dataclass(frozen=True)
class Latest:
    """A column of the last of the rows by `by` (of equals by id) that pass all checks.

    With `key` the text that the JSON object there has under it, of the last row that has one.
    """

    table: Table
    column: str
    by: str
    only: tuple[Check, ...] = ()
    key: str | None = None


@dataclass(frozen=True)
class Listed:
    """The texts of a column in the rows that pass all checks."""

    table: Table
    column: str
    only: tuple[Check, ...] = ()


@dataclass(frozen=True)
class Greater:
    """The greater of two counts."""

    one: Gathered
    other: Gathered


Expression = Own | Digits | Kept | Gathered | Latest | Listed | Greater
