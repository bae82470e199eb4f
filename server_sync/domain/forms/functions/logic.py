"""Boolean and choosing functions (ODK XForms, "Boolean Functions"); the branch not chosen is never evaluated."""

import math
from collections.abc import Sequence

from server_sync.domain.forms.functions.adapters import on_texts, on_values
from server_sync.domain.forms.xpath.context import Compiled, Context, Function
from server_sync.domain.forms.xpath.values import Value, texts, to_boolean, to_number, to_text


def _if(context: Context, arguments: Sequence[Compiled]) -> Value:
    condition, then, otherwise = arguments
    return then(context) if to_boolean(condition(context)) else otherwise(context)


def _coalesce(context: Context, arguments: Sequence[Compiled]) -> Value:
    """The first text that is not empty; what is no number is empty, as it is when it is stored."""
    for argument in arguments:
        value = argument(context)
        text = to_text(value)
        if text and value == value:
            return text
    return ""


def _once(context: Context, arguments: Sequence[Compiled]) -> Value:
    return context.current.value or arguments[0](context)


def _within(total: float, least: float, most: float) -> bool:
    return (least == -1 or total >= least) and (most == -1 or total <= most)


def _numbers(context: Context, value: Value) -> list[float]:
    zone = context.scope.zone
    if isinstance(value, list):
        return [to_number(text, zone) for text in texts(value)]
    return [to_number(value, zone)]


def _checklist(context: Context, least: Value, most: Value, *answers: Value) -> Value:
    zone = context.scope.zone
    total = sum(number > 0 for answer in answers for number in _numbers(context, answer))
    return _within(total, to_number(least, zone), to_number(most, zone))


def _weighted_checklist(context: Context, least: Value, most: Value, *pairs: Value) -> Value:
    """Each answer with its weight; several nodes have either one weight for each of them, or the same for all."""
    zone = context.scope.zone
    total = 0.0
    for answer, weight in zip(pairs[::2], pairs[1::2], strict=True):
        numbers, weights = _numbers(context, answer), _numbers(context, weight)
        if len(weights) != len(numbers):
            weights = weights[:1] * len(numbers)
        total += math.fsum(one for number, one in zip(numbers, weights, strict=False) if number > 0)
    return _within(total, to_number(least, zone), to_number(most, zone))


FUNCTIONS = (
    Function("if", 3, 3, _if),
    Function("coalesce", 1, None, _coalesce),
    Function("once", 1, 1, _once),
    on_values("true", 0, 0, lambda context: True),
    on_values("false", 0, 0, lambda context: False),
    on_values("boolean", 1, 1, lambda context, value: to_boolean(value)),
    on_values("not", 1, 1, lambda context, value: not to_boolean(value)),
    on_texts("boolean-from-string", 1, 1, lambda text: text in ("1", "true")),
    on_values("checklist", 2, None, _checklist),
    on_values("weighted-checklist", 2, None, _weighted_checklist, pairs=True),
)
