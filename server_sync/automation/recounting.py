"""Reckons the windows of open tasks anew by the company's present hours and holidays, and the next run of the plans."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from server_sync.automation import daily
from server_sync.domain.commands import Update
from server_sync.domain.model import OccasionOutcome, occasion, task
from server_sync.domain.rules.permissions import OPEN_STATES
from server_sync.domain.rules.plans import windows
from server_sync.jobs import ladders, recount
from server_sync.store import changes, company
from server_sync.store.rows import lock_customers
from server_sync.store.transaction import Transaction

TASKS_A_RUN = 500


def recount_some(tx: Transaction, payload: Mapping[str, Any]) -> None:
    """Do that for the next open tasks by id, and see to those behind them; their reminders move along.

    A task that was merged with others keeps to the earliest of their due dates.
    """
    after = bytes.fromhex(payload["after"])
    if not after:
        daily.enqueue(tx, from_today=False)
    found = (
        select(task.c.id, task.c.customer_id)
        .where(task.c.id > after, task.c.state.in_(OPEN_STATES), task.c.plan_id.is_not(None))
        .order_by(task.c.id)
        .limit(TASKS_A_RUN)
    )
    ids = [row.id for row in tx.connection.execute(found)]
    if not ids:
        return
    lock_customers(tx, [row.customer_id for row in tx.connection.execute(found)])
    merged = (
        select(occasion.c.task_id, func.min(occasion.c.due_at).label("due_at"))
        .where(occasion.c.task_id.in_(ids), occasion.c.outcome == OccasionOutcome.MERGED)
        .group_by(occasion.c.task_id)
        .subquery("merged")
    )
    rows = (
        select(task, merged.c.due_at.label("merged_due_at"))
        .outerjoin(merged, merged.c.task_id == task.c.id)
        .where(task.c.id.in_(ids), task.c.state.in_(OPEN_STATES))
        .order_by(task.c.id)
    )
    time = company.working_time(tx.connection)
    moved = []
    for row in map(dict, tx.connection.execute(rows).mappings()):
        window = windows.window(row, time, tx.now)
        if window is None:
            continue
        available_at, due_at = window
        if row["merged_due_at"] is not None:
            due_at = min(due_at, row["merged_due_at"])
        values = {"available_at": available_at, "due_at": due_at}
        changed = {name: value for name, value in values.items() if row[name] != value}
        if changed:
            moved.append(Update("task", row["id"], changed))
    changes.write(tx, moved)
    ladders.follow(tx, moved)
    recount.enqueue(tx, ids[-1])
