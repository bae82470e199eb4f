"""The demo's visits: one plan hands them out at the end of the fortnight, some of them for today."""

from sqlalchemy import select

from server_sync.automation.plans import run_plans
from server_sync.demo.company import Company, add_plan
from server_sync.domain.clock import HOUR
from server_sync.domain.commands import Update
from server_sync.domain.ids import Ids
from server_sync.domain.model import Channel, task
from server_sync.store import changes
from server_sync.store.transaction import Transaction

PLAN = "key_account_visit"
TODAY = 3
"""So many of the first agent's visits are due today, an hour apart."""


def hand_out(tx: Transaction, ids: Ids, company: Company) -> None:
    """Run the plan of visits now; its form has been published."""
    add_plan(tx, ids, PLAN)
    run_plans(tx, tx.now, ids, PLAN)
    visits = select(task.c.id).where(
        task.c.channel == Channel.VISIT, task.c.assignee_id == company.first_agent.person_id
    )
    first = tx.connection.scalars(visits.order_by(task.c.id).limit(TODAY)).all()
    due = [
        Update("task", task_id, {"due_at": tx.now + (2 + hour) * HOUR}) for hour, task_id in enumerate(first)
    ]
    changes.write(tx, due)
