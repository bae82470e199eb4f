"""The actions of those who plan: save a plan, set it to work, pause or end it; and the templates that come with the
program."""

import json
import re
from collections.abc import Mapping
from typing import Any

from agent_app.actions.desk import Desk, record
from agent_app.host.resources import resource
from agent_app.store.changes import StoreChanges
from server_sync.domain.commands import SavePlan, SetPlanState

Written = Mapping[str, Any]
"""What a person writes of a plan, by `queries.plans.WRITTEN`."""
NAMED_BY_ID = ("form_id", "goal_id")
"""The columns that name a row."""
_TEMPLATES = "samples/plans"


def save_plan(
    desk: Desk,
    plan_id: bytes,
    seen: Written | None,
    written: Written,
    states: tuple[str, str] | None = None,
    confirmed: int | None = None,
) -> StoreChanges:
    """Save what was written; `seen` is the plan as the writer found it, None for a new one. `states`: also make of the
    first the second, as `set_plan_state` does. Both or nothing. Raises KnownError, also PLAN_CHANGED {fields} where
    somebody else has written into the same field meanwhile."""
    before = None if seen is None else {name: seen[name] for name in changed_fields(seen, written)}
    save = SavePlan(plan_id, definition_of(written), written["form_id"], written["goal_id"], before)
    if states is None:
        return record(desk, [save], "plans")
    return record(desk, [save, SetPlanState(plan_id, states[1], states[0], confirmed)], "plans")


def set_plan_state(
    desk: Desk, plan_id: bytes, seen: str, state: str, confirmed: int | None = None
) -> StoreChanges:
    """Set a plan to work, pause it or end it; `confirmed`: its next run may make so many tasks. Raises KnownError, also
    PLAN_CHANGED."""
    return record(desk, [SetPlanState(plan_id, state, seen, confirmed)], "plans")


def definition_of(written: Written) -> dict[str, Any]:
    """As a plan's file has it, but for the guide and the goal, which are named by their ids."""
    return {name: value for name, value in written.items() if name not in NAMED_BY_ID and value is not None}


def changed_fields(before: Written, after: Written) -> tuple[str, ...]:
    """The fields that are others now."""
    return tuple(name for name, value in after.items() if before[name] != value)


def read_templates() -> tuple[Mapping[str, Any], ...]:
    """The definitions that come with the program, by their source; reads files."""
    files = sorted(resource(_TEMPLATES).glob("*.json"))
    found = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    return tuple(sorted(found, key=lambda one: (_numbers(one.get("source", "")), one["code"])))


def _numbers(source: str) -> list[int]:
    """M1.9 stands before M1.10."""
    return [int(number) for number in re.findall(r"\d+", source)]
