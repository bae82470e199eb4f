"""The action of those who set goals (M1.1): one is kept as it was written."""

from collections.abc import Mapping
from typing import Any

from agent_app.actions.desk import Desk, record
from agent_app.store.changes import StoreChanges
from server_sync.domain.commands import SaveGoal
from server_sync.domain.model import GoalState

Written = Mapping[str, Any]
"""What a person writes of a goal: its columns, `owner_id` as text."""
_WRITTEN_STATES = (GoalState.ACTIVE, GoalState.WITHDRAWN)


def save_goal(desk: Desk, seen: Written | None, written: Written) -> StoreChanges:
    """Save what was written; `seen` are the columns that the writer changed, None for a new one. Raises KnownError,
    also GOAL_CHANGED {fields} where somebody else has written into the same column meanwhile."""
    before = None
    if seen is not None:
        before = {name: _id(value) if name == "owner_id" else value for name, value in seen.items()}
    return record(desk, [SaveGoal(definition_of(written), before, _id(written["owner_id"]))], "goals")


def definition_of(written: Written) -> dict[str, Any]:
    """As a goal's file has it; whether it is reached or missed is measured and never written."""
    state = {"state": written["state"]} if written["state"] in _WRITTEN_STATES else {}
    rest = {name: value for name, value in written.items() if name not in ("owner_id", "state")}
    return {name: value for name, value in rest.items() if value is not None} | state


def _id(text: str | None) -> bytes | None:
    return None if text is None else bytes.fromhex(text)
