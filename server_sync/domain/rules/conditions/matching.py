"""A parsed condition asked of one customer's rows, without a database; it agrees with `sql` on every customer."""

from typing import Any

from server_sync.domain.rules.conditions.dossier import Dossier
from server_sync.domain.rules.conditions.kinds import (
    BeginsWith,
    Contains,
    FieldType,
    InRange,
    IsEmpty,
    OneOf,
    Test,
)
from server_sync.domain.rules.conditions.tree import Condition, Rule


def matches(condition: Condition, dossier: Dossier) -> bool:
    """Whether the condition holds for a customer. `dossier` needs all rows of his that its fields look at."""
    if isinstance(condition, Rule):
        value = condition.field.value(dossier, condition.window)
        if condition.field.type is FieldType.LIST:
            holds = _list_holds(condition.test, value)
        else:
            holds = _holds(condition.test, value)
    else:
        combine = all if condition.together else any
        holds = combine(matches(member, dossier) for member in condition.members)
    return holds != condition.negated


def _list_holds(test: Test, values: list[str]) -> bool:
    if isinstance(test, OneOf):
        return any(value in test.values for value in values)
    return not values


def _holds(test: Test, value: Any) -> bool:
    if value is None:
        return isinstance(test, IsEmpty)
    match test:
        case OneOf(values):
            return value in values
        case InRange(low, high):
            return (low is None or value >= low) and (high is None or value < high)
        case Contains(text):
            return text in value
        case BeginsWith(text):
            return bool(value.startswith(text))
        case IsEmpty():
            return False
