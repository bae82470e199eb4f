"""For whom a plan's tasks are (`plan.assignment`), and each of them as work to be assigned; who gets it says
`assignment`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from server_sync.automation.assignment import Holder, Work
from server_sync.domain.clock import MINUTE
from server_sync.domain.model import task
from server_sync.domain.rules.local_time import Zone
from server_sync.domain.rules.permissions import OPEN_STATES
from server_sync.domain.rules.plans.definition import To
from server_sync.store import changes


@dataclass(frozen=True)
class Whom:
    """What a plan says: to whom, the login of a person, and the skills that its tasks ask for (`rules.skills`)."""

    to: To = To.BALANCED
    person: str | None = None
    skills: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Whom":
        """Of {"to": "balanced" | "owner" | "pool" | "lead" | "person", "person": login, "skills": [text]}, all of it
        optional and checked before (`rules.plans`)."""
        return cls(To(value.get("to", To.BALANCED)), value.get("person"), tuple(value.get("skills", ())))


@dataclass(frozen=True)
class Now:
    """By what a work's days are told, and what is due so soon that its agent has to be there."""

    zone: Zone
    at: int
    immediate_minutes: int

    def work(
        self,
        customer: Any,
        whom: Whom,
        priority: int,
        available_at: int,
        due_at: int,
        holder: Holder | None = None,
    ) -> Work:
        """The work of a task for a customer, of whom a row has code, team_id, owner_id, region, language and
        product_line. Whom a plan names by office or by name gets its tasks, whoever holds the customer."""
        return Work(
            code=customer.code,
            team_id=customer.team_id,
            owner_id=customer.owner_id,
            region=customer.region,
            language=customer.language,
            product_line=customer.product_line,
            priority=priority,
            skills=whom.skills,
            to=whom.to,
            person=whom.person,
            holder=None if whom.to in (To.LEAD, To.PERSON) else holder,
            day=self.zone.day(max(available_at, self.at)),
            due_day=self.zone.day(due_at),
            immediate=available_at <= self.at and due_at <= self.at + self.immediate_minutes * MINUTE,
        )


def holders(connection: Connection, customer_ids: Iterable[bytes]) -> dict[bytes, Holder]:
    """Who holds each customer by a lease out of the pool. Whoever just has another task of his takes his share of the
    load like everybody."""
    found: dict[bytes, Holder] = {}
    for ids in changes.batches(customer_ids):
        rows = select(task.c.customer_id, task.c.assignee_id, task.c.leased_until).where(
            task.c.customer_id.in_(ids),
            task.c.assignee_id.is_not(None),
            task.c.leased_until.is_not(None),
            task.c.state.in_(OPEN_STATES),
        )
        for row in connection.execute(rows.order_by(task.c.id)):
            found.setdefault(row.customer_id, Holder(row.assignee_id, row.leased_until))
    return found
