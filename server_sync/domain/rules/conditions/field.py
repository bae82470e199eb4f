"""What one condition field is; which fields there are stands in `fields`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any

from server_sync.domain.rules.conditions.expressions import Expression
from server_sync.domain.rules.conditions.kinds import OPERATORS, Asked, FieldType, Operator


class Stored(Enum):
    """The unit in which a field's values are read, and so its ranges given."""

    PLAIN = "plain"
    """Text, bytes or a whole number as it is, a day as ISO text."""
    CENTS = "cents"
    MILLIONTHS = "millionths"
    MOMENT = "moment"
    """Milliseconds since the epoch, for a field of type DAY."""


class Topic(StrEnum):
    """What of the customer a field is about: by this a list of them is divided."""

    PERSON = "person"
    STANDING = "standing"
    ORDERS = "orders"
    CONTRACTS = "contracts"
    EVENTS = "events"
    CONTACTS = "contacts"
    ANSWERS = "answers"
    PERMISSION = "permission"


class Unit(StrEnum):
    """In what a number is counted, where its words have to say it."""

    DAYS = "days"
    MONEY = "money"
    POINTS = "points"
    TIMES = "times"


@dataclass(frozen=True)
class Field:
    """One field: `of` says what its value is made of for what it is asked for."""

    name: str
    topic: Topic
    type: FieldType
    of: Callable[[Asked], Expression]
    stored: Stored = Stored.PLAIN
    choices: tuple[str, ...] = ()
    unit: Unit | None = None
    windowed: bool = False
    """Looks back over as many days as its rule names."""
    asks: bool = False
    """Is the answer to the question that its rule names."""

    @property
    def operators(self) -> tuple[Operator, ...]:
        """What it can be asked; only a day without a time comes round every year."""
        moments = self.stored is Stored.MOMENT
        return tuple(
            operator
            for operator in OPERATORS[self.type]
            if not (moments and operator is Operator.ANNIVERSARY_WITHIN_DAYS)
        )

    def to_json(self) -> Mapping[str, Any]:
        """As what builds conditions on a screen is told of it; its words are the screen's."""
        return {
            "name": self.name,
            "topic": self.topic.value,
            "type": self.type.value,
            "operators": [operator.value for operator in self.operators],
            "choices": list(self.choices),
            "unit": self.unit.value if self.unit else None,
            "takes": [name for name, wanted in (("days", self.windowed), ("question", self.asks)) if wanted],
        }
