"""What is wrong with a condition, a calendar or a span of time, in words; where it stands is said by who asks."""

from collections.abc import Mapping
from typing import Any

from server_sync.domain.rules.working_time import Unit
from server_sync.texts.catalogue import _


def condition_problem(values: Mapping[str, Any]) -> str:
    """The values of a CONDITION_INVALID whose place is `field` and whose own field is `of`: 没有“shoe_size”这个字段."""
    field = values.get("of", "")
    match values["problem"]:
        case "field_unknown":
            return _("there is no field {field}").format(field=field)
        case "field_not_here":
            return _(
                "a segment cannot ask for {field}: segments that ask for each other would go round in a circle"
            ).format(field=field)
        case "operator_unknown":
            return _("there is no comparison {operator}").format(operator=values["operator"])
        case "operator_not_for_field":
            return _("{field} has no comparison {operator}").format(field=field, operator=values["operator"])
        case "days_invalid":
            return _("{field}: days must be a whole number, at most {most}").format(
                field=field, most=values["most"]
            )
        case "value_invalid":
            return _("the value of {field} must be: {expected}").format(
                field=field, expected=_expected().get(values["expected"], values["expected"])
            )
        case "choice_unknown":
            return _("{value} is no choice of {field}").format(value=values["value"], field=field)
        case "unknown_key" if values["key"] == "field" and not values["path"]:
            return _("a single condition stands in a group too: {group}").format(
                group='{"combinator": "and", "rules": [{"field": …}]}'
            )
        case problem:
            told = _tree_problems().get(problem, problem).format_map({"field": field, **values})
            return f"{told} ({values['key']})" if problem == "unknown_key" else told


def calendar_problem(problem: str) -> str:
    """The `problem` of a CALENDAR_INVALID: 两个时段重叠."""
    return {
        "not_an_object": _("an object of JSON must stand there"),
        "unknown_key": _("no calendar has such a key"),
        "timezone_unknown": _("there is no such time zone"),
        "not_a_day": _("there is no such day; days are written 2026-10-01"),
        "interval_malformed": _('hours are written ["09:00", "12:00"]'),
        "interval_empty": _("an end lies before its beginning; a night goes to 24:00 and on from 00:00"),
        "intervals_overlap": _("two intervals overlap"),
        "too_many": _("these are too many"),
    }.get(problem, problem)


def file_problem(values: Mapping[str, Any]) -> str:
    """The `problem` of a FILE_UNREADABLE: 第 3 行第 7 列不是 JSON."""
    told = {
        "not_there": _("there is no such file"),
        "a_folder": _("it is a folder"),
        "not_opened": _("it cannot be opened"),
        "too_large": _("it is larger than {most_mb} MB"),
        "not_utf8": _("it is no text in UTF-8"),
        "empty": _("nothing stands in it"),
        "not_json": _("it is no JSON at line {line}, column {column}"),
        "no_number": _("{name} is no number of JSON"),
        "key_twice": _("the key {key} stands twice in one object"),
        "too_many_faults": _("more than {most} faults; the others are not told"),
        "too_deep": _("more than {most} levels stand within each other"),
    }
    return told[values["problem"]].format_map(values)


def shape_words(shape: str) -> str:
    """What must stand there, by the `shape` of a FIELD_INVALID: 一个日期,如 2026-11-20."""
    return {
        "object": _("an object"),
        "list": _("a list"),
        "flag": _("true or false"),
        "day": _("a day such as 2026-11-20"),
        "code": _("small letters, digits, full stops, _ and -, with a letter or digit first"),
    }[shape]


def span_problem(values: Mapping[str, Any]) -> str:
    """The values of an OUT_OF_RANGE that a span of time or its sum raised, as a sentence."""
    if values.get("whole"):
        return _("Only whole days can be added, not {amount}.").format(amount=values["amount"])
    if "amount" in values:
        return _("{amount} is not between 0 and {most}.").format(amount=values["amount"], most=values["most"])
    if "span" in values:
        return _("This is no span of time: {span}. It is an amount and one of: {units}.").format(
            span=values["span"] or '""', units=", ".join(Unit)
        )
    return _("The result lies too far away, or the calendar never opens.")


def _expected() -> dict[str, str]:
    return {
        "text": _("a text"),
        "list": _("a list with at least one value"),
        "pair": _("a list of two values"),
        "whole_number": _("a whole number"),
        "days": _("a whole number of days"),
        "day": _("a day such as 2026-11-20"),
        "money": _("an amount with at most two decimals"),
        "decimal": _("a number with at most two decimals"),
        "id": _("32 hexadecimal digits"),
    }


def _tree_problems() -> dict[str, str]:
    return {
        "not_an_object": _("an object of JSON must stand there"),
        "unknown_key": _("nothing of this name belongs there"),
        "combinator_unknown": _("its combinator must be and or or"),
        "not_a_list": _("its rules must be a list"),
        "not_a_boolean": _("its not must be true or false"),
        "group_empty": _("the group has no condition"),
        "too_deep": _("at most {most} groups within each other"),
        "too_many_rules": _("at most {most} conditions"),
        "question_invalid": _("it does not say whose question's answer is meant"),
        "value_too_long": _("at most {most} characters"),
        "too_many_values": _("at most {most} values in all conditions together"),
        "range_reversed": _("the first must not be greater than the second"),
    }
