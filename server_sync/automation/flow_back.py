"""Tasks that leave whoever does not do them (M3.2): of who is away, at the day's opening and when a leave begins, and
refusals that a converter calls again. They go to whom the assignment chooses, else into the team's pool."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, and_, func, or_, select

from server_sync.automation import agents
from server_sync.automation.assignment import Answer, Assigned, Assigner
from server_sync.automation.whom import Now, Whom
from server_sync.domain.clock import HOUR
from server_sync.domain.commands import HandBackTask
from server_sync.domain.commands.handing_back import HandedBack
from server_sync.domain.ids import Ids
from server_sync.domain.model import TaskState, customer, person, plan, presence, shift, task
from server_sync.domain.rules import shifts, skills
from server_sync.domain.rules.permissions import OPEN_STATES
from server_sync.domain.rules.plans.definition import To
from server_sync.domain.rules.working_time import WorkingTime
from server_sync.jobs import server_command
from server_sync.jobs.worker import Handler
from server_sync.store import company
from server_sync.store.rows import lock_customers
from server_sync.store.tables import device
from server_sync.store.transaction import Transaction


def handler(ids: Ids) -> Handler:
    """Takes back what those have who are away."""

    def run(tx: Transaction, payload: Mapping[str, Any]) -> None:
        flow_back(tx, ids)

    return run


def converter(ids: Ids) -> Handler:
    """Gives one refusal to a converter."""

    def run(tx: Transaction, payload: Mapping[str, Any]) -> None:
        convert(tx, ids, bytes.fromhex(payload["task"]))

    return run


def flow_back(tx: Transaction, ids: Ids) -> int:
    """Take back the open tasks of who is away that he has not begun, and all of who may not sign in any more; returns
    how many went. Appointments keep their rule, and what becomes available when a leave is over stays."""
    time = company.working_time(tx.connection)
    away = _away(tx, time)
    if not away:
        return 0
    begun = or_(task.c.state == TaskState.ACCEPTED, task.c.attempt_count > 0)
    conditions = [
        and_(task.c.assignee_id == person_id, *([] if because is HandedBack.DISABLED else [~begun]), *more)
        for person_id, (because, more) in away.items()
    ]
    rows = _tasks(tx, or_(*conditions))
    assigner = agents.assigner(tx.connection, time, tx.now)
    assigner.agents = [agent for agent in assigner.agents if agent.id not in away]
    answers = assigner.assign(_works(tx, time, rows))
    for row, answer in zip(rows, answers, strict=True):
        _hand_back(tx, ids, row, away[row["assignee_id"]][0], answer)
    return len(rows)


def convert(tx: Transaction, ids: Ids, task_id: bytes) -> None:
    """Give a task that asks for a converter to one; where there is none it stays with who has it."""
    time = company.working_time(tx.connection)
    rows = _tasks(tx, task.c.id == task_id)
    assigner: Assigner = agents.assigner(tx.connection, time, tx.now)
    for row in rows:
        his = next((agent for agent in assigner.agents if agent.id == row["assignee_id"]), None)
        if his is not None and skills.REFUSAL in his.skills.get(skills.TRAINED, ()):
            continue
        works = [replace(work, to=To.BALANCED, owner_id=None) for work in _works(tx, time, [row])]
        (answer,) = assigner.assign(works)
        if isinstance(answer, Assigned):
            _hand_back(tx, ids, row, HandedBack.REFUSED, answer)


Away = dict[bytes, tuple[HandedBack, Sequence[ColumnElement[bool]]]]


def _away(tx: Transaction, time: WorkingTime) -> Away:
    """Who of those with open tasks is away, why, and which of his tasks that is about."""
    with_tasks = select(task.c.assignee_id).where(task.c.state.in_(OPEN_STATES))
    people = tx.connection.execute(select(person.c.id, person.c.active).where(person.c.id.in_(with_tasks)))
    leaves = tx.connection.execute(select(shift).where(shift.c.ends_at > tx.now)).mappings().all()
    most = company.setting_of(tx.connection, "assignment")["absent_hours"] * HOUR
    heard = _heard(tx)
    found: Away = {}
    for row in people:
        his = [dict(span) for span in leaves if span["person_id"] == row.id]
        back_at = shifts.back_at(his, tx.now)
        last = heard.get(row.id)
        if not row.active:
            found[row.id] = HandedBack.DISABLED, ()
        elif back_at is not None:
            found[row.id] = HandedBack.ON_LEAVE, (task.c.available_at < back_at,)
        elif last is not None and time.between(last, tx.now) > most:
            found[row.id] = HandedBack.AWAY, ()
    return found


def _heard(tx: Transaction) -> dict[bytes, int]:
    """When each person was last heard of, by any of his desks or by what he said himself; one who never was is new."""
    told = select(device.c.person_id, func.max(device.c.last_contact_at)).group_by(device.c.person_id)
    found = {row[0]: row[1] for row in tx.connection.execute(told) if row[1] is not None}
    for row in tx.connection.execute(select(presence.c.id, presence.c.since_at)):
        found[row.id] = max(found.get(row.id, row.since_at), row.since_at)
    return found


def _tasks(tx: Transaction, which: ColumnElement[bool]) -> Sequence[RowMapping]:
    """Open tasks with an assignee and without an appointment, with what assigning them takes; their customers are
    locked."""
    about = [customer.c[name] for name in ("code", "owner_id", "region", "language", "product_line")]
    found = (
        select(task, *about, plan.c.assignment)
        .join(customer, customer.c.id == task.c.customer_id)
        .outerjoin(plan, plan.c.id == task.c.plan_id)
        .where(
            task.c.state.in_(OPEN_STATES),
            task.c.assignee_id.is_not(None),
            task.c.appointment_at.is_(None),
            which,
        )
        .order_by(task.c.id)
    )
    lock_customers(tx, [row["customer_id"] for row in tx.connection.execute(found).mappings()])
    return tx.connection.execute(found).mappings().all()


def _works(tx: Transaction, time: WorkingTime, rows: Collection[RowMapping]) -> list[Any]:
    immediate = company.setting_of(tx.connection, "assignment")["immediate_minutes"]
    now = Now(time.zone, tx.now, immediate)
    return [
        now.work(
            row,
            replace(Whom.from_json(row["assignment"] or {}), skills=tuple(row["skills"])),
            row["priority"],
            row["available_at"],
            row["due_at"],
        )
        for row in rows
    ]


def _hand_back(tx: Transaction, ids: Ids, row: RowMapping, because: HandedBack, answer: Answer) -> None:
    to, why = (answer.person_id, answer.because) if isinstance(answer, Assigned) else (None, None)
    command = HandBackTask(ids.new(), row["id"], row["customer_id"], to, because, why, tx.now)
    server_command.run(tx, command, row["customer_id"])
