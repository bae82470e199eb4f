"""What all verbs on a task have in common: it is there, the named customer's, and the actor works or worked on it."""

from abc import ABC, abstractmethod
from typing import ClassVar

from server_sync.domain.commands.decision import Actor, Decision, Rejected, Row, Rows, rejected
from server_sync.domain.errors import ErrorKind
from server_sync.domain.rules.permissions import has_worked_on, may_work_on


def task_in_sight(rows: Rows, actor: Actor, task_id: bytes, customer_id: bytes) -> Row | Rejected:
    """The task, if it belongs to the customer named and the actor works or worked on it; out of sight is
    "not found"."""
    task = rows.get("task", task_id)
    if task is None or task["customer_id"] != customer_id:
        return rejected(ErrorKind.NOT_FOUND, table="task")
    if not (may_work_on(actor, task) or has_worked_on(actor, task)):
        return rejected(ErrorKind.NOT_FOUND, table="task")
    return task


class OnTask(ABC):
    """A verb on one task: decided only where the actor has to do with it. What it reads names the task."""

    name: ClassVar[str]
    task_id: bytes
    customer_id: bytes

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        task = task_in_sight(rows, actor, self.task_id, self.customer_id)
        return task if isinstance(task, Rejected) else self.decide_on(task, rows, actor, now)

    @abstractmethod
    def decide_on(self, task: Row, rows: Rows, actor: Actor, now: int) -> Decision:
        """What it does to this task, or why not."""
