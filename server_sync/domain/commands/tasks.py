"""The verbs that move a task between people: accept and reassign; the work on it stands in `attempts`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from server_sync.domain.commands.decision import (
    Accepted,
    Actor,
    Decision,
    Insert,
    Need,
    Rejected,
    Row,
    Rows,
    Update,
    rejected,
)
from server_sync.domain.commands.facts import clamp
from server_sync.domain.commands.on_task import OnTask
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import ActivityKind, CallbackState, TaskState
from server_sync.domain.rules import do_not_call
from server_sync.domain.rules.permissions import (
    FROM_POOL,
    OPEN_STATES,
    leads,
    may_take,
)

BY_LEAD: Mapping[str, Any] = {"by": "supervisor"}
"""`task.assigned_because` of whom a lead chose."""


def previous_assignees(task: Row) -> list[str]:
    """Who had the task before, ids as hex, once its assignee has left it."""
    previous = list(task["previous_assignees"])
    if task["assignee_id"] is not None and task["assignee_id"].hex() not in previous:
        previous.append(task["assignee_id"].hex())
    return previous


def left(task: Row) -> dict[str, Any]:
    """What a task is once it leaves its assignee, whoever gets it next: waiting to be accepted, its lease over."""
    return {
        "previous_assignees": previous_assignees(task),
        "state": TaskState.OPEN,
        "accepted_at": None,
        "leased_until": None,
    }


def taking(task: Row, actor: Actor) -> dict[str, Any]:
    """What makes a task the actor's, whoever had it: what those do who have not heard of it yet is kept."""
    if task["assignee_id"] == actor.person_id:
        return {"in_pool": False}
    values = {
        "assignee_id": actor.person_id,
        "in_pool": False,
        "leased_until": None,
        "previous_assignees": previous_assignees(task),
    }
    return values | {"assigned_because": FROM_POOL if task["in_pool"] else BY_LEAD}


def refused_by_customer(rows: Rows, task: Row, now: int) -> Rejected | None:
    """Why nobody may be given this task: the customer does not want the contact. Asked when a task is assigned, and
    again when it is dialled (SYNC §5)."""
    entries = rows.where("do_not_call", "customer_id", task["customer_id"])
    entry = do_not_call.blocking_entry(entries, task["purpose"], now)
    if entry is None:
        return None
    told = {"scope": entry["scope"], "source": entry["source"], "set_at": entry["set_at"]}
    return rejected(ErrorKind.DO_NOT_CALL, **told)


@dataclass(frozen=True)
class AcceptTask(OnTask):
    """Take a task up: one's own, or one of the team's pool, which then is nobody else's."""

    name: ClassVar[str] = "accept_task@1"
    task_id: bytes
    customer_id: bytes
    accepted_at: int

    def reads(self) -> Iterable[Need]:
        return Need("task", self.task_id), Need("do_not_call", self.customer_id, "customer_id")

    def decide_on(self, task: Row, rows: Rows, actor: Actor, now: int) -> Decision:
        if not may_take(actor, task):
            return rejected(ErrorKind.ALREADY_TAKEN)
        if task["state"] not in OPEN_STATES:
            return rejected(ErrorKind.TASK_CLOSED, state=task["state"])
        if task["state"] == TaskState.ACCEPTED:
            return Accepted(())
        refused = refused_by_customer(rows, task, now)
        if refused is not None:
            return refused
        accepted = {"state": TaskState.ACCEPTED, "accepted_at": clamp(self.accepted_at, now)}
        return Accepted((Update("task", self.task_id, accepted | taking(task, actor)),))


@dataclass(frozen=True)
class ReassignTask(OnTask):
    """Give a task to another person (M3.2), or with `person_id` None into the pool of its team."""

    name: ClassVar[str] = "reassign_task@1"
    activity_id: bytes
    task_id: bytes
    customer_id: bytes
    person_id: bytes | None
    reassigned_at: int

    def reads(self) -> Iterable[Need]:
        yield Need("task", self.task_id)
        yield Need("callback", self.task_id, "task_id")
        yield Need("do_not_call", self.customer_id, "customer_id")
        if self.person_id is not None:
            yield Need("person", self.person_id)

    def decide_on(self, task: Row, rows: Rows, actor: Actor, now: int) -> Decision:
        if not leads(actor, task["team_id"]):
            return rejected(ErrorKind.NOT_PERMITTED)
        if task["state"] not in OPEN_STATES:
            return rejected(ErrorKind.TASK_CLOSED, state=task["state"])
        refused = refused_by_customer(rows, task, now)
        if refused is not None:
            return refused
        team_id = task["team_id"]
        if self.person_id is not None:
            person = rows.get("person", self.person_id)
            if person is None or not person["active"]:
                return rejected(ErrorKind.NOT_FOUND, table="person")
            if not leads(actor, person["team_id"]):
                return rejected(ErrorKind.NOT_PERMITTED)
            team_id = person["team_id"] or team_id
        elif task["team_id"] is None:
            return rejected(ErrorKind.FIELD_MISSING, field="team_id")
        if task["assignee_id"] == self.person_id and task["in_pool"] == (self.person_id is None):
            return Accepted(())
        values = {
            **left(task),
            "team_id": team_id,
            "assignee_id": self.person_id,
            "in_pool": self.person_id is None,
            "appointment_owner_id": self.person_id if task["appointment_at"] is not None else None,
            "assigned_because": BY_LEAD,
        }
        at = clamp(self.reassigned_at, now)
        fact = {
            "id": self.activity_id,
            "customer_id": self.customer_id,
            "task_id": self.task_id,
            "person_id": actor.person_id,
            "kind": ActivityKind.REASSIGNED,
            "details": {
                "from": task["assignee_id"] and task["assignee_id"].hex(),
                "to": self.person_id and self.person_id.hex(),
            },
            "happened_at": at,
        }
        # A promise goes with its task, so that it is the new assignee who is expected to keep it.
        moved: dict[str, Any] = {"owner_id": self.person_id}
        if self.person_id is None:
            moved = {"state": CallbackState.RELEASED, "released_at": at}
        promises = [
            Update("callback", promise["id"], moved)
            for promise in rows.where("callback", "task_id", self.task_id)
            if promise["state"] == CallbackState.OPEN
        ]
        return Accepted((Update("task", self.task_id, values), *promises, Insert("activity", fact)))
