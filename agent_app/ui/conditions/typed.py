"""From what a person types to the value of a rule, and back; what nobody understands stays as it was typed, so that
the domain finds it wrong and it is said."""

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from server_sync.domain.rules import typed_day
from server_sync.domain.rules.conditions import FieldType

_SEPARATORS = re.compile(r"[、，,;；\n]+")
_AMOUNT = re.compile(r"[¥￥$]?\s*([+-]?\d[\d,]*(?:\.\d+)?|[+-]?\.\d+)\s*(万|千|亿)?\s*元?")
_SCALES = {"千": 1_000, "万": 10_000, "亿": 100_000_000}


def one(kind: FieldType, text: str, today: date) -> Any:
    """One value: "1.5万" is an amount of 15000, "上周一" a day."""
    typed = text.strip()
    match kind:
        case FieldType.NUMBER:
            exact = _exact(typed)
            return int(exact) if exact is not None and exact == exact.to_integral_value() else typed
        case FieldType.MONEY | FieldType.DECIMAL:
            exact = _exact(typed)
            return typed if exact is None else f"{exact:f}"
        case FieldType.DAY:
            day = typed_day.day(typed, today) if typed else None
            return typed if day is None else day.isoformat()
    return typed


def days(text: str) -> Any:
    """A number of days."""
    exact = _exact(text.strip().removesuffix("天"))
    return int(exact) if exact is not None and exact == exact.to_integral_value() else text.strip()


def several(text: str) -> list[str]:
    """Texts with commas or 、 between them."""
    return list(dict.fromkeys(part.strip() for part in _SEPARATORS.split(text) if part.strip()))


def written(value: Any) -> str:
    """A value as it stands in a line to type into."""
    if isinstance(value, list):
        return "、".join(str(part) for part in value)
    return "" if value is None else str(value)


def _exact(text: str) -> Decimal | None:
    found = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", text))
    if found is None or len(found[1]) > 24:
        return None
    try:
        exact = Decimal(found[1].replace(",", "")) * _SCALES.get(found[2] or "", 1)
    except InvalidOperation:
        return None
    return exact.normalize() if exact else Decimal(0)
