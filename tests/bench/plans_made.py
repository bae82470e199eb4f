"""Twenty plans of every kind, as a company that has planned for some years has them, for the bench of plans."""

from typing import Any

from tests.bench.crowd import LINES, REGIONS

_DAY = {"amount": 1, "unit": "working_days"}


def twenty_plans() -> list[dict[str, Any]]:
    """Their definitions as in a plan's file; most are for one region, one line or the best customers."""
    plans = [
        _plan(f"order_{days}_{place}", "after_order", {"days": days}, _all(_in_line(place), _region(place)))
        for place, days in enumerate((3, 7, 15, 30))
    ]
    plans += [
        _plan(f"first_order_{place}", "after_order", {"days": 3, "first_order": True}, _region(place))
        for place in range(2)
    ]
    plans += [
        _plan(f"delivered_{days}", "after_order", {"days": days, "basis": "delivered_on"}, _all(_vip()))
        for days in (1, 10)
    ]
    plans += [
        _plan(f"silent_{days}", "silence", {"days": days}, _all(_vip(), _region(place)))
        for place, days in enumerate((15, 60, 180))
    ]
    plans += [
        _plan(
            f"birthday_{place}",
            "before_date",
            {"date": "customer.birthday_on", "days": [3]},
            _all(_vip(), one),
        )
        for place, one in enumerate((_region(0), _region(1)))
    ]
    plans += [
        _plan("quarterly", "recurring", {"every": "quarter", "spread": True}, _all(_vip(), _region(2))),
        _plan("monthly", "recurring", {"every": "month", "spread": True}, _all(_vip(), _region(3))),
        _plan("by_tier", "cadence", {"table": [{"tier": "vip", "days": 30}]}, _all(_vip(), _region(4))),
        _plan("bought_again", "signal", {"signal": "repeat_purchase", "days": 30}, _all(_vip())),
        _plan("less_active", "signal", {"signal": "activity_drop"}, _all(_vip())),
        _plan("unhappy", "after_score", {"measure": "nps", "at_most": 6}, _all()),
        _plan("delighted", "after_score", {"measure": "nps", "at_least": 9}, _all()),
    ]
    return plans


def _plan(code: str, trigger: str, params: dict[str, Any], audience: dict[str, Any]) -> dict[str, Any]:
    more = {"trigger": trigger, "params": params, "audience": audience, "due_within": _DAY}
    return {"code": code, "name": code, "label": code, "purpose": "service", **more}


def _all(*rules: dict[str, Any]) -> dict[str, Any]:
    return {"combinator": "and", "rules": list(rules)}


def _vip() -> dict[str, Any]:
    return {"field": "tier", "operator": "=", "value": "vip"}


def _region(place: int) -> dict[str, Any]:
    rule = {"field": "region", "operator": "=", "value": REGIONS[place % len(REGIONS)]}
    return _all(rule)


def _in_line(place: int) -> dict[str, Any]:
    return {"field": "product_line", "operator": "=", "value": LINES[place % len(LINES)]}
