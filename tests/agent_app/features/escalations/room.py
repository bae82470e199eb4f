"""What a lead finds in the inbox: a complaint raised, an old task, a text message that was not sent, one seen."""

from typing import Any

from agent_app.store import cursors
from server_sync.domain.clock import HOUR
from server_sync.domain.commands import Insert
from tests.agent_app.desk import Company
from tests.agent_app.ladders import STEPS, Ladder
from tests.server_sync.organisation import NOW


def reckoned(hours: int) -> list[dict[str, Any]]:
    """The sum of a step's time."""
    start, end = NOW - 6 * HOUR, NOW - (6 - hours) * HOUR
    worked = {"from_at": start, "to_at": end, "ms": hours * HOUR}
    return [
        {"kind": "counted_from", "values": {"basis": "created", "at": start}},
        {"kind": "worked", "values": worked},
    ]


def filled(company: Company) -> dict[str, bytes]:
    """Put them in; the reminders by a word each."""
    organisation = company.organisation
    with company.store.write() as connection:
        cursors.save(connection, {"ref": 1, f"team:{organisation.north.hex()}": 1}, {})
    ladder = Ladder(company)
    raised = ladder.remind(1, state="sent", due_at=NOW - 2 * HOUR, clock_steps=reckoned(4))
    failed = ladder.remind(2, state="failed", error="no_address", due_at=NOW - HOUR, clock_steps=reckoned(5))
    other = organisation.customer(organisation.north, name="欧阳文文")
    urgent = organisation.task(other, organisation.north_agents[1], urgency="complaint_verification")
    company.put(other, urgent)
    about = {
        "customer_id": other.row_id,
        "task_id": urgent.row_id,
        "policy_id": ladder.policy,
        "person_id": None,
    }
    row = {
        "id": company.ids.new(),
        "step": 1,
        "means": STEPS[1]["means"][0],
        "state": "sent",
        "due_at": NOW - HOUR,
    }
    company.put(Insert("reminder", {**row, **about, "clock_steps": reckoned(5)}))
    return {"raised": raised, "failed": failed, "complaint": row["id"]}
