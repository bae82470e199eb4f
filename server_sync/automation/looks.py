"""Has the plans look at what has changed since they last did, customer by customer: minutes after it happened, not the
next morning."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from server_sync.automation.plans import run_plans
from server_sync.domain.ids import Ids
from server_sync.domain.model import PlanState, plan
from server_sync.jobs.worker import Handler
from server_sync.store import watermarks
from server_sync.store.transaction import Transaction

LARGEST = 20_000
"""Of more customers who changed everybody is looked at: no slower, and nothing is forgotten."""
SEEN = "plans_seen"


def handler(ids: Ids) -> Handler:
    """Looks at the customers or runs the plan that a job names; else at all that has changed since the last look."""

    def run(tx: Transaction, payload: Mapping[str, Any]) -> None:
        if "customers" in payload:
            run_plans(tx, tx.now, ids, among=[bytes.fromhex(name) for name in payload["customers"]])
        elif "plan" in payload:
            wanted = select(plan.c.code).where(plan.c.id == bytes.fromhex(payload["plan"]))
            code = tx.connection.scalar(wanted.where(plan.c.state == PlanState.ACTIVE))
            if code is not None:
                run_plans(tx, tx.now, ids, only=code)
        else:
            look(tx, ids)

    return run


def look(tx: Transaction, ids: Ids) -> int | None:
    """Look at the customers who changed since the last look or full run; returns how many, None for all of them."""
    found = watermarks.news(tx.connection, SEEN, LARGEST)
    if found.customers is None or found.customers:
        run_plans(tx, tx.now, ids, among=found.customers)
    watermarks.remember(tx, SEEN, found.heads)
    return None if found.customers is None else len(found.customers)


def note_full_run(tx: Transaction) -> None:
    """To be called before everybody is looked at: what happened until now is seen with it."""
    watermarks.remember(tx, SEEN, watermarks.heads(tx.connection))
