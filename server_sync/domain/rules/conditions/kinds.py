"""The types and operators of condition fields, the day a tree is asked for, and what a parsed rule tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from server_sync.domain.clock import DAY
from server_sync.domain.rules.local_time import day_number, iso_day, zone

MOST_DAYS = 36_600
MILLION = 1_000_000  # sums of exact decimals are compared in millionths: up to six decimals, none rounded


class FieldType(StrEnum):
    """What the values of a field are, and so which operators it has and how its value is written in a tree."""

    TEXT = "text"
    CHOICE = "choice"
    """A text out of the field's choices."""
    ID = "id"
    """32 hexadecimal digits."""
    NUMBER = "number"
    """A whole number."""
    MONEY = "money"
    """A number or decimal text with at most two decimals."""
    DECIMAL = "decimal"
    """As money, of what is no amount."""
    DAY = "day"
    """"YYYY-MM-DD"; moments count by their local day."""
    LIST = "list"
    """Texts; `contains` asks for one, `in` for any of some."""


class Operator(StrEnum):
    """React-Query-Builder's names, and two of our own for days back from the day the tree is asked for."""

    EQUAL = "="
    NOT_EQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    BETWEEN = "between"
    IN = "in"
    NOT_IN = "notIn"
    CONTAINS = "contains"
    BEGINS_WITH = "beginsWith"
    NULL = "null"
    NOT_NULL = "notNull"
    WITHIN_LAST_DAYS = "within_last_days"
    """Not after the day asked for and at most N days before it."""
    OLDER_THAN_DAYS = "older_than_days"
    """More than N days before the day asked for."""
    WITHIN_NEXT_DAYS = "within_next_days"
    """Not before the day asked for and at most N days after it."""
    ANNIVERSARY_WITHIN_DAYS = "anniversary_within_days"
    """Its day of the year comes round today or within N days; one of 29 February on the 28th of other years (M1.18)."""


_NULL = (Operator.NULL, Operator.NOT_NULL)
_SETS = (Operator.EQUAL, Operator.NOT_EQUAL, Operator.IN, Operator.NOT_IN)
_ORDER = (
    Operator.EQUAL,
    Operator.NOT_EQUAL,
    Operator.LESS,
    Operator.AT_MOST,
    Operator.MORE,
    Operator.AT_LEAST,
    Operator.BETWEEN,
)
OPERATORS: Mapping[FieldType, tuple[Operator, ...]] = {
    FieldType.TEXT: (*_SETS, Operator.CONTAINS, Operator.BEGINS_WITH, *_NULL),
    FieldType.CHOICE: (*_SETS, *_NULL),
    FieldType.ID: (*_SETS, *_NULL),
    FieldType.NUMBER: (*_ORDER, *_NULL),
    FieldType.MONEY: (*_ORDER, *_NULL),
    FieldType.DECIMAL: (*_ORDER, *_NULL),
    FieldType.DAY: (
        *_ORDER,
        Operator.WITHIN_LAST_DAYS,
        Operator.OLDER_THAN_DAYS,
        Operator.WITHIN_NEXT_DAYS,
        Operator.ANNIVERSARY_WITHIN_DAYS,
        *_NULL,
    ),
    FieldType.LIST: (Operator.CONTAINS, Operator.IN, Operator.NOT_IN, *_NULL),
}


@dataclass(frozen=True)
class AsOf:
    """The day a tree is asked for (ISO text) and the company's time zone."""

    on: str
    timezone: str

    @property
    def day(self) -> int:
        return day_number(self.on)

    def moment(self, day: int) -> int:
        """The first moment of a local day."""
        return zone(self.timezone).moment(day * DAY)

    def days_back(self, first: int, last: int, *, moments: bool) -> "InRange":
        """From `first` days back to `last` days back, both with them, as texts of days or as moments."""
        start, end = self.day - first, self.day - last + 1
        return (
            InRange(self.moment(start), self.moment(end))
            if moments
            else InRange(iso_day(start), iso_day(end))
        )


@dataclass(frozen=True)
class Asked:
    """For what a field is asked: the day, how many days it looks back, and the question whose answer it is."""

    as_of: AsOf
    days: int = 0
    question: str = ""


@dataclass(frozen=True)
class OneOf:
    """The value is one of these; for a list any of its values."""

    values: tuple[str, ...] | tuple[bytes, ...] | tuple[bool, ...]


@dataclass(frozen=True)
class InRange:
    """At least `low` and less than `high`, in the unit in which the field is stored; None for no end."""

    low: int | str | None
    high: int | str | None


@dataclass(frozen=True)
class Contains:
    """The text occurs in the value, case and width as they are."""

    text: str


@dataclass(frozen=True)
class BeginsWith:
    """The value starts with the text, case and width as they are."""

    text: str


@dataclass(frozen=True)
class OnDates:
    """The day of the year is one of these, as "MM-DD"; asked of days alone."""

    dates: tuple[str, ...]


@dataclass(frozen=True)
class IsEmpty:
    """There is no value; for a list no values."""


Test = OneOf | InRange | Contains | BeginsWith | OnDates | IsEmpty
