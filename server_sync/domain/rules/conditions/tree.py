"""From the JSON of a condition tree to its parsed form, every fault named with its place; nothing is evaluated here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from server_sync.domain.clock import DAY
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import ID_BYTES
from server_sync.domain.rules.conditions.expressions import Expression
from server_sync.domain.rules.conditions.field import Field, Stored
from server_sync.domain.rules.conditions.fields import FIELDS
from server_sync.domain.rules.conditions.kinds import (
    MILLION,
    MOST_DAYS,
    Asked,
    AsOf,
    BeginsWith,
    Contains,
    FieldType,
    InRange,
    IsEmpty,
    OnDates,
    OneOf,
    Operator,
    Test,
)
from server_sync.domain.rules.local_time import FIRST_DAY, LAST_DAY, day_number, iso_day, zone

DEEPEST = 12
MOST_RULES = 200
MOST_VALUES = 5_000  # of all rules together: databases limit the parameters of a statement
LONGEST_TEXT = 200
LARGEST_NUMBER = 10**12

EVERYONE: Mapping[str, Any] = {"combinator": "and", "rules": []}


@dataclass(frozen=True)
class Rule:
    """One test of what a field reads; `negated` turns it into its exact opposite."""

    field: Field
    reads: Expression
    test: Test
    negated: bool


@dataclass(frozen=True)
class Group:
    """All (`together`) or any of its members; `negated` turns it into its exact opposite."""

    together: bool
    negated: bool
    members: "tuple[Condition, ...]"


Condition = Rule | Group


def parse(tree: Any, as_of: AsOf) -> Group:
    """The parsed tree, with the days it speaks of counted from `as_of`. An empty tree holds for everyone.

    Raises KnownError CONDITION_INVALID {problem, path, …}; `path` are the places in "rules" that lead to the fault.
    Problems: not_an_object, unknown_key {key}, combinator_unknown, not_a_list, not_a_boolean, group_empty,
    too_deep {most}, too_many_rules {most}, field_unknown {field}, operator_unknown {operator},
    operator_not_for_field {field, operator}, days_invalid {field, most}, question_invalid {field},
    value_invalid {field, expected},
    value_too_long {field, most}, too_many_values {field, most}, choice_unknown {field, value}, range_reversed {field}.
    """
    return _Parser(as_of).group(tree, [])


def faults(tree: Any, as_of: AsOf) -> list[KnownError]:
    """All that is wrong with a tree, of each rule or group the first; none: `parse` takes it."""
    gathering = _Gathering(as_of)
    try:
        gathering.group(tree, [])
    except KnownError as error:
        return [error]
    return gathering.found


def rules_of(tree: Any) -> Iterator[tuple[list[int], Mapping[str, Any]]]:
    """The rules of a tree as they are written, each with the way to it; what is neither rule nor group is passed
    over."""
    yield from _rules_below(tree, [])


def _rules_below(member: Any, path: list[int]) -> Iterator[tuple[list[int], Mapping[str, Any]]]:
    if not isinstance(member, Mapping) or len(path) > DEEPEST + 1:
        return
    if not _is_group(member) and path:
        yield path, member
    elif isinstance(rules := member.get("rules"), list):
        for place, one in enumerate(rules):
            yield from _rules_below(one, [*path, place])


class _Parser:
    def __init__(self, as_of: AsOf) -> None:
        self._as_of = as_of
        self._rules = self._values = 0

    def group(self, tree: Any, path: list[int]) -> Group:
        if len(path) > DEEPEST:
            _refuse("too_deep", path, most=DEEPEST)
        _keys(tree, ("combinator", "not", "rules", "id"), path)
        if tree.get("combinator") not in ("and", "or"):
            _refuse("combinator_unknown", path)
        negated, rules = tree.get("not", False), tree.get("rules")
        if not isinstance(negated, bool):
            _refuse("not_a_boolean", path)
        if not isinstance(rules, list):
            _refuse("not_a_list", path)
        if not rules and path:
            _refuse("group_empty", path)
        members = tuple(self._member(member, [*path, place]) for place, member in enumerate(rules))
        # no rules at all say nothing against anybody, however they are combined
        return Group(tree["combinator"] == "and" or not members, negated and bool(members), members)

    def _member(self, member: Any, path: list[int]) -> Condition:
        if isinstance(member, Mapping) and _is_group(member):
            return self.group(member, path)
        self._rules += 1
        if self._rules > MOST_RULES:
            _refuse("too_many_rules", path, most=MOST_RULES)
        return self._rule(member, path)

    def _rule(self, rule: Any, path: list[int]) -> Rule:
        _keys(rule, ("field", "operator", "value", "days", "question", "id"), path)
        name, word = rule.get("field"), rule.get("operator")
        field = FIELDS.get(name) if isinstance(name, str) else None
        if field is None:
            _refuse("field_unknown", path, field=_short(name))
        if word not in list(Operator):
            _refuse("operator_unknown", path, field=field.name, operator=_short(word))
        operator = Operator(word)
        if operator not in field.operators:
            _refuse("operator_not_for_field", path, field=field.name, operator=operator.value)
        days = rule.get("days")
        if field.windowed != ("days" in rule) or (field.windowed and not _whole(days, 0, MOST_DAYS)):
            _refuse("days_invalid", path, field=field.name, most=MOST_DAYS if field.windowed else 0)
        question = rule.get("question")
        if field.asks != ("question" in rule) or (field.asks and not _is_question(question)):
            _refuse("question_invalid", path, field=field.name)
        positive = _POSITIVE.get(operator, operator)
        test = _Value(field, self._as_of, path).test(positive, rule.get("value"))
        self._values += len(test.values) if isinstance(test, OneOf) else 1
        if self._values > MOST_VALUES:
            _refuse("too_many_values", path, field=field.name, most=MOST_VALUES)
        asked = Asked(self._as_of, days or 0, question or "")
        return Rule(field, field.of(asked), test, negated=positive is not operator)


class _Gathering(_Parser):
    def __init__(self, as_of: AsOf) -> None:
        super().__init__(as_of)
        self.found: list[KnownError] = []

    def _member(self, member: Any, path: list[int]) -> Condition:
        try:
            return super()._member(member, path)
        except KnownError as error:
            problems = [one.values["problem"] for one in self.found]
            if error.values["problem"] not in _OF_ALL or error.values["problem"] not in problems:
                self.found.append(error)
            return Group(True, False, ())


_OF_ALL = ("too_many_rules", "too_many_values")
"""The first rule beyond what all may have together is told, and not those after it."""
_POSITIVE = {
    Operator.NOT_EQUAL: Operator.EQUAL,
    Operator.NOT_IN: Operator.IN,
    Operator.NOT_NULL: Operator.NULL,
}


@dataclass(frozen=True)
class _Value:
    """The reading of one rule's value, and where it stands."""

    field: Field
    as_of: AsOf
    path: Sequence[int]

    def test(self, operator: Operator, value: Any) -> Test:
        if operator is Operator.NULL:
            return IsEmpty()
        if operator is Operator.BEGINS_WITH:
            return BeginsWith(self._text(value))
        if operator is Operator.CONTAINS and self.field.type is FieldType.TEXT:
            return Contains(self._text(value))
        if self.field.type in (FieldType.TEXT, FieldType.CHOICE, FieldType.ID, FieldType.LIST):
            return self._one_of(value if operator is Operator.IN else [value])
        if operator is Operator.ANNIVERSARY_WITHIN_DAYS:
            return OnDates(self._dates(self._days(value)))
        low, high = self._ends(operator, value)
        return InRange(self._stored(low), self._stored(high))

    def _one_of(self, values: Any) -> OneOf:
        if not isinstance(values, list) or not values:
            self._wrong("list")
        if self.field.type is FieldType.ID:
            return OneOf(tuple(self._id(value) for value in values))
        return OneOf(tuple(self._choice(self._text(value)) for value in values))

    def _ends(self, operator: Operator, value: Any) -> tuple[int | None, int | None]:
        """The half-open range that an operator asks for, in days or in the field's unit."""
        today = self.as_of.day
        match operator:
            case Operator.WITHIN_LAST_DAYS:
                return today - self._days(value), today + 1
            case Operator.OLDER_THAN_DAYS:
                return None, today - self._days(value)
            case Operator.WITHIN_NEXT_DAYS:
                return today, today + self._days(value) + 1
            case Operator.BETWEEN:
                if not isinstance(value, list) or len(value) != 2:
                    self._wrong("pair")
                low, high = self._number(value[0]), self._number(value[1])
                if low > high:
                    self._fault("range_reversed")
                return low, high + 1
        number = self._number(value)
        ends: dict[Operator, tuple[int | None, int | None]] = {
            Operator.EQUAL: (number, number + 1),
            Operator.LESS: (None, number),
            Operator.AT_MOST: (None, number + 1),
            Operator.MORE: (number + 1, None),
            Operator.AT_LEAST: (number, None),
        }
        return ends[operator]

    def _dates(self, days: int) -> tuple[str, ...]:
        """The days of the year from the day asked for to so many days after it."""
        first = self.as_of.day
        dates = dict.fromkeys(iso_day(day)[5:] for day in range(first, first + min(days, 366) + 1))
        for day in range(first, first + min(days, 366) + 1):
            if iso_day(day)[5:] == "02-28" and iso_day(day + 1)[5:] == "03-01":
                dates["02-29"] = None
        return tuple(dates)

    def _stored(self, number: int | None) -> int | str | None:
        """An end of a range as it is compared: days become moments or ISO texts."""
        if number is None or self.field.type is not FieldType.DAY:
            return number
        if self.field.stored is Stored.MOMENT:
            return zone(self.as_of.timezone).moment(number * DAY)
        return iso_day(number)

    def _number(self, value: Any) -> int:
        if self.field.type is FieldType.DAY:
            return self._day(value)
        if self.field.type in (FieldType.MONEY, FieldType.DECIMAL):
            return self._cents(value) * (MILLION // 100 if self.field.stored is Stored.MILLIONTHS else 1)
        if not _whole(value, -LARGEST_NUMBER, LARGEST_NUMBER):
            self._wrong("whole_number")
        return int(value)

    def _days(self, value: Any) -> int:
        if not _whole(value, 0, MOST_DAYS):
            self._wrong("days")
        return int(value)

    def _day(self, value: Any) -> int:
        try:
            day = day_number(value)
        except (TypeError, ValueError):
            self._wrong("day")
        if not FIRST_DAY <= day < LAST_DAY:
            self._wrong("day")
        return day

    def _cents(self, value: Any) -> int:
        expected = self.field.type.value
        if isinstance(value, bool) or not isinstance(value, int | float | str) or len(str(value)) > 32:
            self._wrong(expected)
        try:
            cents = Decimal(str(value)) * 100
        except InvalidOperation:
            self._wrong(expected)
        if not cents.is_finite() or abs(cents) > LARGEST_NUMBER or cents != cents.to_integral_value():
            self._wrong(expected)
        return int(cents)

    def _text(self, value: Any) -> str:
        if not isinstance(value, str) or not value or "\x00" in value or not _encodable(value):
            self._wrong("text")
        if len(value) > LONGEST_TEXT:
            self._fault("value_too_long", most=LONGEST_TEXT)
        return value

    def _choice(self, value: str) -> str:
        if self.field.choices and value not in self.field.choices:
            self._fault("choice_unknown", value=value)
        return value

    def _id(self, value: Any) -> bytes:
        try:
            found = bytes.fromhex(value)
        except (TypeError, ValueError):
            self._wrong("id")
        if len(found) != ID_BYTES:
            self._wrong("id")
        return found

    def _wrong(self, expected: str) -> NoReturn:
        self._fault("value_invalid", expected=expected)

    def _fault(self, problem: str, **values: Any) -> NoReturn:
        _refuse(problem, self.path, field=self.field.name, **values)


def _refuse(problem: str, path: Sequence[int], **values: Any) -> NoReturn:
    raise KnownError(ErrorKind.CONDITION_INVALID, problem=problem, path=list(path), **values)


def _keys(value: Any, known: tuple[str, ...], path: Sequence[int]) -> None:
    if not isinstance(value, Mapping):
        _refuse("not_an_object", path)
    for key in value:
        if key not in known:
            _refuse("unknown_key", path, key=_short(key))


def _is_group(member: Mapping[str, Any]) -> bool:
    return "rules" in member or "combinator" in member


def _short(value: Any) -> str:
    return str(value)[:80]


def _whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _is_question(value: Any) -> bool:
    """A path of a form's question such as "/data/group/name"."""
    return (
        isinstance(value, str)
        and value.startswith("/")
        and len(value) <= LONGEST_TEXT
        and not any(character in '"\\' or character < " " for character in value)
        and _encodable(value)
    )


def _encodable(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)
