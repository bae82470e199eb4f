"""The types and operators of condition fields, the day a tree is asked for, and what a parsed rule tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from server_sync.domain.clock import DAY
from server_sync.domain.rules.local_time import day_number, iso_day, zone


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
    FieldType.DAY: (*_ORDER, Operator.WITHIN_LAST_DAYS, Operator.OLDER_THAN_DAYS, *_NULL),
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

    def window(self, days: int) -> "Window":
        """The last so many days up to and with the day asked for."""
        local, first = zone(self.timezone), self.day - days
        return Window(iso_day(first), self.on, local.moment(first * DAY), local.moment((self.day + 1) * DAY))


@dataclass(frozen=True)
class Window:
    """The days a field looks back over: first and last day, and the moments from `start_at` to before `end_at`."""

    first_on: str
    last_on: str
    start_at: int
    end_at: int


@dataclass(frozen=True)
class OneOf:
    """The value is one of these; for a list any of its values."""

    values: tuple[str, ...] | tuple[bytes, ...]


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
class IsEmpty:
    """There is no value; for a list no values."""


Test = OneOf | InRange | Contains | BeginsWith | IsEmpty
