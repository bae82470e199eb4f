"""The verbs of a promise to a customer (承诺): make it, and settle it as kept or withdrawn (M4.9)."""

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
    Row,
    Rows,
    Update,
    derived_id,
    rejected,
)
from server_sync.domain.commands.facts import LONGEST_TEXT, already_there, clamp
from server_sync.domain.commands.on_customer import OnCustomer
from server_sync.domain.commands.on_task import OnTask
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import ActivityKind, CommitmentState

FURTHEST = 5 * 365 * DAY
SETTLED = (CommitmentState.KEPT, CommitmentState.WITHDRAWN)


@dataclass(frozen=True)
class MakeCommitment(OnTask):
    """Promise something to the customer of a task, until a time; who promised it sees to it. One that was due before it
    was made is due at once."""

    name: ClassVar[str] = "make_commitment@1"
    commitment_id: bytes
    task_id: bytes
    customer_id: bytes
    attempt_id: bytes | None
    response_id: bytes | None
    text: str
    due_at: int
    promised_at: int

    def reads(self) -> Iterable[Need]:
        yield Need("task", self.task_id)
        yield Need("commitment", self.commitment_id)
        for table, row_id in self._made_in():
            yield Need(table, row_id)

    def decide_on(self, task: Row, rows: Rows, actor: Actor, now: int) -> Decision:
        text = self.text.strip()
        known = rows.get("commitment", self.commitment_id)
        if known is not None:
            mine = (self.task_id, actor.person_id, text)
            return already_there((known["task_id"], known["owner_id"], known["text"]) == mine, "commitment")
        if actor.person_id is None:
            return rejected(ErrorKind.NOT_PERMITTED)
        if not text:
            return rejected(ErrorKind.FIELD_MISSING, field="text")
        if len(text) > LONGEST_TEXT:
            return rejected(ErrorKind.FIELD_INVALID, field="text", most=LONGEST_TEXT)
        for table, row_id in self._made_in():
            row = rows.get(table, row_id)
            if row is None or row["task_id"] != self.task_id or row["person_id"] != actor.person_id:
                return rejected(ErrorKind.NOT_FOUND, table=table)
        promised_at = clamp(self.promised_at, now)
        if self.due_at > promised_at + FURTHEST:
            return rejected(ErrorKind.FIELD_INVALID, field="due_at", at=self.due_at)
        commitment = {
            "id": self.commitment_id,
            "customer_id": self.customer_id,
            "task_id": self.task_id,
            "attempt_id": self.attempt_id,
            "response_id": self.response_id,
            "owner_id": actor.person_id,
            "text": text,
            "state": CommitmentState.OPEN,
            "promised_at": promised_at,
            "due_at": max(self.due_at, promised_at),
        }
        fact = {
            "id": derived_id(self.commitment_id, 1),
            "customer_id": self.customer_id,
            "task_id": self.task_id,
            "attempt_id": self.attempt_id,
            "person_id": actor.person_id,
            "kind": ActivityKind.COMMITMENT_MADE,
            "details": {"due_at": commitment["due_at"]},
            "text": text,
            "happened_at": promised_at,
        }
        return Accepted((Insert("commitment", commitment), Insert("activity", fact)))

    def _made_in(self) -> list[tuple[str, bytes]]:
        """The call and the filled form in which it was made, as (table, id)."""
        named = (("attempt", self.attempt_id), ("response", self.response_id))
        return [(table, row_id) for table, row_id in named if row_id is not None]


@dataclass(frozen=True)
class SettleCommitment(OnCustomer):
    """Say what became of a promise: it was kept, or is withdrawn and why. Whoever may see the customer may say so; the
    first word stands."""

    name: ClassVar[str] = "settle_commitment@1"
    commitment_id: bytes
    customer_id: bytes
    outcome: str
    note: str | None
    settled_at: int

    def reads_besides(self) -> Iterable[Need]:
        return (Need("commitment", self.commitment_id),)

    def decide_on(self, customer: Row, rows: Rows, actor: Actor, now: int) -> Decision:
        commitment = rows.get("commitment", self.commitment_id)
        if commitment is None or commitment["customer_id"] != self.customer_id:
            return rejected(ErrorKind.NOT_FOUND, table="commitment")
        if self.outcome not in SETTLED:
            return rejected(ErrorKind.FIELD_INVALID, field="outcome")
        note = (self.note or "").strip() or None
        if commitment["state"] != CommitmentState.OPEN:
            mine = (self.outcome, actor.person_id, note)
            if (commitment["state"], commitment["settled_by"], commitment["note"]) == mine:
                return Accepted(())
            return rejected(ErrorKind.COMMITMENT_SETTLED, state=commitment["state"])
        if note is None and self.outcome == CommitmentState.WITHDRAWN:
            return rejected(ErrorKind.FIELD_MISSING, field="note")
        if note is not None and len(note) > LONGEST_TEXT:
            return rejected(ErrorKind.FIELD_INVALID, field="note", most=LONGEST_TEXT)
        at = max(clamp(self.settled_at, now), commitment["promised_at"])
        settled = {"state": self.outcome, "settled_at": at, "settled_by": actor.person_id, "note": note}
        fact = {
            "id": derived_id(self.commitment_id, 128),
            "customer_id": self.customer_id,
            "task_id": commitment["task_id"],
            "person_id": actor.person_id,
            "kind": ActivityKind.COMMITMENT_SETTLED,
            "details": {
                "outcome": self.outcome,
                "promise": commitment["text"],
                "due_at": commitment["due_at"],
            },
            "text": note,
            "happened_at": at,
        }
        return Accepted((Update("commitment", self.commitment_id, settled), Insert("activity", fact)))
