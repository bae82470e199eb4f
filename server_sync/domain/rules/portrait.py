"""The portrait card's values that a customer's orders tell: cycle, preferences, price sensitivity (M2.13).

Occupation and habits are written by people and stay as they are.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from server_sync.domain.rules.conditions.fields import PRICE_SENSITIVITY
from server_sync.domain.rules.local_time import day_number

Row = Mapping[str, Any]
OF_ORDERS = ("purchase_cycle_days", "preferences", "price_sensitivity")
"""The keys of `customer.portrait` that are worked out here."""
_LOW, _MEDIUM, _HIGH = PRICE_SENSITIVITY


def signature(customer: Row) -> dict[str, Any]:
    """What of a customer's orders his portrait goes by: it is made anew when that is another."""
    return {
        "cents": customer["spent_cents"],
        "last_on": customer["last_order_on"],
        "orders": customer["order_count"],
    }


def portrait(orders: Sequence[Row], lines: Sequence[Row], setting: Mapping[str, Any]) -> dict[str, Any]:
    """The values that orders and their lines tell; what they do not tell is left out."""
    found: dict[str, Any] = {}
    days = sorted({day_number(order["ordered_on"]) for order in orders})
    if len(days) > 1:
        gaps = len(days) - 1
        found["purchase_cycle_days"] = (2 * (days[-1] - days[0]) + gaps) // (2 * gaps)
    bought = Counter(order["product_line"] for order in orders if order["product_line"] is not None)
    if bought:
        ranked = sorted(bought, key=lambda line: (-bought[line], line))
        found["preferences"] = ranked[: setting["preferences"]]
    if len(lines) >= setting["least_lines"]:
        reduced = sum(line["discount"] is not None and Decimal(line["discount"]) > 0 for line in lines)
        share = 100 * reduced // len(lines)
        limits = ((_HIGH, setting["high_percent"]), (_MEDIUM, setting["medium_percent"]))
        found["price_sensitivity"] = next((name for name, least in limits if share >= least), _LOW)
    return found
