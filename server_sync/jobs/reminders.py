"""The job of a reminder that has come due: it is shown, sent out or raised to the lead, and the next step planned."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from server_sync.domain.commands import EscalateTask, Row, Update
from server_sync.domain.commands.decision import derived_id
from server_sync.domain.model import ReminderMeans, ReminderState, reminder
from server_sync.jobs import deliveries, ladders, server_command
from server_sync.jobs.ladder_rows import SENT_OUT
from server_sync.store import changes
from server_sync.store.rows import lock_customers
from server_sync.store.transaction import Transaction

RAISED = (ReminderMeans.SUPERVISOR, ReminderMeans.HAND_OVER)
OVER = (ReminderState.CANCELLED, ReminderState.SENT, ReminderState.FAILED)


def remind(tx: Transaction, payload: Mapping[str, Any]) -> None:
    """Fire a reminder, if it still waits and was not moved, once; then plan the step behind it."""
    named = select(reminder).where(reminder.c.id == bytes.fromhex(payload["reminder"]))
    found = tx.connection.execute(named).mappings().first()
    if found is None:
        return
    lock_customers(tx, [found["customer_id"]])
    row = dict(tx.connection.execute(named).mappings().one())
    if row["state"] in OVER or row["due_at"] > tx.now:
        return
    if row["state"] == ReminderState.WAITING:
        _fire(tx, row)
    ladders.replan(tx, [row["task_id"]])


def _fire(tx: Transaction, row: Row) -> None:
    if row["means"] in SENT_OUT:
        refusal = deliveries.send_out(tx, row)
        if refusal is not None:
            changes.write(tx, [Update("reminder", row["id"], deliveries.failed(refusal))])
        return
    sent = {"state": ReminderState.SENT, "sent_at": tx.now}
    changes.write(tx, [Update("reminder", row["id"], sent)])
    if row["means"] in RAISED:
        raised = EscalateTask(
            derived_id(row["id"], 1),
            row["task_id"],
            row["customer_id"],
            level=row["step"] + 1,
            hand_over=row["means"] == ReminderMeans.HAND_OVER,
            escalated_at=tx.now,
        )
        server_command.run(tx, raised, row["customer_id"])
