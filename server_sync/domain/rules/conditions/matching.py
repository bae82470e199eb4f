"""A parsed condition asked of one customer's rows, without a database; it agrees with `sql` on every customer."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from server_sync.domain.rules.conditions.dossier import Dossier, Row
from server_sync.domain.rules.conditions.expressions import (
    Check,
    Digits,
    Expression,
    Fold,
    Gathered,
    Greater,
    Kept,
    Latest,
    Listed,
    Own,
)
from server_sync.domain.rules.conditions.kinds import (
    MILLION,
    BeginsWith,
    Contains,
    FieldType,
    InRange,
    IsEmpty,
    OnDates,
    OneOf,
    Test,
)
from server_sync.domain.rules.conditions.tree import Condition, Rule


def matches(condition: Condition, dossier: Dossier) -> bool:
    """Whether the condition holds for a customer. `dossier` needs all rows of his that its fields look at."""
    if isinstance(condition, Rule):
        value = value_of(condition.reads, dossier)
        if condition.field.type is FieldType.LIST:
            held = _list_holds(condition.test, value or [])
        else:
            held = holds(condition.test, value)
    else:
        combine = all if condition.together else any
        held = combine(matches(member, dossier) for member in condition.members)
    return held != condition.negated


def value_of(expression: Expression, dossier: Dossier) -> Any:
    """What an expression is for a customer; None where it is empty."""
    match expression:
        case Own(column):
            return dossier.customer[column]
        case Digits(column, start, length):
            text = dossier.customer[column]
            return None if text is None else int(text[start : start + length])
        case Kept(column, key, kind):
            return _kept(dossier.customer[column], key, kind)
        case Gathered(table, fold, column, only):
            return _folded(fold, [row[column] for row in _rows(dossier, table.name, only)])
        case Latest(table, column, by, only, key):
            rows = sorted(
                _rows(dossier, table.name, only), key=lambda row: (row[by], row["id"]), reverse=True
            )
            if key is None:
                return rows[0][column] if rows else None
            return next((text for row in rows if (text := _kept(row[column], key, str)) is not None), None)
        case Listed(table, column, only):
            return [row[column] for row in _rows(dossier, table.name, only) if row[column] is not None]
        case Greater(one, other):
            return max(value_of(one, dossier), value_of(other, dossier))


def holds(test: Test, value: Any) -> bool:
    """Whether a value passes a test; an empty one passes none but the test for it."""
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
        case OnDates(dates):
            return value[5:] in dates
        case IsEmpty():
            return False


def _rows(dossier: Dossier, table: str, only: tuple[Check, ...]) -> list[Row]:
    return [
        row
        for row in dossier.of(table)
        if all(holds(check.test, row[check.column]) != check.negated for check in only)
    ]


def _kept(value: Any, key: str, kind: type) -> Any:
    found = value.get(key)
    return found if isinstance(found, kind) and not isinstance(found, bool) else None


def _folded(fold: Fold, values: list[Any]) -> Any:
    if fold is Fold.COUNT:
        return len(values)
    known = [value for value in values if value is not None]
    if fold is Fold.SUM:
        amounts = (Decimal(value) * MILLION for value in known)
        return sum(int(amount.to_integral_value(ROUND_HALF_UP)) for amount in amounts)
    if not known:
        return None
    if fold is Fold.MEAN:
        return sum(known) * MILLION // len(known)
    return min(known) if fold is Fold.FIRST else max(known)


def _list_holds(test: Test, values: list[str]) -> bool:
    if isinstance(test, OneOf):
        return any(value in test.values for value in values)
    return not values
