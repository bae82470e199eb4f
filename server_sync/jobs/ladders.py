"""Keeping ladders in step with what they watch: reminders planned, moved and cancelled in the transaction that gives
cause; firing them stands in `reminders`, the rules in the domain's `escalation`."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, exists, or_, select

from server_sync.domain.commands import Change, Insert, Row
from server_sync.domain.errors import KnownError
from server_sync.domain.model import (
    ReminderState,
    callback,
    commitment,
    customer,
    escalation_policy,
    plan,
    reminder,
    task,
)
from server_sync.domain.rules import escalation
from server_sync.domain.rules.escalation import Policy, Watched
from server_sync.domain.rules.permissions import OPEN_STATES
from server_sync.jobs.ladder_rows import Ladder
from server_sync.store import changes, company, job_table
from server_sync.store.job_table import Job
from server_sync.store.rows import lock_customers
from server_sync.store.tables import delivery
from server_sync.store.transaction import Transaction

logger = logging.getLogger(__name__)

REMIND = "remind"
REPLAN = "replan_reminders"
TASKS_A_RUN = 500

# Columns by which a ladder goes; a change of another one leaves its reminders as they are.
_WATCHED: Mapping[str, frozenset[str]] = {
    "task": frozenset(
        ("state", "assignee_id", "team_id", "available_at", "due_at", "urgency", "purpose", "plan_id")
    ),
    "commitment": frozenset(("state", "due_at", "owner_id")),
    "callback": frozenset(("state", "callback_at", "owner_id")),
}
# Rows by which all ladders go.
_FOR_ALL = frozenset(("working_hours", "calendar_day", "escalation_policy", "setting"))


def follow(tx: Transaction, made: Sequence[Change]) -> None:
    """Plan, move or cancel the reminders of what these changes touch; their dossiers are locked."""
    touched: dict[str, set[bytes]] = defaultdict(set)
    given: set[bytes] = set()
    for change in made:
        if change.table in _FOR_ALL:
            calendar_changed(tx)
        columns = _WATCHED.get(change.table)
        if columns is None:
            continue
        if isinstance(change, Insert):
            touched["task"].add(change.row["id" if change.table == "task" else "task_id"])
        elif not columns.isdisjoint(change.values):
            touched[change.table].add(change.row_id)
            if change.table == "task" and change.values.get("assignee_id") is not None:
                given.add(change.row_id)
    for table in (commitment, callback):
        for ids in changes.batches(touched[table.name]):
            found = select(table.c.task_id).where(table.c.id.in_(ids))
            touched["task"].update(tx.connection.scalars(found))
    replan(tx, touched["task"] - {None}, given)


def calendar_changed(tx: Transaction) -> None:
    """Reckon anew, soon, whatever waits: hours, holidays or a ladder are other ones now."""
    job_table.enqueue(tx, [Job(REPLAN, {"after": ""}, tx.now, f"{REPLAN}:{tx.now}:")])


def replan_some(tx: Transaction, payload: Mapping[str, Any]) -> None:
    """Do that for the next tasks by id, and see to those behind them."""
    waiting = exists().where(reminder.c.task_id == task.c.id, reminder.c.state == ReminderState.WAITING)
    found = (
        select(task.c.id, task.c.customer_id)
        .where(task.c.id > bytes.fromhex(payload["after"]), or_(task.c.state.in_(OPEN_STATES), waiting))
        .order_by(task.c.id)
        .limit(TASKS_A_RUN)
    )
    rows = tx.connection.execute(found).all()
    if not rows:
        return
    lock_customers(tx, [row.customer_id for row in rows])
    replan(tx, [row.id for row in rows])
    after = rows[-1].id.hex()
    job_table.enqueue(tx, [Job(REPLAN, {"after": after}, tx.now, f"{REPLAN}:{tx.now}:{after}")])


def replan(tx: Transaction, task_ids: Iterable[bytes], given: Collection[bytes] = ()) -> None:
    """Bring the reminders of tasks, and of what was promised on them, in step with how they stand now. `given`: those
    of them that somebody has just been given."""
    for ids in changes.batches(sorted(task_ids)):
        ladders = list(_ladders(tx, ids, given))
        changes.write(tx, [change for ladder in ladders for change in ladder.changes])
        job_table.enqueue(tx, [job for ladder in ladders for job in ladder.jobs(REMIND, tx.now)])


def _ladders(tx: Transaction, task_ids: Sequence[bytes], given: Collection[bytes]) -> Iterator[Ladder]:
    """What is to be done for each; where a clock never opens or a calendar is not valid, what is planned stays, and the
    others' goes on."""
    connection = tx.connection
    rows = _reminders(connection, task_ids)
    policies = _policies(connection)
    if not policies and not rows:
        return
    sent_out = _sent_out(connection, [row["id"] for found in rows.values() for row in found])
    times = company.WorkingTimes(connection)
    quiet = company.setting_of(connection, "quiet_hours")
    failed: list[KnownError] = []
    for one in _watched(connection, task_ids):
        try:
            time = times.of(one.holder_id, one.team_id)
            policy = escalation.policy_for(policies, one)
            ladder = Ladder(one, policy, time, quiet, rows.get(one.id, []), sent_out)
            ladder.climb(tx.now, tx.now if one.id in given else None)
        except KnownError as error:
            failed.append(error)
        else:
            yield ladder
    if failed:
        logger.error("reminders of %d cannot be reckoned", len(failed), exc_info=failed[0])


def _policies(connection: Connection) -> list[Policy]:
    active = select(escalation_policy).where(escalation_policy.c.active)
    found = connection.execute(active.order_by(escalation_policy.c.position, escalation_policy.c.code))
    return [Policy.of_row(dict(row)) for row in found.mappings()]


def _reminders(connection: Connection, task_ids: Sequence[bytes]) -> Mapping[bytes, list[Row]]:
    """By what they are about."""
    rows: dict[bytes, list[Row]] = defaultdict(list)
    found = select(reminder).where(reminder.c.task_id.in_(task_ids)).order_by(reminder.c.id)
    for row in map(dict, connection.execute(found).mappings()):
        rows[escalation.watched_of(row)].append(row)
    return rows


def _sent_out(connection: Connection, reminder_ids: Sequence[bytes]) -> set[bytes]:
    known: set[bytes] = set()
    for ids in changes.batches(reminder_ids):
        known.update(
            connection.scalars(select(delivery.c.reminder_id).where(delivery.c.reminder_id.in_(ids)))
        )
    return known


def _watched(connection: Connection, task_ids: Sequence[bytes]) -> Iterator[Watched]:
    tasks: dict[bytes, Watched] = {}
    found = (
        select(task, customer.c.tier, plan.c.code)
        .join(customer, customer.c.id == task.c.customer_id)
        .outerjoin(plan, plan.c.id == task.c.plan_id)
        .where(task.c.id.in_(task_ids))
    )
    for row in map(dict, connection.execute(found).mappings()):
        tasks[row["id"]] = escalation.of_task(row, row["code"], row["tier"])
    yield from tasks.values()
    for table, of in ((commitment, escalation.of_commitment), (callback, escalation.of_callback)):
        for promised in connection.execute(select(table).where(table.c.task_id.in_(task_ids))).mappings():
            yield of(dict(promised), tasks[promised["task_id"]])
