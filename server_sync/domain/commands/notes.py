"""The verb of the timeline: a note. A customer's own data stand in `corrections`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from server_sync.domain.commands.decision import (
    Accepted,
    Actor,
    Decision,
    Insert,
    Need,
    Row,
    Rows,
    rejected,
)
from server_sync.domain.commands.facts import LONGEST_TEXT, already_there, clamp
from server_sync.domain.commands.on_customer import OnCustomer
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import ActivityKind


@dataclass(frozen=True)
class AddNote(OnCustomer):
    """Write a note into the timeline."""

    name: ClassVar[str] = "add_note@1"
    activity_id: bytes
    customer_id: bytes
    text: str
    written_at: int
    task_id: bytes | None = None

    def reads_besides(self) -> Iterable[Need]:
        return (Need("activity", self.activity_id),)

    def decide_on(self, customer: Row, rows: Rows, actor: Actor, now: int) -> Decision:
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
