"""Who may touch which row: role and row, the one statement of it for commands, routes and desks."""

from collections.abc import Mapping
from typing import Any, Protocol

from server_sync.domain.model import Role, TaskState

OPEN_STATES = (TaskState.OPEN, TaskState.ACCEPTED)

FROM_POOL: Mapping[str, Any] = {"by": "pool"}
"""`task.assigned_because` of who took the task out of his team's pool."""


class Acting(Protocol):
    """What the rules need to know of who acts."""

    @property
    def person_id(self) -> bytes | None: ...
    @property
    def role(self) -> Role: ...
    @property
    def team_id(self) -> bytes | None: ...


def leads(actor: Acting, team_id: bytes | None) -> bool:
    """Whether the actor decides for a team: its supervisor, an administrator, or the server itself."""
    if actor.person_id is None or actor.role is Role.ADMINISTRATOR:
        return True
    return actor.role is Role.SUPERVISOR and team_id is not None and actor.team_id == team_id


def may_keep_knowledge(actor: Acting) -> bool:
    """Whether the actor writes what everybody looks up: who leads a team, an administrator, or the server itself."""
    return actor.person_id is None or actor.role is not Role.AGENT


def may_plan(actor: Acting) -> bool:
    """Whether the actor writes plans and sets them to work: an administrator, or the server itself."""
    return actor.person_id is None or actor.role is Role.ADMINISTRATOR


def may_take(actor: Acting, task: Mapping[str, Any]) -> bool:
    """Whether the actor may take the task: it is his, or it lies in the pool of his team."""
    if task["assignee_id"] is not None:
        return bool(task["assignee_id"] == actor.person_id)
    return bool(task["in_pool"]) and actor.team_id is not None and task["team_id"] == actor.team_id


def may_work_on(actor: Acting, task: Mapping[str, Any]) -> bool:
    """Whether the actor may work on a task now."""
    return may_take(actor, task) or leads(actor, task["team_id"])


def has_worked_on(actor: Acting, task: Mapping[str, Any]) -> bool:
    """Whether the task was once the actor's, or lay in the pool of his team until a colleague took it: what he did on
    it before he heard of that is kept as history, flagged late (SYNC §5)."""
    if actor.person_id is None:
        return False
    if actor.person_id.hex() in (task["previous_assignees"] or ()):
        return True
    was_in_pool = task["assigned_because"] == FROM_POOL and task["team_id"] is not None
    return was_in_pool and task["team_id"] == actor.team_id


def may_correct_answers(actor: Acting, task: Mapping[str, Any], recorded: Mapping[str, Any]) -> bool:
    """Whether the actor may correct answers: a person who recorded them first, or leads the task's team."""
    if actor.person_id is None:
        return False
    return bool(recorded["person_id"] == actor.person_id) or leads(actor, task["team_id"])


def may_see_customer(actor: Acting, customer: Mapping[str, Any], tasks: list[Mapping[str, Any]]) -> bool:
    """Whether the actor may see and note on a customer: his own, of a task of his (once his is enough), or
    of his team's lead."""
    if leads(actor, customer["team_id"]) or customer["owner_id"] == actor.person_id:
        return True
    return any(may_work_on(actor, task) or has_worked_on(actor, task) for task in tasks)
