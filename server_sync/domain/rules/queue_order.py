"""The order of a queue and why a task stands where it does (CONVENTIONS, call-scheduling rules); what keeps a task from
being called is `next_call`'s.

One statement of the rule, `_classes`, is read by both forms: `rank` for rows in Python, `order_by` for SQL.
"""

from collections.abc import Mapping
from enum import IntEnum
from typing import Any, Protocol

from sqlalchemy import ColumnElement, FromClause, case, literal

from server_sync.domain.clock import MINUTE
from server_sync.domain.model import Tier, Urgency
from server_sync.domain.rules.reason import Reason, reason

Row = Mapping[str, Any]
Settings = Mapping[str, Mapping[str, Any]]
"""Values of the settings "callbacks" and "queue" by key."""


class QueueClass(IntEnum):
    """The classes of a queue in their order."""

    APPOINTMENT = 0
    """Due: from five minutes before to fifteen after."""
    PROMISE = 1
    """Missed appointments, overdue promises, the verification of complaints."""
    DEADLINE = 2
    """Overdue or due soon."""
    VIP = 3
    RETRY = 4
    FRESH = 5
    WAITING = 6
    """Not now: a later appointment, a delay that has not passed, not available yet."""


# In these classes no clock presses: the plan's priority comes before the due time.
_BY_PRIORITY = (QueueClass.VIP, QueueClass.RETRY, QueueClass.FRESH)


class _Sight(Protocol):
    """Comparisons of a task and its customer that are false for a missing value; combined by `|` and `&`."""

    def after(self, column: str, moment: int) -> Any: ...
    def by(self, column: str, moment: int) -> Any: ...
    def equal(self, column: str, value: str) -> Any: ...


def _classes(see: _Sight, now: int, settings: Settings) -> tuple[tuple[QueueClass, Any], ...]:
    """The classes with their conditions; the first that holds decides, FRESH where none does."""
    early = now + settings["callbacks"]["early_minutes"] * MINUTE
    late = now - settings["callbacks"]["late_minutes"] * MINUTE
    soon = now + settings["queue"]["due_soon_minutes"] * MINUTE
    return (
        (QueueClass.WAITING, see.after("appointment_at", early)),
        (QueueClass.APPOINTMENT, see.after("appointment_at", late - 1)),
        (QueueClass.PROMISE, see.by("appointment_at", late - 1)),
        (QueueClass.WAITING, see.after("not_before_at", now) | see.after("available_at", now)),
        (
            QueueClass.PROMISE,
            see.equal("urgency", Urgency.COMPLAINT_VERIFICATION)
            | (see.equal("urgency", Urgency.PROMISE) & see.by("due_at", now)),
        ),
        (QueueClass.DEADLINE, see.by("due_at", soon)),
        (QueueClass.VIP, see.equal("tier", Tier.VIP)),
        (QueueClass.RETRY, see.after("attempt_count", 0)),
    )


class _RowSight:
    def __init__(self, task: Row, customer: Row) -> None:
        self._task, self._customer = task, customer

    def after(self, column: str, moment: int) -> bool:
        value = self._task[column]
        return value is not None and value > moment

    def by(self, column: str, moment: int) -> bool:
        value = self._task[column]
        return value is not None and value <= moment

    def equal(self, column: str, value: str) -> bool:
        return bool((self._customer if column == "tier" else self._task)[column] == value)


class _ColumnSight:
    def __init__(self, task: FromClause, customer: FromClause) -> None:
        self._task, self._customer = task, customer

    def after(self, column: str, moment: int) -> ColumnElement[bool]:
        return self._task.c[column] > moment

    def by(self, column: str, moment: int) -> ColumnElement[bool]:
        return self._task.c[column] <= moment

    def equal(self, column: str, value: str) -> ColumnElement[bool]:
        return (self._customer if column == "tier" else self._task).c[column] == value


def queue_class(task: Row, customer: Row, now: int, settings: Settings) -> QueueClass:
    """The class of a task at a moment."""
    conditions = _classes(_RowSight(task, customer), now, settings)
    return next((found for found, holds in conditions if holds), QueueClass.FRESH)


def rank(task: Row, customer: Row, now: int, settings: Settings) -> tuple[int, int, int, bytes, bytes]:
    """A key that sorts a queue: class, priority where no clock presses, due moment, customer id, task id."""
    found = queue_class(task, customer, now, settings)
    priority = -task["priority"] if found in _BY_PRIORITY else 0
    return found, priority, _moment(task, found), task["customer_id"], task["id"]


def _moment(task: Row, found: QueueClass) -> int:
    if task["appointment_at"] is not None:
        at: int = task["appointment_at"]
    elif found is QueueClass.WAITING:
        at = max(task["available_at"], task["not_before_at"] or 0)
    else:
        at = task["due_at"]
    return at


def class_column(task: FromClause, customer: FromClause, now: int, settings: Settings) -> ColumnElement[int]:
    """The class of each row as SQL, for SQLite and PostgreSQL."""
    conditions = _classes(_ColumnSight(task, customer), now, settings)
    return case(*((holds, literal(found.value)) for found, holds in conditions), else_=QueueClass.FRESH.value)


def order_by(
    task: FromClause, customer: FromClause, now: int, settings: Settings
) -> tuple[ColumnElement[Any], ...]:
    """The same key as `rank` as expressions for an ORDER BY over tasks joined with their customers."""
    found = class_column(task, customer, now, settings)
    later = case(
        (task.c.not_before_at > task.c.available_at, task.c.not_before_at), else_=task.c.available_at
    )
    return (
        found,
        case((found.in_([each.value for each in _BY_PRIORITY]), -task.c.priority), else_=0),
        case(
            (task.c.appointment_at.is_not(None), task.c.appointment_at),
            (found == QueueClass.WAITING.value, later),
            else_=task.c.due_at,
        ),
        task.c.customer_id,
        task.c.id,
    )


def why(task: Row, customer: Row, now: int, settings: Settings) -> Reason:
    """Why a task stands where it does.

    "appointment_due" and "appointment_missed" {appointment_at}, "complaint_verification", "promise_overdue",
    "overdue" and
    "due_soon" {due_at}, "vip" and "fresh" {due_at, priority}, "retry" {due_at, priority, attempts, disposition},
    "waiting" {until_at}.
    """
    found, due = queue_class(task, customer, now, settings), {"due_at": task["due_at"]}
    match found:
        case QueueClass.APPOINTMENT:
            return reason("appointment_due", appointment_at=task["appointment_at"])
        case QueueClass.PROMISE if task["appointment_at"] is not None:
            return reason("appointment_missed", appointment_at=task["appointment_at"])
        case QueueClass.PROMISE if task["urgency"] == Urgency.COMPLAINT_VERIFICATION:
            return Reason("complaint_verification", due)
        case QueueClass.PROMISE:
            return Reason("promise_overdue", due)
        case QueueClass.DEADLINE:
            return Reason("overdue" if task["due_at"] <= now else "due_soon", due)
        case QueueClass.VIP:
            return reason("vip", **due, priority=task["priority"])
        case QueueClass.RETRY:
            tried = {"attempts": task["attempt_count"], "disposition": task["disposition"]}
            return reason("retry", **due, priority=task["priority"], **tried)
        case QueueClass.FRESH:
            return reason("fresh", **due, priority=task["priority"])
        case QueueClass.WAITING:
            return reason("waiting", until_at=_moment(task, found))
