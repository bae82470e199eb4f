"""The verbs of reminders: take note of one, and raise a task to its team's lead (M3.5, M3.6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from server_sync.domain.commands.decision import (
    Accepted,
    Actor,
    Decision,
    Insert,
    Need,
    Row,
    Rows,
    Update,
    rejected,
)
from server_sync.domain.commands.facts import clamp
from server_sync.domain.commands.on_task import OnTask
from server_sync.domain.commands.tasks import left
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import ActivityKind, CallbackState, ReminderState
from server_sync.domain.rules.permissions import OPEN_STATES, leads

MOST_LEVELS = 100


@dataclass(frozen=True)
class SeeReminder(OnTask):
    """Take note of a reminder: who it is for, or his team's lead. One that is over or not due yet stays as it is."""

    name: ClassVar[str] = "see_reminder@1"
    reminder_id: bytes
    task_id: bytes
    customer_id: bytes
    seen_at: int

    def reads(self) -> Iterable[Need]:
        return Need("task", self.task_id), Need("reminder", self.reminder_id)

    def decide_on(self, task: Row, rows: Rows, actor: Actor, now: int) -> Decision:
        reminder = rows.get("reminder", self.reminder_id)
        if reminder is None or reminder["task_id"] != self.task_id:
            return rejected(ErrorKind.NOT_FOUND, table="reminder")
        mine = reminder["person_id"] is not None and reminder["person_id"] == actor.person_id
        if not (mine or leads(actor, task["team_id"])):
            return rejected(ErrorKind.NOT_PERMITTED)
        at = clamp(self.seen_at, now)
        if reminder["state"] not in (ReminderState.WAITING, ReminderState.SENT) or at < reminder["due_at"]:
            return Accepted(())
        return Accepted((Update("reminder", self.reminder_id, {"state": ReminderState.SEEN, "seen_at": at}),))


@dataclass(frozen=True)
class EscalateTask(OnTask):
    """Raise a task by a step of its ladder, by the server or the team's lead; with `hand_over` it leaves who has it and
    waits for the lead to give it to somebody else."""

    name: ClassVar[str] = "escalate_task@1"
    activity_id: bytes
    task_id: bytes
    customer_id: bytes
    level: int
    hand_over: bool
    escalated_at: int

    def reads(self) -> Iterable[Need]:
        yield Need("task", self.task_id)
        yield Need("callback", self.task_id, "task_id")

    def decide_on(self, task: Row, rows: Rows, actor: Actor, now: int) -> Decision:
        if not leads(actor, task["team_id"]):
            return rejected(ErrorKind.NOT_PERMITTED)
        if task["state"] not in OPEN_STATES:
            return rejected(ErrorKind.TASK_CLOSED, state=task["state"])
        if not 1 <= self.level <= MOST_LEVELS:
            return rejected(ErrorKind.FIELD_INVALID, field="level", most=MOST_LEVELS)
        at = clamp(self.escalated_at, now)
        values: dict[str, Any] = {
            "escalation_level": max(task["escalation_level"], self.level),
            "escalated_at": at,
        }
        released: list[Update] = []
        if self.hand_over:
            values |= {**left(task), "assignee_id": None, "in_pool": False, "appointment_owner_id": None}
            released = [
                Update("callback", promise["id"], {"state": CallbackState.RELEASED, "released_at": at})
                for promise in rows.where("callback", "task_id", self.task_id)
                if promise["state"] == CallbackState.OPEN
            ]
        fact = {
            "id": self.activity_id,
            "customer_id": self.customer_id,
            "task_id": self.task_id,
            "person_id": actor.person_id,
            "kind": ActivityKind.ESCALATED,
            "details": {
                "level": self.level,
                "hand_over": self.hand_over,
                "from": task["assignee_id"] and task["assignee_id"].hex(),
            },
            "happened_at": at,
        }
        return Accepted((Update("task", self.task_id, values), *released, Insert("activity", fact)))
