"""Trees and a count for the tests and pictures of the condition builder."""

from typing import Any

from agent_app.ui.conditions.state import Counted, CountStage, Known, Sample

NOW = 1_795_312_800_000  # 2026-11-22 10:00 in Shanghai
DAY = 86_400_000
TEAM = "01" * 16
VIP = {"field": "tier", "operator": "=", "value": "vip"}
TWICE = {"field": "orders_within", "operator": ">=", "value": 2, "days": 90}
SILENT = {"field": "last_contact_at", "operator": "older_than_days", "value": 15}
KNOWN = Known(
    {
        "team": [(TEAM, "华东一组")],
        "segments": [("high_value", "高价值客群"), ("sleeping", "沉睡客群")],
        "answer": [("/data/q1", "您对安装师傅的服务满意吗？")],
    }
)


def group(*rules: Any, any_of: bool = False, negated: bool = False) -> dict[str, Any]:
    """A group's JSON."""
    made: dict[str, Any] = {"combinator": "or" if any_of else "and", "rules": list(rules)}
    return {**made, "not": True} if negated else made


AUDIENCE = group(
    VIP,
    SILENT,
    group(
        TWICE,
        {"field": "spent_within", "operator": "between", "value": ["5000", "20000.5"], "days": 180},
        {"field": "segments", "operator": "in", "value": ["high_value", "sleeping"]},
        any_of=True,
    ),
    group(
        {"field": "do_not_call", "operator": "contains", "value": "marketing"},
        {"field": "last_csat", "operator": "<=", "value": 2},
        any_of=True,
        negated=True,
    ),
    {"field": "birthday_on", "operator": "anniversary_within_days", "value": 30},
)

COUNTED = Counted(
    CountStage.COUNTED,
    1_284,
    sample=(
        Sample("C000017", "陈*", "vip", "上海", NOW - 16 * DAY),
        Sample("C000231", "王**", "vip", "杭州", NOW - 40 * DAY),
        Sample("C001902", "华*****司", "vip", None, None),
    ),
)
