"""A task with a ladder of reminders on a desk."""

from typing import Any

from agent_app.store.queries import reminders
from server_sync.domain.clock import HOUR
from server_sync.domain.commands import Actor, Insert
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW

STEPS: list[dict[str, Any]] = [
    {
        "basis": "created",
        "after": {"amount": hours, "unit": "natural_hours"},
        "while": lasts,
        "means": [means],
    }
    for hours, lasts, means in (
        (2, "unaccepted", "popup"),
        (4, "unaccepted", "supervisor"),
        (6, "open", "sms"),
    )
]


class Ladder:
    """A task of the first agent with its ladder; `remind` puts one of its reminders in."""

    def __init__(self, company: Company, **policy: Any) -> None:
        self.company = company
        organisation = company.organisation
        self.agent, self.lead = organisation.north_agents[0], organisation.north_lead
        self.customer = organisation.customer(organisation.north, name="张三丰")
        self.task = organisation.task(self.customer, self.agent)
        self.policy = company.ids.new()
        row = {"id": self.policy, "code": "ladder", "name": "阶梯", "steps": STEPS, "position": 0}
        about: dict[str, Any] = {"applies_to": {}, "active": True, **policy}
        company.put(self.customer, self.task, Insert("escalation_policy", row | about))

    def remind(self, step: int, **values: Any) -> bytes:
        row = {
            "id": self.company.ids.new(),
            "customer_id": self.customer.row_id,
            "task_id": self.task.row_id,
            "person_id": self.agent.person_id if step != 1 else None,
            "policy_id": self.policy,
            "step": step,
            "means": STEPS[step]["means"][0],
            "state": "waiting",
            "due_at": NOW,
            "clock_steps": [{"kind": "counted_from", "values": {"basis": "created", "at": NOW - HOUR}}],
        }
        self.company.put(Insert("reminder", row | values))
        made: bytes = row["id"]
        return made

    def shown(self, actor: Actor, now: int = NOW) -> list[bytes]:
        with self.company.store.read() as connection:
            return [one.id for one in reminders.to_show(connection, actor, now)]

    def inbox(self, actor: Actor) -> list[bytes]:
        with self.company.store.read() as connection:
            return [one.id for one in reminders.inbox(connection, actor, NOW)]
