"""The jobs that have the plans look at customers before the day's run: at what has just changed, or when something of a
customer comes to its time; the looking is `automation.looks`."""

from collections.abc import Iterable, Sequence

from server_sync.domain.clock import MINUTE
from server_sync.domain.commands import Change, Insert
from server_sync.domain.model import PlanState, plan, response
from server_sync.store import job_table
from server_sync.store.job_table import Job
from server_sync.store.transaction import Transaction

LOOK = "plan_look"


def enqueue(tx: Transaction, cause: str) -> None:
    """Have the plans look at what has changed since they last did; `cause` names what happened, once and for all."""
    job_table.enqueue(tx, [Job(LOOK, {}, tx.now, f"{LOOK}:{cause}")])


def look_at(tx: Transaction, customers: Iterable[tuple[bytes, int]]) -> None:
    """Have them look at customers, each at his moment (ms), to the minute after it."""
    jobs = []
    for customer_id, at in customers:
        due_at = -(-at // MINUTE) * MINUTE
        name = customer_id.hex()
        jobs.append(Job(LOOK, {"customers": [name]}, due_at, f"{LOOK}:{name}:{due_at}"))
    job_table.enqueue(tx, jobs)


def follow(tx: Transaction, changes: Sequence[Change]) -> None:
    """An answer with a score, and a plan that is set to work, are looked at at once."""
    scored = next((change for change in changes if _has_score(change)), None)
    if scored is not None:  # one look finds them all
        enqueue(tx, scored.row_id.hex())
    for change in changes:
        if _starts(change):
            name = change.row_id.hex()
            job_table.enqueue(tx, [Job(LOOK, {"plan": name}, tx.now, f"{LOOK}:{name}:{tx.now}")])


def _has_score(change: Change) -> bool:
    if not isinstance(change, Insert) or change.table != response.name:
        return False
    return any(change.row.get(name) is not None for name in ("csat", "nps"))


def _starts(change: Change) -> bool:
    values = change.row if isinstance(change, Insert) else change.values
    return change.table == plan.name and values.get("state") == PlanState.ACTIVE
