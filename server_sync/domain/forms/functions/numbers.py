"""Number functions (ODK XForms, "Number Functions"); anything that is no number counts as NaN."""

import math
from collections.abc import Callable, Sequence

from server_sync.domain.forms.functions.adapters import on_numbers, on_values
from server_sync.domain.forms.xpath.context import Context
from server_sync.domain.forms.xpath.values import Value, texts, to_number

_MOST_DECIMALS = 30


def _number(context: Context, *value: Value) -> Value:
    return to_number(value[0] if value else context.node.text(), context.scope.zone)


def _truncate(number: float) -> float:
    return float(math.trunc(number)) if math.isfinite(number) else number


def _round(number: float, decimals: float = 0.0) -> float:
    """Half away from zero as ODK Web Forms and Enketo do, to `decimals` places (negative ones: tens, hundreds).

    Places beyond 30 on either side give NaN, as in JavaRosa.
    """
    if not math.isfinite(number) or not abs(decimals) <= _MOST_DECIMALS:
        return number if math.isinf(number) and not math.isnan(decimals) else math.nan
    factor = 10.0 ** int(decimals)
    scaled = abs(number) * factor
    return math.copysign(math.floor(scaled + 0.5) / factor, number) if math.isfinite(scaled) else number


def _whole(compute: Callable[[float], int]) -> Callable[[float], float]:
    return lambda number: float(compute(number)) if math.isfinite(number) else number


def _power(base: float, exponent: float) -> float:
    odd = exponent % 2 == 1
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and odd else math.inf
    except ValueError:
        if base or math.isnan(exponent):
            return math.nan
        return math.copysign(math.inf, base) if odd else math.inf


def _exp(number: float) -> float:
    try:
        return math.exp(number)
    except OverflowError:
        return math.inf


def _logarithm(compute: Callable[[float], float]) -> Callable[[float], float]:
    return lambda number: -math.inf if number == 0 else compute(number)


def _each(context: Context, values: Sequence[Value]) -> list[float]:
    """The numbers of all nodes and values; empty nodes do not take part."""
    zone = context.scope.zone
    numbers: list[float] = []
    for value in values:
        if isinstance(value, list):
            numbers += [to_number(text, zone) for text in texts(value) if text]
        else:
            numbers.append(to_number(value, zone))
    return numbers


def _sum(context: Context, *values: Value) -> Value:
    numbers = _each(context, values)
    try:
        return math.fsum(numbers)
    except (OverflowError, ValueError):
        return sum(numbers)


def _extreme(choose: Callable[[list[float]], float]) -> Callable[..., Value]:
    def compute(context: Context, *values: Value) -> Value:
        numbers = _each(context, values)
        return choose(numbers) if numbers and not any(math.isnan(number) for number in numbers) else math.nan

    return compute


FUNCTIONS = (
    on_values("number", 0, 1, _number),
    on_numbers("int", 1, 1, _truncate),
    on_numbers("round", 1, 2, _round),
    on_numbers("floor", 1, 1, _whole(math.floor)),
    on_numbers("ceiling", 1, 1, _whole(math.ceil)),
    on_numbers("abs", 1, 1, abs),
    on_numbers("pow", 2, 2, _power),
    on_numbers("log", 1, 1, _logarithm(math.log)),
    on_numbers("log10", 1, 1, _logarithm(math.log10)),
    on_numbers("exp", 1, 1, _exp),
    on_numbers("exp10", 1, 1, lambda number: _power(10.0, number)),
    on_numbers("sqrt", 1, 1, math.sqrt),
    on_numbers("sin", 1, 1, math.sin),
    on_numbers("cos", 1, 1, math.cos),
    on_numbers("tan", 1, 1, math.tan),
    on_numbers("asin", 1, 1, math.asin),
    on_numbers("acos", 1, 1, math.acos),
    on_numbers("atan", 1, 1, math.atan),
    on_numbers("atan2", 2, 2, math.atan2),
    on_numbers("pi", 0, 0, lambda: math.pi),
    on_values("sum", 1, None, _sum),
    on_values("min", 1, None, _extreme(min)),
    on_values("max", 1, None, _extreme(max)),
    on_values("random", 0, 0, lambda context: context.scope.random()),
)
