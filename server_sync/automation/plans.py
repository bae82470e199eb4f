"""Runs plans: who is picked, who is kept out and why, which tasks come of it and whose they are, in one transaction."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, case, exists, func, or_, select

from server_sync.automation import agents
from server_sync.automation.assignment import Assigned, Assigner, Unassigned, Work
from server_sync.automation.moments import Moment
from server_sync.automation.run_report import PlanReport, PlanRunReport, Skip
from server_sync.automation.triggers import PICKINGS, Picking
from server_sync.domain.clock import Clock
from server_sync.domain.commands import Insert, Update
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import Ids
from server_sync.domain.model import PlanState, TaskState, Trigger, customer, do_not_call, form, plan, task
from server_sync.domain.rules import conditions
from server_sync.domain.rules.permissions import OPEN_STATES
from server_sync.domain.rules.working_time import Span, WorkingTime
from server_sync.store import changes, company
from server_sync.store.database import Database
from server_sync.store.rows import lock_customers
from server_sync.store.transaction import Transaction


def plan_run(
    database: Database, as_of: int, clock: Clock, ids: Ids, only: str | None = None
) -> PlanRunReport:
    """Run the active plans, or the one of the code `only`, in one transaction. Errors are those of `run_plans`."""
    with database.write(clock.now()) as tx:
        return run_plans(tx, as_of, ids, only)


def run_plans(tx: Transaction, as_of: int, ids: Ids, only: str | None = None) -> PlanRunReport:
    """Run the active plans, the higher priority first, as things stood at `as_of` (ms); running twice changes nothing.

    A batch plan ends with its run. A task is available from the first working moment from `as_of` on and due when the
    plan's `due_within` has passed from there. Raises KnownError NOT_FOUND {table, name} for an unknown code,
    FIELD_INVALID {field: "state", value} for a plan that is not active.
    """
    time = company.working_time(tx.connection)
    moment = Moment(as_of, time.zone)
    run = _Run(tx, ids, moment, time, agents.assigner(tx.connection, moment.start_of(time.zone.day(tx.now))))
    plans = _plans(tx, only)
    later = run.assign_waiting()
    reports = tuple(run.carry_out(one) for one in plans)
    return PlanRunReport(as_of, reports, later, run.assigner.given)


def _plans(tx: Transaction, only: str | None) -> Sequence[Mapping[str, Any]]:
    """The plans to run, locked: two runs at once would make the same tasks."""
    wanted = plan.c.state == PlanState.ACTIVE if only is None else plan.c.code == only
    found = select(plan).where(wanted).order_by(plan.c.priority.desc(), plan.c.code).with_for_update()
    rows = [dict(row) for row in tx.connection.execute(found).mappings()]
    if only is not None and not rows:
        raise KnownError(ErrorKind.NOT_FOUND, table="plan", name=only)
    for row in rows:
        if row["state"] != PlanState.ACTIVE:
            raise KnownError(ErrorKind.FIELD_INVALID, field="state", value=row["state"])
    return rows


@dataclass(frozen=True)
class _Run:
    tx: Transaction
    ids: Ids
    moment: Moment
    time: WorkingTime
    assigner: Assigner

    def carry_out(self, plan_row: Mapping[str, Any]) -> PlanReport:
        """Make and assign the tasks of one plan."""
        picking = PICKINGS[Trigger(plan_row["trigger"])]
        params = picking.params(plan_row["params"])
        picked = self._picked(plan_row, picking, params)
        made: list[tuple[Row[Any], str]] = []
        skipped: Counter[Skip] = Counter()
        known = self._known_keys(row.id for row in picked)
        for row in picked:
            key = f"{plan_row['trigger']}:{plan_row['id'].hex()}:{picking.key(params, row)}"
            skip = Skip.ALREADY_MADE if key in known else _skip(row, picking)
            if skip is None:
                made.append((row, key))
            else:
                skipped[skip] += 1
        answers = self.assigner.assign([_work(row, plan_row["priority"]) for row, _ in made])
        frame = self._frame(plan_row)
        rows = [
            self._task(frame, row, key, picking.reason(params, row, self.moment), answer)
            for (row, key), answer in zip(made, answers, strict=True)
        ]
        changes.write(self.tx, rows)
        if plan_row["trigger"] == Trigger.BATCH:
            changes.write(self.tx, [Update("plan", plan_row["id"], {"state": PlanState.ENDED})])
        unassigned = Counter(answer for answer in answers if isinstance(answer, Unassigned))
        assigned = len(made) - unassigned.total()
        return PlanReport(plan_row["code"], len(picked), len(made), assigned, skipped, unassigned)

    def assign_waiting(self) -> int:
        """Try again for the tasks that no run has found anybody for; what a person took back stays with the lead."""
        waiting: Select[Any] = (
            select(
                task.c.id.label("task_id"),
                task.c.customer_id,
                task.c.priority,
                customer.c.code,
                customer.c.team_id,
                customer.c.owner_id,
                customer.c.region,
                customer.c.language,
                customer.c.product_line,
            )
            .join(customer, customer.c.id == task.c.customer_id)
            .where(
                task.c.state == TaskState.OPEN,
                task.c.assignee_id.is_(None),
                ~task.c.in_pool,
                task.c.plan_id.is_not(None),
                task.c.previous_assignees == [],
            )
        )
        lock_customers(self.tx, [row.customer_id for row in self.tx.connection.execute(waiting)])
        rows = self.tx.connection.execute(waiting).all()
        answers = self.assigner.assign([_work(row, row.priority) for row in rows])
        updates = [
            Update(
                "task",
                row.task_id,
                {
                    "assignee_id": answer.person_id,
                    "team_id": answer.team_id,
                    "assigned_because": answer.because,
                },
            )
            for row, answer in zip(rows, answers, strict=True)
            if isinstance(answer, Assigned)
        ]
        changes.write(self.tx, updates)
        return len(updates)

    def _picked(
        self, plan_row: Mapping[str, Any], picking: Picking, params: Mapping[str, Any]
    ) -> Sequence[Row[Any]]:
        """The customers of trigger and audience by code, locked before they are looked at for good."""
        audience = conditions.parse(plan_row["audience"], self.moment.as_of)
        wanted = picking.select(params, self.moment).where(conditions.where(audience, customer))
        if self.tx.connection.dialect.name != "sqlite":  # where one writes at a time
            locked = wanted.with_only_columns(customer.c.id).order_by(customer.c.id)
            rows = locked.with_for_update(key_share=True, of=customer).subquery()
            self.tx.connection.execute(select(func.count()).select_from(rows))
        return self.tx.connection.execute(
            self._with_standing(wanted, plan_row).order_by(customer.c.code)
        ).all()

    def _with_standing(self, wanted: Select[Any], plan_row: Mapping[str, Any]) -> Select[Any]:
        """With who the customer is, and what stands against a task for him."""
        entry = do_not_call.c
        blocked = exists().where(
            entry.customer_id == customer.c.id,
            entry.scope.in_(("all", plan_row["purpose"])),
            or_(entry.cleared_at.is_(None), entry.cleared_at > self.tx.now),
        )
        # Compared in the result, not in the WHERE: SQLite would look through all tasks of the plan for each customer.
        by_plan = case((task.c.plan_id == plan_row["id"], Skip.OPEN_TASK.value), else_=Skip.OTHER_TASK.value)
        in_work = (
            select(func.min(by_plan))  # "open_task" before "other_task"
            .where(task.c.customer_id == customer.c.id, task.c.state.in_(OPEN_STATES))
            .correlate(customer)
            .scalar_subquery()
        )
        return wanted.add_columns(
            customer.c.id,
            customer.c.code,
            customer.c.team_id,
            customer.c.owner_id,
            customer.c.region,
            customer.c.language,
            blocked.label("blocked"),
            in_work.label("in_work"),
        )

    def _known_keys(self, customer_ids: Iterable[bytes]) -> set[str]:
        """The keys of all tasks that the customers ever had."""
        known: set[str] = set()
        for ids in changes.batches(customer_ids):
            found = select(task.c.dedupe_key).where(task.c.customer_id.in_(ids))
            known.update(self.tx.connection.scalars(found))
        return known

    def _frame(self, plan_row: Mapping[str, Any]) -> dict[str, Any]:
        """What all tasks of a plan's run have in common."""
        available_at = self.time.next_open(self.moment.at)
        guide = select(form.c.current_version_id).where(form.c.id == plan_row["form_id"])
        return {
            "plan_id": plan_row["id"],
            "form_version_id": self.tx.connection.scalar(guide),
            "in_pool": False,
            "state": TaskState.OPEN,
            "purpose": plan_row["purpose"],
            "channel": plan_row["channel"],
            "reason": PICKINGS[Trigger(plan_row["trigger"])].reason_kind,
            "reason_values": {"label": plan_row["label"], "due_within": plan_row["due_within"]},
            "priority": plan_row["priority"],
            "urgency": plan_row["urgency"],
            "available_at": available_at,
            "due_at": self.time.add(available_at, Span.from_json(plan_row["due_within"])),
            "created_at": self.tx.now,
        }

    def _task(
        self,
        frame: Mapping[str, Any],
        row: Row[Any],
        key: str,
        reason_values: Mapping[str, Any],
        answer: Assigned | Unassigned,
    ) -> Insert:
        own = {
            "id": self.ids.new(),
            "customer_id": row.id,
            "team_id": row.team_id,
            "dedupe_key": key,
            "reason_values": {**frame["reason_values"], **reason_values},
        }
        if isinstance(answer, Assigned):
            own |= {
                "assignee_id": answer.person_id,
                "team_id": answer.team_id,
                "assigned_because": answer.because,
            }
        return Insert("task", {**frame, **own})


def _skip(row: Row[Any], picking: Picking) -> Skip | None:
    if row.blocked:
        return Skip.DO_NOT_CALL
    if row.in_work is None or (row.in_work == Skip.OTHER_TASK and not picking.alone):
        return None
    return Skip(row.in_work)


def _work(row: Row[Any], priority: int) -> Work:
    return Work(row.code, row.team_id, row.owner_id, row.region, row.language, row.product_line, priority)
