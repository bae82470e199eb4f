"""Exact sums of the decimals that amounts are kept as, and the one rounding at the end."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal

_EXACT = Context(prec=80)
_CENT = Decimal("0.01")


def exact_sum(amounts: Iterable[Decimal]) -> Decimal:
    """The sum with every digit kept."""
    total = Decimal(0)
    for amount in amounts:
        total = _EXACT.add(total, amount)
    return total


def rounded(amount: Decimal) -> str:
    """An amount with two decimals, halves away from zero: "16117548.24"."""
    return format(amount.quantize(_CENT, ROUND_HALF_UP, _EXACT), "f")


def cents(amount: Decimal) -> int:
    """An amount in whole cents, halves away from zero."""
    return int(amount.quantize(_CENT, ROUND_HALF_UP, _EXACT).scaleb(2))
