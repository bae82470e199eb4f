"""When a task that a plan made is to be done, reckoned anew from what its reason keeps: hours and holidays may have
changed since."""

from collections.abc import Mapping
from typing import Any

from server_sync.domain.clock import DAY
from server_sync.domain.rules.local_time import day_number
from server_sync.domain.rules.working_time import Span, WorkingTime

Row = Mapping[str, Any]


def window(task: Row, time: WorkingTime, now: int) -> tuple[int, int] | None:
    """From when on a task is available and until when it is due (ms) by a clock; what is available already stays so.

    None where its reason does not keep how long it has, as with tasks that no plan made.
    """
    values = task["reason_values"]
    if "due_within" not in values:
        return None
    starts_at = _starts_at(task, time)
    available_at: int = task["available_at"]
    if available_at > now:
        available_at = time.next_open(max(available_at, starts_at or 0))
    counted_from = available_at if starts_at is None else starts_at
    due_at = time.add(counted_from, Span.from_json(values["due_within"]))
    return available_at, max(due_at, available_at)


def _starts_at(task: Row, time: WorkingTime) -> int | None:
    """The moment that fixes the window; None where it only hangs on when the task became available."""
    values = task["reason_values"]
    after, exact = values.get("available_after"), False
    basis_at: int = task["created_at"]
    match task["reason"]:
        case "plan_step":
            basis_at, after = values["basis_at"], values["after"]
        case "after_event":
            basis_at, exact = values["happened_at"], True
        case "after_score":
            basis_at, exact = values["recorded_at"], True
        case "days_after_order":
            day = day_number(values[values["basis"]]) + values["days"]
            basis_at = time.zone.moment(day * DAY)
    if after is None:
        return basis_at if exact else None
    return time.add(basis_at, Span.from_json(after))
