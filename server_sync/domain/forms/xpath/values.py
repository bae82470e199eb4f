"""The four types of XPath values and how they turn into each other and compare (XPath 1.0 with ODK's dates)."""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import tzinfo
from decimal import Decimal

from server_sync.domain.forms.tree import MAX_TEXT, Node
from server_sync.domain.forms.xpath.moments import days_since_epoch, parse_moment

Nodes = Sequence[Node]
Value = str | float | bool | list[Node]

_NUMBER = re.compile(r"[ \t\r\n]*-?(?:\d+(?:\.\d*)?|\.\d+)[ \t\r\n]*", re.ASCII)
_ITEM = re.compile(r"[^ \t\r\n]+")


def number_text(number: float) -> str:
    """A number as XPath writes it: no exponent, no decimals for a whole one."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    text = repr(number)
    if text.endswith(".0"):
        return text[:-2].removeprefix("-") if number == 0 else text[:-2]
    return text if "e" not in text else f"{Decimal(text):f}"


def to_text(value: Value) -> str:
    """`string()`: of nodes the first one's."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return value[0].text() if value else ""
    return number_text(value)


def plain_number(text: str) -> float:
    """A number as XPath 1.0 writes it, else NaN."""
    return float(text) if _NUMBER.fullmatch(text) else math.nan


def to_number(value: Value, zone: tzinfo) -> float:
    """`number()`: an empty or foreign text is NaN, a date or dateTime its days since 1970 (ODK XForms)."""
    if isinstance(value, float):
        return value
    if isinstance(value, list):
        text = value[0].text() if value else ""
    elif isinstance(value, str):
        text = value
    else:
        return 1.0 if value else 0.0
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


def items(text: str) -> list[str]:
    """The words of a list, such as the values of a multiple choice."""
    return _ITEM.findall(text)


def joined(parts: Iterable[str], separator: str = "") -> str:
    """The texts with the separator between; nothing where that is longer than MAX_TEXT."""
    kept: list[str] = []
    length = -len(separator)
    for part in parts:
        length += len(separator) + len(part)
        if length > MAX_TEXT:
            return ""
        kept.append(part)
    return separator.join(kept)


def equal(left: Value, right: Value, zone: tzinfo) -> bool:
    """`=`: true when any pair of nodes is equal; no node at all counts as the empty text (as in JavaRosa)."""
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) is to_boolean(right)
    if not _many(left, right):
        if isinstance(left, float) or isinstance(right, float):
            return to_number(left, zone) == to_number(right, zone)
        return to_text(left) == to_text(right)
    if isinstance(left, float) or isinstance(right, float):
        return not _figures(left, zone).isdisjoint(_figures(right, zone))
    return not set(texts(left) or [""]).isdisjoint(texts(right) or [""])


def unequal(left: Value, right: Value, zone: tzinfo) -> bool:
    """`!=`: true when any pair of nodes differs; no node at all counts as the empty text (as in JavaRosa)."""
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) is not to_boolean(right)
    if not _many(left, right):
        if isinstance(left, float) or isinstance(right, float):
            return to_number(left, zone) != to_number(right, zone)
        return to_text(left) != to_text(right)
    if isinstance(left, float) or isinstance(right, float):
        every = [*_numbers(left, zone), *_numbers(right, zone)]
        return any(math.isnan(number) for number in every) or len(set(every)) > 1
    return len({*(texts(left) or [""]), *(texts(right) or [""])}) > 1


def ordered(left: Value, right: Value, zone: tzinfo, test: Callable[[float, float], bool]) -> bool:
    """`< <= > >=`: numbers, true when any pair of nodes passes; NaN never does."""
    if not _many(left, right):
        return test(to_number(left, zone), to_number(right, zone))
    ones, others = _figures(left, zone), _figures(right, zone)
    if not ones or not others:
        return False
    return test(min(ones), max(others)) or test(max(ones), min(others))


def _many(left: Value, right: Value) -> bool:
    """Whether either is several nodes."""
    return (isinstance(left, list) and len(left) > 1) or (isinstance(right, list) and len(right) > 1)


def _numbers(value: Value, zone: tzinfo) -> list[float]:
    if isinstance(value, list) and len(value) > 1:
        return [to_number(node.text(), zone) for node in value]
    return [to_number(value, zone)]


def _figures(value: Value, zone: tzinfo) -> set[float]:
    """Its numbers without what is none."""
    return {number for number in _numbers(value, zone) if number == number}
