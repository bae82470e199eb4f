"""The actions that move work between people: accept, reassign some or many, and one's own presence."""

from collections.abc import Sequence

from agent_app.actions.desk import Desk, record
from agent_app.store.changes import StoreChanges
from server_sync.domain.commands import AcceptTask, ReassignTask, SetPresence


def accept_task(desk: Desk, task_id: bytes, customer_id: bytes) -> StoreChanges:
    """Take a task up; raises KnownError when it is somebody else's by now."""
    return record(desk, [AcceptTask(task_id, customer_id, desk.clock.now())], "task")


def reassign_tasks(desk: Desk, tasks: Sequence[tuple[bytes, bytes]], person_id: bytes | None) -> StoreChanges:
    """Give tasks, as (task, customer), to a person or, with None, to their team's pool: all or none."""
    return reassign_each(desk, [(task, customer, person_id) for task, customer in tasks])


def reassign_each(desk: Desk, moves: Sequence[tuple[bytes, bytes, bytes | None]]) -> StoreChanges:
    """Give each task, as (task, customer, person), to its own person or, with None, to its team's pool: all or none."""
    now = desk.clock.now()
    commands = [ReassignTask(desk.ids.new(), task, customer, who, now) for task, customer, who in moves]
    return record(desk, commands, "reassign")


def set_presence(desk: Desk, state: str, pause_reason: str | None = None) -> StoreChanges:
    """Say what one is doing now (F7)."""
    return record(desk, [SetPresence(desk.person_id, state, pause_reason, desk.clock.now())], "presence")
