"""What happens to customers and calls for a plan, as rows not written yet; and a plan that is tried on them."""

from typing import Any

from server_sync.domain.clock import HOUR
from server_sync.domain.commands import Insert
from server_sync.domain.model import TaskState
from tests.server_sync.automation.planning import AFTER_ORDER, Centre
from tests.server_sync.organisation import NOW


def plan(office: Centre, trigger: str, params: dict[str, Any], **values: Any) -> None:
    """Set a plan of this trigger to work."""
    office.plan(AFTER_ORDER | {"code": "tried", "trigger": trigger, "params": params} | values)


def codes(office: Centre, as_of: int | None = None) -> list[str]:
    """Run, and tell whose tasks there are now."""
    office.run(as_of)
    return [str(task["code"]) for task in office.tasks()]


def event(office: Centre, customer: Insert, kind: str, happened_at: int, **values: Any) -> Insert:
    """Something that another system tells of."""
    row_id = office.ids.new()
    row = {
        "id": row_id,
        "customer_id": customer.row_id,
        "kind": kind,
        "number": row_id.hex(),
        "happened_at": happened_at,
    }
    return Insert("event", row | values)


def contract(office: Centre, customer: Insert, expires_on: str, **values: Any) -> Insert:
    """A contract of a customer."""
    row = {"id": office.ids.new(), "customer_id": customer.row_id, "number": "HT-1", "expires_on": expires_on}
    return Insert("contract", row | values)


def response(office: Centre, task: Insert, recorded_at: int, **values: Any) -> Insert:
    """Answers that were given on a task."""
    row = {
        "id": office.ids.new(),
        "customer_id": task.row["customer_id"],
        "task_id": task.row_id,
        "attempt_id": office.ids.new(),
        "person_id": office.organisation.north_agents[0].person_id,
        "form_version_id": office.organisation.form_version,
        "answers": {},
        "complete": True,
        "recorded_at": recorded_at,
    }
    return Insert("response", row | values)


def done_task(office: Centre, customer: Insert, **values: Any) -> Insert:
    """A task that the first agent of the north has done."""
    closed = {"state": TaskState.DONE, "done_at": NOW - HOUR}
    return office.organisation.task(customer, office.organisation.north_agents[0], **closed | values)
