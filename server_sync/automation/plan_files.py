"""Plans as JSON: reading a file, checking every part of it, and storing the plan by its code; running is `plans`'."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, select

from server_sync.automation.definition_files import Outcome
from server_sync.automation.definitions import Kind
from server_sync.automation.plan_needs import lacking
from server_sync.domain.commands import Insert, Update
from server_sync.domain.ids import Ids
from server_sync.domain.model import PlanState, form, goal, plan
from server_sync.domain.rules.plans.definition import PlanDefinition, looked_at_plan
from server_sync.store import changes
from server_sync.store.transaction import Transaction

__all__ = ["PLANS", "Outcome", "PlanDefinition", "definition_of", "store_plan"]

EXPORTED = (
    *("code", "name", "label", "description", "source", "goal", "purpose", "channel", "trigger", "params"),
    *("audience", "form", "starts_on", "ends_on", "available_after", "due_within", "steps", "priority"),
    *("urgency", "control_percent", "assignment", "tags", "dialling"),
)
"""The keys of a plan's file, in their order."""


def store_plan(tx: Transaction, ids: Ids, definition: PlanDefinition) -> Outcome:
    """Add the plan, or change the one of that code. Raises KnownError, the first of `lacking`."""
    connection = tx.connection
    for _, error in lacking(connection, definition):
        raise error
    values = dict(definition.values)
    values["form_id"] = _id_of(connection, form, definition.form)
    values["goal_id"] = _id_of(connection, goal, definition.goal)
    stored = connection.execute(select(plan).where(plan.c.code == definition.code)).mappings().one_or_none()
    if stored is None:
        row = {**values, "id": ids.new(), "state": definition.state or PlanState.ACTIVE.value}
        changes.write(tx, [Insert("plan", row | _changed_now(tx))])
        return Outcome.CREATED
    if definition.state is not None:
        values["state"] = definition.state
    changed = {name: value for name, value in values.items() if stored[name] != value}
    if not changed:
        return Outcome.UNCHANGED
    changes.write(tx, [Update("plan", stored["id"], changed | _changed_now(tx))])
    return Outcome.UPDATED


def _changed_now(tx: Transaction) -> dict[str, Any]:
    return {"changed_at": tx.now, "changed_by": None}


def _id_of(connection: Connection, table: Table, code: str | None) -> bytes | None:
    if code is None:
        return None
    row_id: bytes | None = connection.scalar(select(table.c.id).where(table.c.code == code))
    return row_id


PLANS = Kind("plans", looked_at_plan, store_plan, lacking)


def definition_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The plan of a row of `plans.plan_rows` as its file has it; what says nothing is left out. One that has ended is
    paused: taken in elsewhere it does not begin by itself."""
    names = [name for name in EXPORTED if row[name] not in (None, [], {})]
    state = PlanState.PAUSED.value if row["state"] == PlanState.ENDED else row["state"]
    return {name: row[name] for name in names} | {"state": state}
