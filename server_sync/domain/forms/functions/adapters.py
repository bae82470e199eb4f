"""Small adapters that give a plain Python function the shape of an XPath function, arguments converted."""

from collections.abc import Callable, Sequence

from server_sync.domain.forms.xpath.context import Compiled, Context, Function
from server_sync.domain.forms.xpath.values import Value, to_number, to_text


def on_texts(
    name: str, least: int, most: int | None, compute: Callable[..., Value], spends: bool = False
) -> Function:
    """A function of strings; one that `spends` takes a step for every hundred of their characters."""

    def call(context: Context, arguments: Sequence[Compiled]) -> Value:
        texts = [to_text(argument(context)) for argument in arguments]
        if spends:
            context.scope.budget.spend(sum(map(len, texts)) // 100)
        return compute(*texts)

    return Function(name, least, most, call, spends=spends)


def on_numbers(name: str, least: int, most: int | None, compute: Callable[..., float]) -> Function:
    """A function of numbers; where mathematics has no answer it is NaN."""

    def call(context: Context, arguments: Sequence[Compiled]) -> Value:
        zone = context.scope.zone
        try:
            return compute(*[to_number(argument(context), zone) for argument in arguments])
        except (ValueError, OverflowError, ZeroDivisionError):
            return float("nan")

    return Function(name, least, most, call)


def on_values(
    name: str,
    least: int,
    most: int | None,
    compute: Callable[..., Value],
    pairs: bool = False,
    spends: bool = False,
) -> Function:
    """A function of the context and values of any type."""

    def call(context: Context, arguments: Sequence[Compiled]) -> Value:
        return compute(context, *[argument(context) for argument in arguments])

    return Function(name, least, most, call, pairs, spends)
