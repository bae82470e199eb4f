"""Rows that the benchmarks make in more than one place."""

from typing import Any

from server_sync.domain.clock import DAY
from server_sync.domain.commands import Insert


def open_task(row_id: bytes, now: int, customer: Insert, key: str, **values: Any) -> Insert:
    """A task of the customer's owner and team that is open since yesterday and due by tomorrow."""
    row = {
        "id": row_id,
        "customer_id": customer.row_id,
        "team_id": customer.row["team_id"],
        "assignee_id": customer.row["owner_id"],
        "in_pool": False,
        "state": "open",
        "purpose": "service",
        "channel": "phone",
        "reason": "days_after_order",
        "reason_values": {"days": 3, "label": "首访", "basis": "ordered_on"},
        "priority": 50,
        "available_at": now - DAY,
        "due_at": now + DAY,
        "dedupe_key": key,
        "created_at": now,
    }
    return Insert("task", row | values)
