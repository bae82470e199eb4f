"""The action on a reminder: it was looked at."""

from agent_app.actions.desk import Desk, record
from agent_app.store.changes import StoreChanges
from server_sync.domain.commands import SeeReminder


def see_reminder(desk: Desk, reminder_id: bytes, task_id: bytes, customer_id: bytes) -> StoreChanges:
    """Take note of a reminder; raises KnownError when it is somebody else's by now."""
    return record(desk, [SeeReminder(reminder_id, task_id, customer_id, desk.clock.now())], "reminder")
