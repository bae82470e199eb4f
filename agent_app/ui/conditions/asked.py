"""What a rule asks for when its field or its operator has just been chosen: something that makes sense at once, and of
what was there as much as still fits."""

from dataclasses import replace
from enum import Enum, auto
from typing import Any

from agent_app.ui.conditions.lines import RuleLine
from server_sync.domain.rules.conditions import FIELDS, Field, FieldType, Operator

USUAL_DAYS = 90
_USUAL_SPAN = 30

_PAIRED = {
    Operator.EQUAL: Operator.NOT_EQUAL,
    Operator.IN: Operator.NOT_IN,
    Operator.NULL: Operator.NOT_NULL,
}
_OPPOSITES = {**_PAIRED, **{other: one for one, other in _PAIRED.items()}}

_USUAL = {
    FieldType.NUMBER: Operator.AT_LEAST,
    FieldType.MONEY: Operator.AT_LEAST,
    FieldType.DECIMAL: Operator.AT_LEAST,
    FieldType.DAY: Operator.WITHIN_LAST_DAYS,
}


class Shape(Enum):
    """How many values a rule takes, and whether they are of the field or days."""

    NOTHING = auto()
    DAYS = auto()
    PAIR = auto()
    SEVERAL = auto()
    ONE = auto()


_SHAPES = {
    Operator.NULL: Shape.NOTHING,
    Operator.NOT_NULL: Shape.NOTHING,
    Operator.WITHIN_LAST_DAYS: Shape.DAYS,
    Operator.OLDER_THAN_DAYS: Shape.DAYS,
    Operator.WITHIN_NEXT_DAYS: Shape.DAYS,
    Operator.ANNIVERSARY_WITHIN_DAYS: Shape.DAYS,
    Operator.BETWEEN: Shape.PAIR,
    Operator.IN: Shape.SEVERAL,
    Operator.NOT_IN: Shape.SEVERAL,
}


def shape_of(operator: str) -> Shape:
    """The shape of an operator's value; one value for what is no operator."""
    return _SHAPES.get(Operator(operator), Shape.ONE) if operator in list(Operator) else Shape.ONE


def usual(line_id: int, field: Field) -> RuleLine:
    """A rule of this field as it is most often wanted. A text, or a code of the company's, is left to be typed."""
    operator = _USUAL.get(field.type, field.operators[0])
    return RuleLine(
        line_id,
        field.name,
        operator.value,
        _usual_value(field, operator),
        USUAL_DAYS if field.windowed else None,
        "" if field.asks else None,
    )


def with_field(line: RuleLine, name: str) -> RuleLine:
    """The rule asks for this field; its operator, days and value stay where they fit."""
    field = FIELDS[name]
    fresh, before = usual(line.id, field), FIELDS.get(line.field)
    if before is None or line.operator not in field.operators or before.type is not field.type:
        return fresh
    fits = before.choices == field.choices
    return replace(
        fresh,
        operator=line.operator,
        value=line.value if fits else _usual_value(field, Operator(line.operator)),
        days=line.days if field.windowed and before.windowed else fresh.days,
    )


def with_operator(line: RuleLine, operator: Operator) -> RuleLine:
    """The rule asks by this operator; of its value as much stays as fits."""
    before, after = shape_of(line.operator), shape_of(operator)
    value = line.value
    field = FIELDS[line.field]
    if after is not before:
        kept = (
            value[0] if before in (Shape.PAIR, Shape.SEVERAL) and isinstance(value, list) and value else value
        )
        fits = before in (Shape.ONE, Shape.PAIR, Shape.SEVERAL) and isinstance(kept, str | int | float)
        value = _shaped(kept, after) if fits and after is not Shape.DAYS else _usual_value(field, operator)
    return replace(line, operator=operator.value, value=value)


def opposite_of(line: RuleLine) -> RuleLine | None:
    """The rule that holds for exactly those for whom this does not; None if no operator of its field says so."""
    field = FIELDS.get(line.field)
    operators = field.operators if field is not None else ()
    found = {one.value: other for one, other in _OPPOSITES.items() if other in operators}.get(line.operator)
    return None if found is None else replace(line, operator=found.value)


def _usual_value(field: Field, operator: Operator) -> Any:
    shape = shape_of(operator)
    if shape is Shape.DAYS:
        return _USUAL_SPAN
    return _shaped(_usual_one(field), shape)


def _shaped(one: Any, shape: Shape) -> Any:
    match shape:
        case Shape.NOTHING:
            return None
        case Shape.PAIR:
            return [one, one]
        case Shape.SEVERAL:
            return [] if one == "" else [one]
    return one


def _usual_one(field: Field) -> Any:
    if field.choices:
        return str(field.choices[0])
    if field.type is FieldType.NUMBER:
        return 1
    return "1000" if field.type is FieldType.MONEY else "1" if field.type is FieldType.DECIMAL else ""
