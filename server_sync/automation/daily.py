"""The job of a working day's start: takes back what those have who are away, runs the plans, sees to its next time."""

from collections.abc import Iterator, Mapping
from typing import Any

from server_sync.automation import flow_back, looks
from server_sync.automation.plans import run_plans
from server_sync.domain.ids import Ids
from server_sync.domain.rules.local_time import iso_day
from server_sync.domain.rules.working_time import WorkingTime
from server_sync.jobs.worker import Handler
from server_sync.store import company, job_table
from server_sync.store.job_table import Job
from server_sync.store.transaction import Transaction

PLAN_RUN = "plan_run"


def handler(ids: Ids) -> Handler:
    """Does the job: the new tasks and the next job stand in the job's own transaction."""

    def run(tx: Transaction, payload: Mapping[str, Any]) -> None:
        looks.note_full_run(tx)
        flow_back.flow_back(tx, ids)
        run_plans(tx, tx.now, ids)
        enqueue(tx, from_today=False)

    return run


def enqueue(tx: Transaction, *, from_today: bool = True) -> None:
    """See to it that a run waits for the next working day, today's included; one a day, whoever is first.

    A server that starts later in the day makes up for it at once. A company that never works has no runs.
    """
    time = company.working_time(tx.connection)
    for day in _days(time, time.zone.day(tx.now) - from_today):
        opens_at = time.open_spans(day)[0][0]
        job_table.enqueue(tx, [Job(PLAN_RUN, {}, opens_at, f"{PLAN_RUN}:{iso_day(day)}")])
        return


def _days(time: WorkingTime, after: int) -> Iterator[int]:
    """Working days after a day whose opening a clock that jumps has not swallowed."""
    return (day for day in time.working_days_after(after) if time.open_spans(day))
