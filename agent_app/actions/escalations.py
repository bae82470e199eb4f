"""The lead's actions on what was escalated: each does something about the task and takes note of the reminder."""

from agent_app.actions.desk import Desk, record
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.reminders import DueReminder
from server_sync.domain.commands import AcceptTask, Command, EscalateTask, ReassignTask, SeeReminder
from server_sync.domain.commands.escalation import MOST_LEVELS

ORIGIN = "escalations"


def take_over(desk: Desk, one: DueReminder) -> StoreChanges:
    """The task becomes one's own, and accepted. Raises KnownError when it is closed or not of one's team."""
    accepted = AcceptTask(one.task_id, one.customer_id, desk.clock.now())
    return _record(desk, one, _given(desk, one, desk.person_id), accepted)


def give(desk: Desk, one: DueReminder, person_id: bytes | None) -> StoreChanges:
    """The task becomes somebody else's, or goes to its team's pool (None)."""
    return _record(desk, one, _given(desk, one, person_id))


def take_away(desk: Desk, one: DueReminder) -> StoreChanges:
    """The task leaves who has it, a level higher, and waits to be given to somebody."""
    level = min(one.level + 1, MOST_LEVELS)
    now = desk.clock.now()
    return _record(
        desk,
        one,
        EscalateTask(desk.ids.new(), one.task_id, one.customer_id, level, hand_over=True, escalated_at=now),
    )


def _given(desk: Desk, one: DueReminder, person_id: bytes | None) -> ReassignTask:
    return ReassignTask(desk.ids.new(), one.task_id, one.customer_id, person_id, desk.clock.now())


def _record(desk: Desk, one: DueReminder, *commands: Command) -> StoreChanges:
    seen = SeeReminder(one.id, one.task_id, one.customer_id, desk.clock.now())
    return record(desk, [*commands, seen], ORIGIN)
