"""The actions of who writes ladders of reminders, and the hours in which nothing is sent."""

from collections.abc import Mapping
from typing import Any

from agent_app.actions.desk import Desk, record
from agent_app.store.changes import StoreChanges
from server_sync.domain.commands import SaveEscalationPolicy, SaveQuietHours

ORIGIN = "ladders"


def save_ladder(
    desk: Desk, policy_id: bytes, seen: Mapping[str, Any] | None, definition: Mapping[str, Any]
) -> StoreChanges:
    """Save a ladder; `seen` are the columns that the writer changed, None for a new one. Raises KnownError, also
    LADDER_CHANGED {fields} where somebody else has written into the same column meanwhile."""
    before = None if seen is None else dict(seen)
    return record(desk, [SaveEscalationPolicy(policy_id, dict(definition), before)], ORIGIN)


def save_quiet_hours(desk: Desk, begin: str, end: str, seen: Mapping[str, Any]) -> StoreChanges:
    """Save from when to when nothing is sent. Raises KnownError FIELD_INVALID {field}, LADDER_CHANGED {fields}."""
    return record(desk, [SaveQuietHours(begin, end, dict(seen))], ORIGIN)
