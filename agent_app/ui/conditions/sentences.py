"""Condition lines in words: a rule, a whole tree as one sentence, and what is wrong with a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import count
from typing import Any

from agent_app.ui import formats
from agent_app.ui.condition_words import choice_label, field_label, operator_label, unit_label
from agent_app.ui.conditions.asked import Shape, shape_of
from agent_app.ui.conditions.lines import GroupLine, Line, Mode, RuleLine, read
from agent_app.ui.conditions.state import NOTHING_KNOWN, Fault, Known
from agent_app.ui.i18n import mark, translate
from server_sync.domain.rules.conditions import FIELDS, Field, FieldType

_MISSING = "…"

_MODES: Mapping[Mode, str] = {
    Mode.ALL: mark("Conditions", "All of these"),
    Mode.ANY: mark("Conditions", "Any of these"),
    Mode.NONE: mark("Conditions", "None of these"),
    Mode.NOT_ALL: mark("Conditions", "Not all of these"),
}
_DAYS: Mapping[str, str] = {
    "within_last_days": mark("Conditions", "within the last {days} days"),
    "older_than_days": mark("Conditions", "more than {days} days ago"),
    "within_next_days": mark("Conditions", "within the next {days} days"),
    "anniversary_within_days": mark("Conditions", "anniversary within {days} days"),
}
_EXPECTED: Mapping[str, str] = {
    "text": mark("Conditions", "Say what it is compared with"),
    "list": mark("Conditions", "Name at least one"),
    "pair": mark("Conditions", "Say from what to what"),
    "whole_number": mark("Conditions", "This has to be a whole number"),
    "days": mark("Conditions", "This has to be a whole number of days"),
    "day": mark("Conditions", "Nobody understands this as a day"),
    "money": mark("Conditions", "This has to be an amount with at most two decimals"),
    "decimal": mark("Conditions", "This has to be a number with at most two decimals"),
    "id": mark("Conditions", "Choose one"),
}
_FAULTS: Mapping[str, str] = {
    "field_unknown": mark("Conditions", "This version does not know the field {field}"),
    "operator_unknown": mark("Conditions", "This version does not know the comparison {operator}"),
    "operator_not_for_field": mark("Conditions", "This cannot be asked of this field"),
    "days_invalid": mark("Conditions", "Say over how many days it looks back, at most {most}"),
    "question_invalid": mark("Conditions", "Choose the question whose answer is meant"),
    "value_too_long": mark("Conditions", "At most {most} characters"),
    "too_many_values": mark("Conditions", "At most {most} values in all conditions together"),
    "choice_unknown": mark("Conditions", "{value} is no choice of this field"),
    "range_reversed": mark("Conditions", "The first must not be greater than the second"),
    "too_many_rules": mark("Conditions", "At most {most} conditions"),
    "too_deep": mark("Conditions", "At most {most} groups within each other"),
    "group_empty": mark("Conditions", "This group has no condition"),
}


def mode_label(mode: Mode) -> str:
    """How a group combines its lines: 全部满足, 任一满足 …"""
    return translate("Conditions", _MODES[mode])


def group_words(line: GroupLine) -> str:
    """The same of a group; of one line alone "not all" is none."""
    return mode_label(Mode.NONE if line.mode is Mode.NOT_ALL and len(line.lines) == 1 else line.mode)


def rule_words(line: RuleLine, known: Known = NOTHING_KNOWN) -> tuple[str, str]:
    """What is asked about and what is asked of it: ("最近 90 天下单次数", "≥ 2 次")."""
    field = FIELDS.get(line.field)
    if field is None:
        return line.field or _MISSING, f"{line.operator} {_plain(line.value)}".strip()
    return _subject(field, line, known), _predicate(field, line, known)


def _subject(field: Field, line: RuleLine, known: Known) -> str:
    label = field_label(field.name)
    if field.windowed:
        days = _MISSING if line.days in (None, "") else line.days
        return translate("Conditions", "{field} of the last {days} days").format(field=label, days=days)
    if field.asks:
        names = dict(known.of(field.name))
        question = names.get(line.question, line.question) or _MISSING
        return translate("Conditions", "last answer to “{question}”").format(question=question)
    return label


def _predicate(field: Field, line: RuleLine, known: Known) -> str:
    shape, value = shape_of(line.operator), line.value
    operator = operator_label(field.type.value, line.operator)
    if shape is Shape.NOTHING:
        return operator
    if shape is Shape.DAYS and line.operator in _DAYS:
        return translate("Conditions", _DAYS[line.operator]).format(days=_plain(value))
    if shape is Shape.PAIR and isinstance(value, list) and len(value) == 2:
        low, high = (value_words(field, one, known) for one in value)
        return translate("Conditions", "between {low} and {high}").format(low=low, high=high)
    several = value if isinstance(value, list) else [value]
    words = translate("Conditions", ", ").join(value_words(field, one, known) for one in several)
    return f"{operator} {words or _MISSING}"


def value_words(field: Field, value: Any, known: Known = NOTHING_KNOWN) -> str:
    """One value as people say it, with its unit: ¥1,299.00, 2 次, 沉默."""
    if value in (None, ""):
        return _MISSING
    names = dict(known.of(field.name))
    if isinstance(value, str) and value in names:
        return names[value]
    if field.type is FieldType.ID:
        return translate("Conditions", "one that is not here")
    if field.type in (FieldType.NUMBER, FieldType.DECIMAL, FieldType.MONEY):
        return _figure(field, value)
    return choice_label(field.name, _plain(value))


def _figure(field: Field, value: Any) -> str:
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return _plain(value)
    if not exact.is_finite() or abs(exact) >= Decimal(10) ** 15:
        return _plain(value)
    if field.type is FieldType.MONEY:
        return formats.money(exact)
    digits = max(0, -int(exact.normalize().as_tuple().exponent))
    return f"{formats.number(exact, digits)} {unit_label(field.unit)}".strip()


def _plain(value: Any) -> str:
    return _MISSING if value in (None, "") else str(value)


def tree_words(tree: Mapping[str, Any], known: Known = NOTHING_KNOWN) -> str:
    """The whole tree as one sentence, for lists and previews; of no rules: all customers."""
    root = read(tree, count(1).__next__)
    return _words(root, known, outermost=True) if root.lines else translate("Conditions", "All customers")


def _words(line: Line, known: Known, *, outermost: bool = False) -> str:
    if isinstance(line, RuleLine):
        return " ".join(rule_words(line, known))
    if len(line.lines) == 1 and line.mode in (Mode.ALL, Mode.ANY):
        return _words(line.lines[0], known, outermost=outermost)
    if len(line.lines) == 1:
        said = _words(line.lines[0], known, outermost=True)
        return translate("Conditions", "not ({condition})").format(condition=said)
    members = [_words(member, known) for member in line.lines]
    match line.mode:
        case Mode.ALL:
            said = translate("Conditions", ", and ").join(members)
        case Mode.ANY:
            said = translate("Conditions", " or ").join(members)
        case Mode.NONE:
            return _listed(translate("Conditions", "none of ({members})"), members)
        case Mode.NOT_ALL:
            return _listed(translate("Conditions", "not all of ({members})"), members)
    return said if outermost else translate("Conditions", "({members})").format(members=said)


def _listed(pattern: str, members: Sequence[str]) -> str:
    return pattern.format(members=translate("Conditions", "; ").join(members))


def fault_words(fault: Fault) -> str:
    """What is wrong with a line, and so what is to be done."""
    text = _FAULTS.get(fault.problem, _EXPECTED.get(fault.values.get("expected", "")))
    if text is None:
        return translate("Conditions", "This cannot be read as a condition")
    return translate("Conditions", text).format_map(dict(fault.values))


def spoken(line: Line, known: Known = NOTHING_KNOWN, fault: Fault | None = None) -> str:
    """A line for a screen reader, with what is wrong with it."""
    words = group_words(line) if isinstance(line, GroupLine) else " ".join(rule_words(line, known))
    return words if fault is None else f"{words} · {fault_words(fault)}"
