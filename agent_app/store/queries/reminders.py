"""Reminders that concern a person: those to be shown now, and the inbox of what is due, raised or could not be sent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select

from server_sync.domain.commands import Actor, Row
from server_sync.domain.model import (
    ReminderMeans,
    ReminderState,
    Role,
    Urgency,
    callback,
    commitment,
    customer,
    escalation_policy,
    person,
    plan,
    reminder,
    task,
)
from server_sync.domain.rules import escalation
from server_sync.domain.rules.escalation import Policy, Subject, Watched
from server_sync.domain.rules.names import mask_customer

MOST_SHOWN = 3
"""As many are shown by themselves; the inbox has the others."""
RAISED = (ReminderMeans.SUPERVISOR, ReminderMeans.HAND_OVER)
_ON_DESKS = (ReminderMeans.POPUP, *RAISED)
_URGENT = (Urgency.COMPLAINT_VERIFICATION, Urgency.PROMISE, Urgency.NORMAL)
_TABLES = {Subject.COMMITMENT: commitment, Subject.CALLBACK: callback}


@dataclass(frozen=True)
class DueReminder:
    """A reminder: `name` is masked, `label` the task's own; `due_at` is of what it reminds of, `remind_at` its own.

    `clock_steps`: (kind, values) of why it came then. `holder`: whose task it is, by name, None for nobody's. `step`
    counts from 1 among the ladder's `steps`; `urgency` is of the task's plan.
    """

    id: bytes
    task_id: bytes
    customer_id: bytes
    subject: Subject
    means: str
    state: str
    error: str | None
    name: str
    label: str
    holder: str | None
    accepted: bool
    level: int
    due_at: int
    remind_at: int
    clock_steps: Sequence[tuple[str, Mapping[str, Any]]]
    urgency: str
    step: int
    steps: int

    @property
    def raised(self) -> bool:
        """Whether it is for the lead."""
        return self.means in RAISED


def to_show(connection: Connection, actor: Actor, now: int) -> tuple[DueReminder, ...]:
    """Those that nobody has seen yet, the earliest first, and of very many the latest. Offline too: what was accepted
    or closed here is no longer reminded of."""
    wanted = and_(
        reminder.c.state.in_((ReminderState.WAITING, ReminderState.SENT)),
        reminder.c.means.in_(_ON_DESKS),
        reminder.c.due_at <= now,
    )
    found = _found(connection, actor, wanted)
    return tuple(sorted(found, key=lambda one: (one.remind_at, one.id))[-MOST_SHOWN:])


def inbox(connection: Connection, actor: Actor, now: int) -> tuple[DueReminder, ...]:
    """What waits for the person, as a lead also what of his team was raised or could not be sent: due and not settled;
    the most urgent first, then the highest level, then the longest overdue."""
    wanted = and_(reminder.c.state != ReminderState.CANCELLED, reminder.c.due_at <= now)
    found = _found(connection, actor, wanted)
    return tuple(sorted(found, key=_rank))


def _rank(one: DueReminder) -> tuple[int, int, int, int, bytes]:
    return _URGENT.index(one.urgency), -one.level, one.due_at, one.remind_at, one.id


def _found(connection: Connection, actor: Actor, wanted: ColumnElement[bool]) -> Iterator[DueReminder]:
    found = connection.execute(_select().where(wanted, _concerns(actor))).mappings()
    rows = [dict(row) for row in found]
    policies = {row["id"]: dict(row) for row in connection.execute(select(escalation_policy)).mappings()}
    for row in rows:
        policy = policies.get(row["policy_id"])
        watched = None if policy is None else _watched(connection, row, Policy.of_row(policy).subject)
        if policy is None or watched is None:
            continue
        steps = Policy.of_row(policy).steps
        if row["reminder_step"] < len(steps) and escalation.holds(steps[row["reminder_step"]], watched):
            yield _told(row, watched, len(steps))


def _concerns(actor: Actor) -> ColumnElement[bool]:
    mine = reminder.c.person_id == actor.person_id
    if actor.role is Role.AGENT:
        return mine
    for_lead = or_(reminder.c.person_id.is_(None), reminder.c.state == ReminderState.FAILED)
    if actor.role is Role.SUPERVISOR:
        return or_(mine, and_(for_lead, task.c.team_id == actor.team_id))
    return or_(mine, for_lead)


def _select() -> Select[Any]:
    own = [reminder.c[name].label(f"reminder_{name}") for name in ("id", "state", "due_at", "error")]
    return (
        select(
            task,
            *own,
            reminder.c.task_id,
            reminder.c.policy_id,
            reminder.c.step.label("reminder_step"),
            reminder.c.means,
            reminder.c.clock_steps,
            customer.c.kind,
            customer.c.name,
            customer.c.tier,
            plan.c.code,
            person.c.name.label("holder"),
        )
        .join(task, task.c.id == reminder.c.task_id)
        .join(customer, customer.c.id == reminder.c.customer_id)
        .outerjoin(plan, plan.c.id == task.c.plan_id)
        .outerjoin(person, person.c.id == task.c.assignee_id)
    )


def _watched(connection: Connection, row: Row, subject: Subject) -> Watched | None:
    of_task = escalation.of_task(row, row["code"], row["tier"])
    if subject is Subject.TASK:
        return of_task
    table = _TABLES[subject]
    named = select(table).where(table.c.id == escalation.watched_of(row))
    promised = connection.execute(named).mappings().first()
    if promised is None:
        return None
    of = escalation.of_commitment if subject is Subject.COMMITMENT else escalation.of_callback
    return of(dict(promised), of_task)


def _told(row: Row, watched: Watched, steps: int) -> DueReminder:
    return DueReminder(
        row["reminder_id"],
        row["task_id"],
        watched.customer_id,
        watched.subject,
        row["means"],
        row["reminder_state"],
        row["reminder_error"],
        mask_customer(row["kind"], row["name"]),
        row["reason_values"].get("label") or "",
        row["holder"],
        watched.accepted,
        row["escalation_level"],
        watched.due_at,
        row["reminder_due_at"],
        tuple((one["kind"], one["values"]) for one in row["clock_steps"]),
        row["urgency"],
        row["reminder_step"] + 1,
        steps,
    )
