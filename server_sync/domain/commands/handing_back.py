"""The verb by which a task leaves whoever does not do it: to whom the assignment chose, or into the team's pool."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
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
from server_sync.domain.model import ActivityKind
from server_sync.domain.rules.permissions import OPEN_STATES


class HandedBack(StrEnum):
    """Why a task leaves its assignee."""

    LEASE_OVER = "lease_over"
    """He pulled it out of the pool and did not do it in time."""
    ON_LEAVE = "on_leave"
    AWAY = "away"
    """Nobody has heard of him for long."""
    DISABLED = "disabled"
    """He may not sign in any more."""
    REFUSED = "refused"
    """The customer declined for now: a refusal converter calls again."""


@dataclass(frozen=True)
class HandBackTask(OnTask):
    """Take a task from its assignee, by the server alone. `assigned_because` belongs to `person_id`; None goes into the
    pool. An appointment keeps its own rule (`ReleaseCallback`): such a task stays."""

    name: ClassVar[str] = "hand_back_task@1"
    activity_id: bytes
    task_id: bytes
    customer_id: bytes
    person_id: bytes | None
    because: str
    assigned_because: Mapping[str, Any] | None
    handed_back_at: int

    def reads(self) -> Iterable[Need]:
        yield Need("task", self.task_id)
        if self.person_id is not None:
            yield Need("person", self.person_id)

    def decide_on(self, task: Row, rows: Rows, actor: Actor, now: int) -> Decision:
        if actor.person_id is not None:
            return rejected(ErrorKind.NOT_PERMITTED)
        if self.because not in list(HandedBack):
            return rejected(ErrorKind.FIELD_INVALID, field="because")
        if task["state"] not in OPEN_STATES:
            return rejected(ErrorKind.TASK_CLOSED, state=task["state"])
        if task["team_id"] is None:
            return rejected(ErrorKind.FIELD_MISSING, field="team_id")
        team_id = task["team_id"]
        if self.person_id is not None:
            person = rows.get("person", self.person_id)
            if person is None or not person["active"]:
                return rejected(ErrorKind.NOT_FOUND, table="person")
            team_id = person["team_id"] or team_id
        if task["assignee_id"] in (None, self.person_id) or task["appointment_at"] is not None:
            return Accepted(())
        because = {} if self.assigned_because is None else {**self.assigned_because}
        values = {
            **left(task),
            "team_id": team_id,
            "assignee_id": self.person_id,
            "in_pool": self.person_id is None,
            "assigned_because": {**because, "handed_back": self.because},
        }
        fact = {
            "id": self.activity_id,
            "customer_id": self.customer_id,
            "task_id": self.task_id,
            "person_id": actor.person_id,
            "kind": ActivityKind.REASSIGNED,
            "details": {
                "from": task["assignee_id"].hex(),
                "to": self.person_id and self.person_id.hex(),
                "because": self.because,
            },
            "happened_at": clamp(self.handed_back_at, now),
        }
        return Accepted((Update("task", self.task_id, values), Insert("activity", fact)))
