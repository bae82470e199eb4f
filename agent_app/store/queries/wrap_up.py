"""What a wrap-up has to know: the task and its draft, the attempt, and what decides when the task is tried again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from agent_app.store.queries import settings, task_sheet
from agent_app.store.queries.task_sheet import TaskSheet
from agent_app.store.rows import StoreRows
from server_sync.domain.commands import Need
from server_sync.domain.model import attempt, contact_point, customer
from server_sync.domain.rules import retry_days
from server_sync.domain.rules.contact_ledger import DIALLED
from server_sync.domain.rules.dispositions import BY_CODE
from server_sync.domain.rules.reason import Reason, reason
from server_sync.domain.rules.retries import closing_disposition, next_attempt
from server_sync.domain.rules.retry_days import RetryDays

_RULES = ("retries", "contact_frequency", "calling_window")


@dataclass(frozen=True)
class WrapUpSheet:
    """`attempt_id` is the call that was begun and waits for its wrap-up, None when none was; `started` are the starts
    of the task's attempts (ms), that of an unfinished one included; `rules` are settings by key."""

    sheet: TaskSheet
    attempt_id: bytes | None
    started_at: int | None
    contact_point_id: bytes | None
    """The number that was dialled, or that is dialled first."""
    started: tuple[int, ...]
    another_number: bool
    rules: Mapping[str, Mapping[str, Any]]
    days: RetryDays
    preferred_time: str | None = None
    """The part of the day that the customer likes."""


def load(connection: Connection, task_id: bytes, now: int) -> WrapUpSheet | None:
    """The sheet, or None when this desk does not hold the task. Raises KnownError CALENDAR_INVALID."""
    sheet = task_sheet.load(connection, task_id)
    if sheet is None:
        return None
    attempts = connection.execute(select(attempt).where(attempt.c.task_id == task_id)).all()
    wanted = sheet.draft.attempt_id if sheet.draft else None
    current = next((one for one in attempts if one.id == wanted and one.disposition is None), None)
    used = current.contact_point_id if current else None
    of_customer = select(contact_point).where(contact_point.c.customer_id == sheet.customer_id)
    points = connection.execute(of_customer.order_by(contact_point.c.position)).all()
    dialled = [p.id for p in points if p.valid and p.kind not in ("email", "wechat")]
    if current is None:
        used = dialled[0] if dialled else None
    rows = StoreRows(connection, (Need(*need) for need in retry_days.needs(now)))
    return WrapUpSheet(
        sheet=sheet,
        attempt_id=current.id if current else None,
        started_at=current.started_at if current else None,
        contact_point_id=used,
        started=tuple(one.started_at for one in attempts if not one.late),
        another_number=any(p.valid and p.id != used and p.kind in DIALLED for p in points),
        rules={key: settings.load(connection, key) for key in _RULES},
        days=retry_days.retry_days(rows, now),
        preferred_time=connection.scalar(
            select(customer.c.preferred_time).where(customer.c.id == sheet.customer_id)
        ),
    )


def consequence(sheet: WrapUpSheet, code: str, now: int) -> Reason:
    """What a disposition will do to the task, as the command decides it: "final" {code}, or why and when it is tried
    again, with `at` (ms) among the values where a moment is known, and `skipped`: the values of the runs of closed days
    that were passed over, where there are any."""
    disposition = BY_CODE[code]
    retries, frequency = sheet.rules["retries"], sheet.rules["contact_frequency"]
    started = sheet.started if sheet.attempt_id else (*sheet.started, now)
    closing = closing_disposition(disposition, len(started), retries, another_number=sheet.another_number)
    if closing is not None:
        return reason("final", code=closing)
    again = next_attempt(disposition, started, now, retries, frequency, sheet.days, sheet.preferred_time)
    at = {} if again.at is None else {"at": again.at}
    skipped = {"skipped": [run.values for run in again.skipped]} if again.skipped else {}
    return Reason(again.why.kind, {**again.why.values, **at, **skipped})
