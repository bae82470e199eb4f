"""The actions that move work between people: accept, reassign some or many, and one's own presence."""

from collections.abc import Sequence

from agent_app.actions.desk import Desk, record, record_each
from agent_app.store.changes import StoreChanges
from server_sync.domain.commands import AcceptTask, ReassignTask, Rejected, SetPresence
from server_sync.domain.errors import KnownError


def accept_task(desk: Desk, task_id: bytes, customer_id: bytes) -> StoreChanges:
    """Take a task up; raises KnownError when it is somebody else's by now."""
    return record(desk, [AcceptTask(task_id, customer_id, desk.clock.now())], "task")


Move = tuple[bytes, bytes, bytes | None]
"""A task, its customer, and who gets it; None: the pool of its team."""


def reassign_some(
    desk: Desk, moves: Sequence[Move]
) -> tuple[StoreChanges, Sequence[tuple[Move, KnownError]]]:
    """Give each task to its own person, those that can be; the others with what stands against it."""
    now = desk.clock.now()
    commands = [ReassignTask(desk.ids.new(), task, customer, who, now) for task, customer, who in moves]
    changes, decisions = record_each(desk, commands, "reassign")
    refused = [
        (move, KnownError(decision.kind, **decision.values))
        for move, decision in zip(moves, decisions, strict=True)
        if isinstance(decision, Rejected)
    ]
    return changes, refused


def set_presence(desk: Desk, state: str, pause_reason: str | None = None) -> StoreChanges:
    """Say what one is doing now (F7)."""
    return record(desk, [SetPresence(desk.person_id, state, pause_reason, desk.clock.now())], "presence")
