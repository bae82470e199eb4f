"""Small adapters that give a plain Python function the shape of an XPath function, arguments converted."""

from collections.abc import Callable, Sequence

from server_sync.domain.forms.xpath.context import Compiled, Context, Function
from server_sync.domain.forms.xpath.values import Value, to_number, to_text


def on_texts(name: str, least: int, most: int | None, compute: Callable[..., Value]) -> Function:
    """A function of strings."""

    def call(context: Context, arguments: Sequence[Compiled]) -> Value:
        return compute(*[to_text(argument(context)) for argument in arguments])

    return Function(name, least, most, call)


def on_numbers(name: str, least: int, most: int | None, compute: Callable[..., float]) -> Function:
    """A function of numbers; where mathematics has no answer it is NaN."""

    def call(context: Context, arguments: Sequence[Compiled]) -> Value:
        zone = context.scope.zone
        try:
            return compute(*[to_number(argument(context), zone) for argument in arguments])
        except (ValueError, OverflowError, ZeroDivisionError):
            return float("nan")

    return Function(name, least, most, call)


def on_values(name: str, least: int, most: int | None, compute: Callable[..., Value]) -> Function:
    """A function of the context and values of any type."""

    def call(context: Context, arguments: Sequence[Compiled]) -> Value:
        return compute(context, *[argument(context) for argument in arguments])

    return Function(name, least, most, call)
