"""The job that makes the next contact of a plan's sequence when its time has come (M1.4), whatever became of the one
before, unless the customer refused."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from server_sync.automation import sequences, standing
from server_sync.automation.fates import Occasion, Postponed
from server_sync.automation.plans import Run, plan_rows
from server_sync.domain.clock import DAY
from server_sync.domain.ids import Ids
from server_sync.domain.model import PlanState, customer, plan, task
from server_sync.domain.rules.dispositions import BY_CODE, Group
from server_sync.domain.rules.plans.params import CATCH_UP_DAYS
from server_sync.domain.rules.reason import reason
from server_sync.domain.rules.working_time import Span
from server_sync.jobs.worker import Handler
from server_sync.store.rows import lock_customers
from server_sync.store.transaction import Transaction


def handler(ids: Ids) -> Handler:
    """Does the job: the task, or what it was merged into, and the next step's job stand in the job's own transaction.
    A plan that is paused is waited for; one that has ended, or has fewer steps now, leaves its sequences as they are.
    """

    def run(tx: Transaction, payload: Mapping[str, Any]) -> int | None:
        found = select(plan.c.id).where(plan.c.id == bytes.fromhex(payload["plan"])).with_for_update()
        tx.connection.execute(found)
        row = tx.connection.execute(plan_rows().where(plan.c.id == bytes.fromhex(payload["plan"]))).mappings()
        plan_row = row.first()
        if plan_row is None or plan_row["state"] == PlanState.ENDED:
            return None
        if len(plan_row["steps"]) < payload["step"]:
            return None
        if plan_row["state"] != PlanState.ACTIVE:
            return tx.now + DAY
        return _Step(Run(tx, ids, tx.now), dict(plan_row), payload).take()

    return run


class _Step:
    def __init__(self, run: Run, plan_row: Mapping[str, Any], payload: Mapping[str, Any]) -> None:
        self._run = run
        self._plan = plan_row
        self._payload = payload
        self._step = plan_row["steps"][payload["step"] - 1]

    def take(self) -> int | None:
        """Settle the step; returns when to try again what the contact ledger stands against."""
        run, customer_id = self._run, bytes.fromhex(self._payload["customer"])
        lock_customers(run.tx, [customer_id])
        row = run.tx.connection.execute(select(customer).where(customer.c.id == customer_id)).one_or_none()
        if row is None or not run.within_period(self._plan) or self._refused(customer_id):
            return None
        wanted = self._occasion(row)
        standings = standing.histories(run.tx.connection, [customer_id])
        settled = run.decide(self._plan, [wanted], standings)
        run.settle(self._plan, settled, standings)
        ((_, fate),) = settled
        if not isinstance(fate, Postponed):
            return None
        again_at = int(fate.because.values.get("free_at") or run.tx.now + DAY)
        if again_at <= self._alive_until(wanted):
            return again_at
        sequences.enqueue_next(run.tx, self._plan, run.time, [wanted])
        return None

    def _alive_until(self, wanted: Occasion) -> int:
        """Until when the step makes sense: the next one takes its place, and nothing is caught up for longer."""
        until = wanted.window[1] + CATCH_UP_DAYS * DAY
        if len(self._plan["steps"]) == wanted.step:
            return until
        after = Span.from_json(self._plan["steps"][wanted.step]["after"])
        return min(until, self._run.time.add(wanted.basis_at, after))

    def _refused(self, customer_id: bytes) -> bool:
        """Whether the customer refused one of the contacts before."""
        key = self._payload["key"]
        own = [key, *(f"{key}:{number}" for number in range(1, self._payload["step"]))]
        said = select(task.c.disposition).where(task.c.customer_id == customer_id, task.c.dedupe_key.in_(own))
        codes = self._run.tx.connection.scalars(said).all()
        return any(code is not None and BY_CODE[code].group is Group.REFUSAL for code in codes)

    def _occasion(self, row: Any) -> Occasion:
        number, step, time = self._payload["step"], self._step, self._run.time
        basis_at = self._payload["basis_at"]
        starts_at = time.add(basis_at, Span.from_json(step["after"]))
        available_at = time.next_open(max(starts_at, self._run.as_of))
        due_at = max(time.add(starts_at, Span.from_json(step["due_within"])), available_at)
        return Occasion(
            row,
            f"{self._payload['key']}:{number}",
            reason(
                "plan_step",
                label=step["label"],
                step=number + 1,
                steps=len(self._plan["steps"]) + 1,
                after=step["after"],
                basis_at=basis_at,
                due_within=step["due_within"],
            ),
            basis_at,
            starts_at,
            (available_at, due_at),
            step["form"] or self._plan["form"],
            number,
        )
