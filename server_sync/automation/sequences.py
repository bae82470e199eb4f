"""When the next step of a plan's sequence has its time (M1.4): a job that stands in the transaction of the step before;
doing it is `stepping`'s."""

from collections.abc import Mapping, Sequence
from typing import Any

from server_sync.automation.fates import Occasion
from server_sync.domain.rules.working_time import Span, WorkingTime
from server_sync.store import job_table
from server_sync.store.job_table import Job
from server_sync.store.transaction import Transaction

STEP = "plan_step"


def enqueue_next(
    tx: Transaction, plan_row: Mapping[str, Any], time: WorkingTime, done: Sequence[Occasion]
) -> None:
    """Put in what follows these occasions of a plan, each once, however often it is put in."""
    steps = plan_row["steps"]
    jobs = []
    for wanted in done:
        if wanted.step < len(steps):
            number = wanted.step + 1
            payload = {
                "plan": plan_row["id"].hex(),
                "customer": wanted.customer.id.hex(),
                "key": wanted.first_key,
                "basis_at": wanted.basis_at,
                "step": number,
            }
            due_at = time.add(wanted.basis_at, Span.from_json(steps[number - 1]["after"]))
            jobs.append(Job(STEP, payload, due_at, f"{STEP}:{wanted.first_key}:{number}"))
    job_table.enqueue(tx, jobs)
