"""Tasks that no run has found anybody for, tried again; what a person took back stays with the lead."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Select, select

from server_sync.automation.assignment import Assigner, Unassigned
from server_sync.automation.whom import Now, Whom, holders
from server_sync.domain.commands import Update
from server_sync.domain.model import TaskState, customer, plan, task
from server_sync.jobs import ladders
from server_sync.store import changes
from server_sync.store.rows import lock_customers
from server_sync.store.transaction import Transaction


def assign_waiting(tx: Transaction, assigner: Assigner, now: Now) -> int:
    """Give to somebody what waits for somebody; returns how many found one."""
    waiting: Select[Any] = (
        select(
            task.c.id.label("task_id"),
            task.c.customer_id,
            task.c.priority,
            task.c.skills,
            task.c.available_at,
            task.c.due_at,
            plan.c.assignment,
            customer.c.code,
            customer.c.team_id,
            customer.c.owner_id,
            customer.c.region,
            customer.c.language,
            customer.c.product_line,
        )
        .join(customer, customer.c.id == task.c.customer_id)
        .join(plan, plan.c.id == task.c.plan_id)
        .where(
            task.c.state == TaskState.OPEN,
            task.c.assignee_id.is_(None),
            ~task.c.in_pool,
            task.c.previous_assignees == [],
        )
    )
    lock_customers(tx, [row.customer_id for row in tx.connection.execute(waiting)])
    rows = tx.connection.execute(waiting).all()
    held = holders(tx.connection, [row.customer_id for row in rows])
    works = [
        now.work(
            row,
            replace(Whom.from_json(row.assignment), skills=tuple(row.skills)),
            row.priority,
            row.available_at,
            row.due_at,
            held.get(row.customer_id),
        )
        for row in rows
    ]
    updates = [
        Update("task", row.task_id, answer.values())
        for row, answer in zip(rows, assigner.assign(works), strict=True)
        if not isinstance(answer, Unassigned)
    ]
    changes.write(tx, updates)
    ladders.follow(tx, updates)
    return len(updates)
