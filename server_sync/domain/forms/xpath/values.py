"""The four types of XPath values and how they turn into each other and compare (XPath 1.0 with ODK's dates)."""

import math
import re
from collections.abc import Callable, Sequence
from datetime import tzinfo

from server_sync.domain.forms.tree import Node
from server_sync.domain.forms.xpath.moments import days_since_epoch, parse_moment

Nodes = Sequence[Node]
Value = str | float | bool | list[Node]

_NUMBER = re.compile(r"\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*", re.ASCII)


def number_text(number: float) -> str:
    """A number as XPath writes it: no exponent, no decimals for a whole one."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number):
        return str(int(number))
    text = repr(number)
    return text if "e" not in text else f"{number:.20f}".rstrip("0")


def to_text(value: Value) -> str:
    """`string()`: of nodes the first one's."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return value[0].text() if value else ""
    return number_text(value)


def to_number(value: Value, zone: tzinfo) -> float:
    """`number()`: an empty or foreign text is NaN, a date or dateTime its days since 1970 (ODK XForms)."""
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, float):
        return value
    text = to_text(value)
    if _NUMBER.fullmatch(text):
        return float(text)
    moment = parse_moment(text, zone)
    return math.nan if moment is None else days_since_epoch(moment)


def to_boolean(value: Value) -> bool:
    """`boolean()`: a number other than 0 and NaN, a text or a list of nodes that is not empty."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def texts(value: Value) -> list[str]:
    """The string value of every node, or of the one value."""
    return [node.text() for node in value] if isinstance(value, list) else [to_text(value)]


def equal(left: Value, right: Value, zone: tzinfo) -> bool:
    """`=`: true when any pair of nodes is equal; no node at all counts as the empty text (as in JavaRosa)."""
    return _compare(left, right, zone, lambda one, other: one == other)


def unequal(left: Value, right: Value, zone: tzinfo) -> bool:
    """`!=`: true when any pair of nodes differs; no node at all counts as the empty text (as in JavaRosa)."""
    return _compare(left, right, zone, lambda one, other: one != other)


def _compare(left: Value, right: Value, zone: tzinfo, test: Callable[[object, object], bool]) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return test(to_boolean(left), to_boolean(right))
    if isinstance(left, float) or isinstance(right, float):
        return any(test(one, other) for one in _numbers(left, zone) for other in _numbers(right, zone))
    return any(test(one, other) for one in texts(left) or [""] for other in texts(right) or [""])


def _numbers(value: Value, zone: tzinfo) -> list[float]:
    if isinstance(value, list) and len(value) > 1:
        return [to_number(node.text(), zone) for node in value]
    return [to_number(value, zone)]


def ordered(left: Value, right: Value, zone: tzinfo, test: Callable[[float, float], bool]) -> bool:
    """`< <= > >=`: numbers, true when any pair of nodes passes; NaN never does."""
    return any(test(one, other) for one in _numbers(left, zone) for other in _numbers(right, zone))
