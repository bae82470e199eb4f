"""Measures goals by what the tables say, each in one statement, and writes what has changed; the measures' meaning
stands in `rules.goals`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, case, func, select

from server_sync.automation.moments import Moment
from server_sync.domain.commands import Update
from server_sync.domain.model import (
    GoalState,
    TaskState,
    attempt,
    contract,
    customer,
    goal,
    plan,
    response,
    sales_order,
    task,
    team,
)
from server_sync.domain.rules.dispositions import BY_CODE, Group
from server_sync.domain.rules.goals import Metric, mean, settled_state, share
from server_sync.domain.rules.local_time import day_number
from server_sync.store import changes, company
from server_sync.store.transaction import Transaction

Row = Mapping[str, Any]
_SUCCESSES = tuple(code for code, one in BY_CODE.items() if one.success)
_CONTACTS = (Group.COMPLETE.value, Group.PARTIAL.value, Group.REFUSAL.value, Group.OTHER.value)
_TRIED = (
    *_CONTACTS,
    Group.NON_CONTACT.value,
    Group.UNKNOWN_HOUSEHOLD.value,
    Group.UNKNOWN_OTHER.value,
)


@dataclass(frozen=True)
class Period:
    """From the first to the last day that counts, as texts and as moments (to before `end_at`)."""

    first_on: str
    last_on: str
    start_at: int
    end_at: int

    def days(self, column: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether a day lies in it."""
        return column.between(self.first_on, self.last_on)

    def moments(self, column: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether a moment lies in it."""
        return and_(column >= self.start_at, column < self.end_at)


def measure_all(tx: Transaction, at: int) -> dict[str, str | None]:
    """Measure every goal that has begun and is not over or withdrawn; returns the values by code."""
    moment = Moment(at, company.working_time(tx.connection).zone)
    wanted = select(goal).where(goal.c.state == GoalState.ACTIVE, goal.c.starts_on <= moment.as_of.on)
    found: dict[str, str | None] = {}
    writes = []
    for row in tx.connection.execute(wanted.order_by(goal.c.code).with_for_update()).mappings().all():
        value, sample = measure(tx.connection, dict(row), moment)
        found[row["code"]] = value
        state = settled_state(dict(row), value, moment.day)
        values = {"value": value, "sample": sample, "state": state}
        changed = {name: now for name, now in values.items() if row[name] != now}
        if changed or row["measured_at"] is None:
            writes.append(Update("goal", row["id"], changed | {"measured_at": at}))
    changes.write(tx, writes)
    return found


def measure(connection: Connection, row: Row, moment: Moment) -> tuple[str | None, int]:
    """A goal's value from its first day to its deadline or the moment, and over how many it was counted."""
    first, last = day_number(row["starts_on"]), min(day_number(row["deadline_on"]), moment.day)
    period = Period(
        row["starts_on"],
        min(row["deadline_on"], moment.as_of.on),
        moment.start_of(first),
        min(moment.start_of(last + 1), moment.at + 1),
    )
    return _MEASURES[Metric(row["metric"])](connection, row["scope"], period)


Measure = Callable[[Connection, Mapping[str, Any], Period], tuple[str | None, int]]


def _completion(connection: Connection, scope: Mapping[str, Any], period: Period) -> tuple[str | None, int]:
    done = and_(task.c.state == TaskState.DONE, task.c.disposition.in_(_SUCCESSES))
    due = _counted(done).where(period.moments(task.c.due_at), task.c.state != TaskState.CANCELLED)
    return _share(connection, _within(due, task, scope))


def _contact(connection: Connection, scope: Mapping[str, Any], period: Period) -> tuple[str | None, int]:
    reached = attempt.c.disposition_group.in_(_CONTACTS)
    tried = _counted(reached).where(
        period.moments(attempt.c.started_at), attempt.c.disposition_group.in_(_TRIED)
    )
    return _share(connection, _within(tried, attempt, scope))


def _answers(connection: Connection, scope: Mapping[str, Any], period: Period, *wanted: Any) -> Any:
    rows = select(*wanted).where(period.moments(response.c.recorded_at), response.c.replaced_by_id.is_(None))
    return connection.execute(_within(rows, response, scope)).one()


def _csat_share(connection: Connection, scope: Mapping[str, Any], period: Period) -> tuple[str | None, int]:
    score = response.c.csat
    count, good = _answers(connection, scope, period, func.count(score), _count(score >= 4))
    return share(good, count), count


def _csat_mean(connection: Connection, scope: Mapping[str, Any], period: Period) -> tuple[str | None, int]:
    score = response.c.csat
    count, total = _answers(connection, scope, period, func.count(score), func.coalesce(func.sum(score), 0))
    return mean(int(total), count), count


def _nps(connection: Connection, scope: Mapping[str, Any], period: Period) -> tuple[str | None, int]:
    score = response.c.nps
    wanted = func.count(score), _count(score >= 9), _count(score <= 6)
    count, promoters, detractors = _answers(connection, scope, period, *wanted)
    return share(promoters - detractors, count), count


def _repurchase(connection: Connection, scope: Mapping[str, Any], period: Period) -> tuple[str | None, int]:
    orders = func.count(sales_order.c.id).label("orders")
    buyers = select(sales_order.c.customer_id, orders).where(period.days(sales_order.c.ordered_on))
    each = _within(buyers, sales_order, scope).group_by(sales_order.c.customer_id).subquery()
    return _share(connection, _counted(each.c.orders >= 2).select_from(each))


def _renewal(connection: Connection, scope: Mapping[str, Any], period: Period) -> tuple[str | None, int]:
    renewed = contract.c.renewed_on.is_not(None)
    expiring = _counted(renewed).where(period.days(contract.c.expires_on))
    return _share(connection, _within(expiring, contract, scope))


_MEASURES: Mapping[Metric, Measure] = {
    Metric.COMPLETION_RATE: _completion,
    Metric.CONTACT_RATE: _contact,
    Metric.CSAT_SHARE: _csat_share,
    Metric.CSAT_MEAN: _csat_mean,
    Metric.NPS: _nps,
    Metric.REPURCHASE_RATE: _repurchase,
    Metric.RENEWAL_RATE: _renewal,
}


def _counted(part: ColumnElement[bool]) -> Select[Any]:
    """How many rows there are, and of how many the part holds."""
    wanted: list[Any] = [func.count(), _count(part)]
    return select(*wanted)


def _count(holds: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((holds, 1)))


def _share(connection: Connection, counted: Select[Any]) -> tuple[str | None, int]:
    whole, part = connection.execute(counted).one()
    return share(part, whole), whole


def _within(rows: Select[Any], table: Table, scope: Mapping[str, Any]) -> Select[Any]:
    """The rows of the customers, and of the plans, that a goal is about. What no plan made, such as an order, is of all
    plans whose task its customer had."""
    of_customer = {
        "regions": customer.c.region,
        "tiers": customer.c.tier,
        "product_lines": customer.c.product_line,
    }
    clauses = [column.in_(scope[name]) for name, column in of_customer.items() if name in scope]
    if "teams" in scope:
        clauses.append(customer.c.team_id.in_(select(team.c.id).where(team.c.name.in_(scope["teams"]))))
    if clauses:
        rows = rows.where(table.c.customer_id.in_(select(customer.c.id).where(*clauses)))
    if "plans" in scope:
        plans = select(plan.c.id).where(plan.c.code.in_(scope["plans"]))
        of_plans = task.c.plan_id.in_(plans)
        if table is task:
            rows = rows.where(of_plans)
        elif "task_id" in table.c:
            rows = rows.where(table.c.task_id.in_(select(task.c.id).where(of_plans)))
        else:
            rows = rows.where(table.c.customer_id.in_(select(task.c.customer_id).where(of_plans)))
    return rows
