"""The verb of the timeline, a note, and what all verbs on a customer share; his own data stand in `corrections`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from server_sync.domain.clock import DAY
from server_sync.domain.commands.decision import (
    Accepted,
    Actor,
    Decision,
    Insert,
    Need,
    Rejected,
    Row,
    Rows,
    rejected,
)
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import ActivityKind
from server_sync.domain.rules.permissions import may_see_customer

LONGEST_TEXT = 10_000
"""Characters of what a person writes."""
LONGEST_OFFLINE = 90 * DAY
"""As long as tombstones are kept (SYNC E3): what a desk did is not older when it arrives."""


def visible_customer(rows: Rows, actor: Actor, customer_id: bytes) -> Row | Rejected:
    """The customer, if he exists and the actor may see him; a customer out of sight is "not found", never
    "forbidden"."""
    customer = rows.get("customer", customer_id)
    if customer is None or not may_see_customer(
        actor, customer, rows.where("task", "customer_id", customer_id)
    ):
        return rejected(ErrorKind.NOT_FOUND, table="customer")
    return customer


def customer_needs(customer_id: bytes) -> tuple[Need, ...]:
    """What `visible_customer` reads."""
    return Need("customer", customer_id), Need("task", customer_id, "customer_id")


def clamp(at: int, now: int) -> int:
    """A device's time of a fact, as far as it can be: never ahead of whoever decides (SYNC §5: clocks that run ahead
    are clamped), nor before the longest time that a desk may be away."""
    return max(min(at, now), now - LONGEST_OFFLINE)


def already_there(same: bool, table: str) -> Decision:
    """What becomes of a fact whose id is taken: the same fact again changes nothing (SYNC §5: duplicates are
    ignored)."""
    return Accepted(()) if same else rejected(ErrorKind.ALREADY_EXISTS, table=table)


@dataclass(frozen=True)
class AddNote:
    """Write a note into the timeline."""

    name: ClassVar[str] = "add_note@1"
    activity_id: bytes
    customer_id: bytes
    text: str
    written_at: int
    task_id: bytes | None = None

    def reads(self) -> Iterable[Need]:
        return (*customer_needs(self.customer_id), Need("activity", self.activity_id))

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        customer = visible_customer(rows, actor, self.customer_id)
        if isinstance(customer, Rejected):
            return customer
        tasks = rows.where("task", "customer_id", self.customer_id)
        if self.task_id is not None and self.task_id not in [task["id"] for task in tasks]:
            return rejected(ErrorKind.NOT_FOUND, table="task")
        text = self.text.strip()
        known = rows.get("activity", self.activity_id)
        if known is not None:
            mine = (self.customer_id, actor.person_id, ActivityKind.NOTE, text)
            same = (known["customer_id"], known["person_id"], known["kind"], known["text"]) == mine
            return already_there(same, "activity")
        if not text:
            return rejected(ErrorKind.FIELD_MISSING, field="text")
        if len(text) > LONGEST_TEXT:
            return rejected(ErrorKind.FIELD_INVALID, field="text", most=LONGEST_TEXT)
        return Accepted(
            (
                Insert(
                    "activity",
                    {
                        "id": self.activity_id,
                        "customer_id": self.customer_id,
                        "task_id": self.task_id,
                        "person_id": actor.person_id,
                        "kind": ActivityKind.NOTE,
                        "details": {},
                        "text": text,
                        "happened_at": clamp(self.written_at, now),
                    },
                ),
            )
        )
