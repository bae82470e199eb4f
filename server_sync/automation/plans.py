"""Runs plans: who is picked, what becomes of each (`fates`), and which tasks come of it (`settling`), in one
transaction."""

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sqlalchemy import Row, Select, exists, select

from server_sync.automation import agents, fates, standing, waiting
from server_sync.automation.assignment import Assigner, Way
from server_sync.automation.fates import Fate, Occasion
from server_sync.automation.moments import Moment
from server_sync.automation.run_report import PlanReport, PlanRunReport
from server_sync.automation.settling import Settling
from server_sync.automation.standing import Settings, Standing
from server_sync.automation.triggers import PICKINGS
from server_sync.automation.triggers.picking import Among, each_once, reach
from server_sync.automation.whom import Now
from server_sync.domain.clock import Clock
from server_sync.domain.commands import Update
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import Ids
from server_sync.domain.model import (
    OccasionOutcome,
    PlanState,
    Trigger,
    customer,
    form,
    goal,
    occasion,
    plan,
    task,
)
from server_sync.domain.rules import conditions
from server_sync.domain.rules.local_time import iso_day
from server_sync.domain.rules.plans.definition import MOST_UNASKED, most_tasks
from server_sync.domain.rules.plans.params import checked_params
from server_sync.domain.rules.reason import Reason
from server_sync.domain.rules.working_time import Span, WorkingTime
from server_sync.jobs import plan_look
from server_sync.store import changes, company, scratch, whole_tables
from server_sync.store.database import Database
from server_sync.store.rows import lock_customers
from server_sync.store.transaction import Transaction

logger = logging.getLogger(__name__)

_FAR_TOO_MANY = 5
"""So many times more than that a plan is not looked into any further."""

PlanRow = Mapping[str, Any]


def plan_run(
    database: Database,
    as_of: int,
    clock: Clock,
    ids: Ids,
    only: str | None = None,
    most: int | None = MOST_UNASKED,
) -> PlanRunReport:
    """Run the active plans, or the one of the code `only`, in one transaction. Errors are those of `run_plans`, and
    TOO_MANY_TASKS {plan, count, most} when a plan would make more than it may: nothing is changed then."""
    with database.write(clock.now()) as tx:
        report = run_plans(tx, as_of, ids, only, most)
        for one in report.plans:
            if one.refused:
                raise KnownError(ErrorKind.TOO_MANY_TASKS, plan=one.code, count=one.refused, most=one.most)
        return report


def run_plans(
    tx: Transaction,
    as_of: int,
    ids: Ids,
    only: str | None = None,
    most: int | None = MOST_UNASKED,
    among: Sequence[bytes] | None = None,
) -> PlanRunReport:
    """Run the active plans, the higher priority first, as things stood at `as_of` (ms); running twice changes nothing.

    `among`: of these customers alone. A plan that would make more than `most` tasks, or than was confirmed for its next
    run over everybody, makes none (`PlanReport.refused`, and `plan.refused_tasks` for the desks). A batch plan ends
    with its run. A task is available from the first working moment from `as_of` on, or when the
    plan's `available_after` has passed since its basis, and due when `due_within` has passed from there. Raises
    KnownError NOT_FOUND {table, name} for an unknown code, FIELD_INVALID {field: "state", value, plan} for a plan that
    is not active.
    """
    run = Run(tx, ids, as_of, most)
    rows = _plans(tx, only)
    if among is None:
        whole_tables.read(tx.connection)
        later = waiting.assign_waiting(tx, run.assigner, run.now)
        reports = tuple(run.carry_out(one) for one in rows)
    else:
        later = 0
        with scratch.looking_at(tx.connection, set(among)) as named:
            reports = tuple(run.carry_out(one, named) for one in rows)
    given, way = (run.assigner.given, run.assigner.way) if run.assigns else (Counter[str](), Way.GREEDY)
    return PlanRunReport(as_of, reports, later, given, way)


def _plans(tx: Transaction, only: str | None) -> Sequence[PlanRow]:
    """The plans to run, locked: two runs at once would make the same tasks."""
    wanted = plan.c.state == PlanState.ACTIVE if only is None else plan.c.code == only
    found = plan_rows().where(wanted).order_by(plan.c.priority.desc(), plan.c.code).with_for_update(of=plan)
    rows = [with_params(dict(row)) for row in tx.connection.execute(found).mappings()]
    if only is not None and not rows:
        raise KnownError(ErrorKind.NOT_FOUND, table="plan", name=only)
    for row in rows:
        if row["state"] != PlanState.ACTIVE:
            raise KnownError(ErrorKind.FIELD_INVALID, field="state", value=row["state"], plan=row["code"])
    return rows


def with_params(row: dict[str, Any]) -> PlanRow:
    """The plan with all of its params: a version before this may have known fewer."""
    return row | {"params": checked_params(Trigger(row["trigger"]), row["params"])}


def plan_rows() -> Select[Any]:
    """Plans with the codes of their guide and their goal as `form` and `goal`."""
    codes = (form.c.code.label("form"), goal.c.code.label("goal"))
    with_form = select(plan, *codes).outerjoin(form, form.c.id == plan.c.form_id)
    return with_form.outerjoin(goal, goal.c.id == plan.c.goal_id)


@dataclass
class Run:
    """One run, in one transaction."""

    tx: Transaction
    ids: Ids
    as_of: int
    most: int | None = None

    @cached_property
    def time(self) -> WorkingTime:
        """The company's clock."""
        return company.working_time(self.tx.connection)

    @cached_property
    def moment(self) -> Moment:
        """The moment that is looked back from."""
        return Moment(self.as_of, self.time.zone)

    @cached_property
    def now(self) -> Now:
        """By what the days of a work are told."""
        setting = company.setting_of(self.tx.connection, "assignment")
        return Now(self.time.zone, self.tx.now, setting["immediate_minutes"])

    @cached_property
    def assigner(self) -> Assigner:
        """Over all agents with what they have: only read when there is something to assign."""
        return agents.assigner(self.tx.connection, self.time, self.tx.now)

    @property
    def assigns(self) -> bool:
        """Whether there was anything to assign."""
        return "assigner" in self.__dict__

    @cached_property
    def settings(self) -> Settings:
        """What the company says of contacts."""
        return standing.ledger_settings(self.tx.connection)

    def carry_out(self, plan_row: PlanRow, among: Among | None = None) -> PlanReport:
        """See which occasions there are for a plan, and settle those that it has made nothing of yet."""
        wanted, made_before = self.occasions(plan_row, among)
        report = self._carry_out(plan_row, wanted, everybody=among is None)
        return report.with_made_before(made_before)

    def _carry_out(self, plan_row: PlanRow, wanted: Sequence[Occasion], *, everybody: bool) -> PlanReport:
        standings = standing.histories(self.tx.connection, [one.customer.id for one in wanted])
        settled = self.decide(plan_row, wanted, standings)
        made = sum(isinstance(fate, fates.Made) for _, fate in settled)
        most = self.most_of(plan_row)
        if most is not None and made > most:
            logger.warning(
                "a plan would make too many tasks", extra={"plan": plan_row["code"], "count": made}
            )
            self._note(plan_row, {"refused_tasks": made})
            return PlanReport(
                plan_row["code"], len(settled), 0, 0, Counter(), Counter(), refused=made, most=most
            )
        report = self.settle(plan_row, settled, standings)
        if everybody:
            ended = {"state": PlanState.ENDED} if PICKINGS[Trigger(plan_row["trigger"])].ends else {}
            ran = {"confirmed_tasks": None} if self.within_period(plan_row) else {}
            self._note(plan_row, {"refused_tasks": None, **ran, **ended})
        return report

    def most_of(self, plan_row: PlanRow) -> int | None:
        """How many tasks it may make for a plan; None: whatever there is."""
        return None if self.most is None else most_tasks(self.most, plan_row["confirmed_tasks"])

    def _note(self, plan_row: PlanRow, values: Mapping[str, Any]) -> None:
        """Write what of these is another now."""
        changed = {name: value for name, value in values.items() if plan_row[name] != value}
        if changed:
            changes.write(self.tx, [Update("plan", plan_row["id"], changed)])

    def settle(
        self,
        plan_row: PlanRow,
        settled: Sequence[tuple[Occasion, Fate]],
        standings: Mapping[bytes, Standing],
    ) -> PlanReport:
        """Write what comes of occasions whose fates are decided."""
        settling = Settling(self.tx, self.ids, self.time, plan_row, standings)
        made = any(isinstance(fate, fates.Made) for _, fate in settled)
        return settling.write(settled, self.assigner if made else Assigner([]), self.now)

    def decide(
        self, plan_row: PlanRow, wanted: Sequence[Occasion], standings: Mapping[bytes, Standing]
    ) -> list[tuple[Occasion, Fate]]:
        """The fate of each occasion; the ledger is read of those alone for whom it decides."""
        alone = PICKINGS[Trigger(plan_row["trigger"])].alone
        early = [
            (one, fates.before_the_ledger(one, plan_row, standings[one.customer.id], alone=alone))
            for one in wanted
        ]
        asked = {one.customer.id: standings[one.customer.id] for one, fate in early if fate is None}
        most = self.most_of(plan_row)
        if most is not None and len(asked) > _FAR_TOO_MANY * most:  # whatever the ledger says of some
            return [(one, fate or fates.Made()) for one, fate in early]
        standing.add_ledgers(self.tx.connection, asked, self.tx.now, self.settings)
        return [
            (
                one,
                fate
                or fates.by_the_ledger(one, plan_row, asked[one.customer.id], self.settings, self.tx.now),
            )
            for one, fate in early
        ]

    def occasions(self, plan_row: PlanRow, among: Among | None = None) -> tuple[list[Occasion], int]:
        """What the plan wants with whom, by the customers' codes, and with how many it has done so before: they cost
        nothing more. What has not come to its time yet is looked at again when it has."""
        if not self.within_period(plan_row):
            return [], 0
        picked = {
            self._key(plan_row, row): row for row in self.tx.connection.execute(self.picks(plan_row, among))
        }
        known = standing.made_before(self.tx.connection, picked)
        fresh = self._locked(plan_row, [row for key, row in picked.items() if key not in known], among)
        found = [self.occasion_of(plan_row, row) for row in sorted(fresh, key=lambda row: str(row.code))]
        if PICKINGS[Trigger(plan_row["trigger"])].basis is None:
            return found, len(known)
        soon = [(one.customer.id, one.starts_at) for one in found if one.starts_at > self.as_of]
        plan_look.look_at(self.tx, soon)
        return [one for one in found if one.starts_at <= self.as_of], len(known)

    def within_period(self, plan_row: PlanRow) -> bool:
        """Whether the plan makes tasks today."""
        today = iso_day(self.moment.day)
        starts_on, ends_on = plan_row["starts_on"], plan_row["ends_on"]
        return (starts_on is None or starts_on <= today) and (ends_on is None or today <= ends_on)

    def picks(self, plan_row: PlanRow, among: Among | None = None, only: Among | None = None) -> Select[Any]:
        """A select of the customers of trigger and audience, with what their occasions need of them; `only`: of those
        that it finds among some or all, these."""
        picking, params = PICKINGS[Trigger(plan_row["trigger"])], plan_row["params"]
        after = None if picking.basis is None else _after(plan_row)  # without one it counts from the run
        asked = reach(self.moment, self.time, params, after, among)
        if only is not None:
            asked = replace(asked, among=only)
        audience = conditions.parse(plan_row["audience"], self.moment.as_of)
        wanted = picking.select(params, asked).where(
            conditions.where(audience, customer), asked.of(customer.c.id)
        )
        since = picking.once_since and picking.once_since(params, self.moment)
        if since is not None:
            wanted = wanted.where(*_not_since(plan_row["id"], since, self.as_of))
        who = ("id", "code", "team_id", "owner_id", "region", "language")
        return each_once(wanted.add_columns(*(customer.c[name] for name in who)))

    def _locked(
        self, plan_row: PlanRow, picked: Sequence[Row[Any]], among: Among | None
    ) -> Sequence[Row[Any]]:
        """Those of them whom the plan still picks when nobody else can change them any more."""
        connection, ids = self.tx.connection, {row.id for row in picked}
        if not ids or connection.dialect.name == "sqlite":  # where one writes at a time
            return picked
        lock_customers(self.tx, ids)
        with scratch.looking_at(connection, ids, scratch.locked) as only:
            return connection.execute(self.picks(plan_row, among, only)).all()

    def _key(self, plan_row: PlanRow, row: Row[Any]) -> str:
        """What makes the occasion the only one of its kind."""
        own = PICKINGS[Trigger(plan_row["trigger"])].key(plan_row["params"], row, self.moment)
        return f"{plan_row['trigger']}:{plan_row['id'].hex()}:{own}"

    def occasion_of(self, plan_row: PlanRow, row: Row[Any]) -> Occasion:
        """What the plan wants with one who was picked."""
        picking, after = PICKINGS[Trigger(plan_row["trigger"])], _after(plan_row)
        params = plan_row["params"]
        values = {"label": plan_row["label"], "due_within": plan_row["due_within"]}
        if after is not None:
            values["available_after"] = plan_row["available_after"]
        basis_at = self.as_of if picking.basis is None else picking.basis(params, row, self.moment)
        counts = picking.exact or after is not None
        starts_at = basis_at if after is None else self.time.add(basis_at, after)
        starts_at = starts_at if counts else self.as_of
        within = Span.from_json(plan_row["due_within"])
        available_at = self.time.next_open(max(starts_at, self.as_of))
        due_at = max(self.time.add(starts_at if counts else available_at, within), available_at)
        return Occasion(
            row,
            self._key(plan_row, row),
            Reason(picking.reason_kind, {**values, **picking.reason(params, row, self.moment)}),
            basis_at,
            starts_at,
            (available_at, due_at),
            plan_row["form"],
            fixed=picking.exact,
            apart=picking.apart,
        )


def _after(plan_row: PlanRow) -> Span | None:
    after = plan_row["available_after"]
    return None if after is None else Span.from_json(after)


def _not_since(plan_id: bytes, since: int, as_of: int) -> list[Any]:
    """Clauses for customers of whom the plan has wanted nothing between two moments: what it made after the second one
    says nothing of a run that looks back."""
    tasks = exists().where(
        task.c.customer_id == customer.c.id,
        task.c.plan_id == plan_id,
        task.c.created_at.between(since, as_of),
    )
    others = exists().where(
        occasion.c.customer_id == customer.c.id,
        occasion.c.plan_id == plan_id,
        occasion.c.decided_at.between(since, as_of),
        occasion.c.outcome != OccasionOutcome.SKIPPED,
    )
    return [~tasks, ~others]
