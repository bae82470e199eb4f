"""What becomes of a task after a call: it ends, is tried again later, waits for its callback or for somebody else; for
the verbs that let a call's result count."""

from collections.abc import Iterator
from typing import Any

from server_sync.domain.commands.decision import Need, Row, Rows, Update
from server_sync.domain.commands.tasks import left
from server_sync.domain.model import CallbackState, TaskState
from server_sync.domain.rules import retry_days
from server_sync.domain.rules.contact_ledger import DIALLED
from server_sync.domain.rules.dispositions import Disposition, Group
from server_sync.domain.rules.retries import closing_disposition, next_attempt
from server_sync.domain.rules.settings import setting_id, setting_value
from server_sync.domain.rules.skills import REFUSAL

SETTINGS = ("retries", "contact_frequency")


def needs(attempt_id: bytes, task_id: bytes, customer_id: bytes, around: int) -> Iterator[Need]:
    """What `changes` reads; `around` is about when the task goes on, as the command's arguments know it."""
    yield Need("task", task_id)
    yield Need("customer", customer_id)
    yield Need("attempt", task_id, "task_id")
    yield Need("attempt", attempt_id)
    yield Need("contact_point", customer_id, "customer_id")
    yield Need("callback", task_id, "task_id")
    for key in SETTINGS:
        yield Need("setting", setting_id(key))
    yield from (Need(*need) for need in retry_days.needs(around))


def changes(
    rows: Rows, task: Row, attempt: Row, disposition: Disposition, ended_at: int, around: int
) -> tuple[Update, ...]:
    """The task after a call that ended with a disposition, and the promises on it that are kept by that; `around` as it
    was given to `needs`."""
    fate = Update("task", task["id"], _values(rows, task, attempt, disposition, ended_at, around))
    if disposition.callback_required:
        return (fate,)
    kept = {"state": CallbackState.KEPT}
    return fate, *(Update("callback", promise["id"], kept) for promise in open_promises(rows, task["id"]))


def open_promises(rows: Rows, task_id: bytes) -> list[Row]:
    """The callbacks that are booked on a task."""
    return [c for c in rows.where("callback", "task_id", task_id) if c["state"] == CallbackState.OPEN]


def _values(
    rows: Rows, task: Row, attempt: Row, disposition: Disposition, ended_at: int, around: int
) -> dict[str, Any]:
    values: dict[str, Any] = {"disposition": disposition.code}
    if disposition.group is Group.REFUSAL and disposition.contacted and disposition.try_again:
        values["skills"] = sorted({*task["skills"], REFUSAL})
    settings = {key: setting_value(key, rows.get("setting", setting_id(key))) for key in SETTINGS}
    started = [a["started_at"] for a in rows.where("attempt", "task_id", task["id"]) if not a["late"]]
    closing = closing_disposition(
        disposition, len(started), settings["retries"], another_number=_other_number(rows, task, attempt)
    )
    if closing is not None:
        done = {"state": TaskState.DONE, "done_at": ended_at, "not_before_at": None, "appointment_at": None}
        return done | {"disposition": closing, "appointment_owner_id": None}
    if disposition.callback_required:
        return values | {"state": TaskState.OPEN, "not_before_at": None}
    if disposition.hand_over:
        return values | _handed_over(task)
    customer = rows.get("customer", task["customer_id"])
    again = next_attempt(
        disposition,
        started,
        ended_at,
        settings["retries"],
        settings["contact_frequency"],
        retry_days.retry_days(rows, around),
        None if customer is None else customer["preferred_time"],
    )
    values |= {"state": TaskState.OPEN, "not_before_at": again.at, "appointment_at": None}
    return values | {"appointment_owner_id": None}


def _other_number(rows: Rows, task: Row, attempt: Row) -> bool:
    """Whether another number is left to try when this one is dead."""
    points = rows.where("contact_point", "customer_id", task["customer_id"])
    used = attempt["contact_point_id"]
    return any(p["valid"] and p["id"] != used and p["kind"] in DIALLED for p in points)


def _handed_over(task: Row) -> dict[str, Any]:
    """Nobody's, and in no pool: the team's lead decides who takes over."""
    return {
        **left(task),
        "assignee_id": None,
        "in_pool": False,
        "not_before_at": None,
        "appointment_at": None,
        "appointment_owner_id": None,
    }
