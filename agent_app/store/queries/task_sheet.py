"""One task as the workspace shows it: why it is there, what is due, its guide and what was already typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from agent_app.store import drafts
from agent_app.store.drafts import Draft
from agent_app.store.queries import dialling, settings
from agent_app.store.queries.queue import merged
from server_sync.domain.clock import SECOND
from server_sync.domain.model import form, form_version, person, plan, response, task
from server_sync.domain.rules.dialling_modes import PREVIEW, Dialling


@dataclass(frozen=True)
class Guide:
    """The form version that the task is worked with."""

    form_version_id: bytes
    title: str
    version: str
    xform: str


@dataclass(frozen=True)
class TaskSheet:
    """`task` are the columns of the task; `plan` those of its plan, {} for none; `fastest_answer` is how long somebody
    who thinks takes for an answer at least, ms; `response_id` is the last edition of what was answered last; `dialling`
    is how it is dialled."""

    id: bytes
    customer_id: bytes
    task: dict[str, Any]
    plan: dict[str, Any]
    assignee: str | None
    appointment_owner: str | None
    guide: Guide | None
    draft: Draft | None
    company_name: str
    fastest_answer: int
    response_id: bytes | None
    dialling: Dialling = PREVIEW
    also: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    """Further purposes of the same contact: reasons of other plans that were merged into it."""


def load(connection: Connection, task_id: bytes) -> TaskSheet | None:
    """The task, or None when this desk does not hold it. A draft keeps the form version that was on screen
    (SYNC §5)."""
    row = connection.execute(select(task).where(task.c.id == task_id)).one_or_none()
    if row is None:
        return None
    made_by = connection.execute(select(plan).where(plan.c.id == row.plan_id)).one_or_none()
    draft = drafts.load(connection, task_id)
    version_id = draft.form_version_id if draft and draft.form_version_id else row.form_version_id
    return TaskSheet(
        id=task_id,
        customer_id=row.customer_id,
        task=row._asdict(),
        plan=made_by._asdict() if made_by else {},
        assignee=_name(connection, row.assignee_id),
        appointment_owner=_name(connection, row.appointment_owner_id),
        guide=load_version(connection, version_id),
        draft=draft,
        company_name=settings.load(connection, "company")["name"],
        fastest_answer=fastest_answer(connection),
        response_id=_answered(connection, task_id),
        dialling=dialling.load(connection, task_id),
        also=merged(connection, [task_id]).get(task_id, ()),
    )


def _answered(connection: Connection, task_id: bytes) -> bytes | None:
    of_task = select(response.c.id).where(response.c.task_id == task_id, response.c.replaced_by_id.is_(None))
    return connection.execute(of_task.order_by(response.c.recorded_at.desc()).limit(1)).scalar_one_or_none()


def fastest_answer(connection: Connection) -> int:
    """How long somebody who thinks takes for an answer at least, ms."""
    seconds: float = settings.load(connection, "answer_quality")["fastest_seconds"]
    return round(seconds * SECOND)


def _name(connection: Connection, person_id: bytes | None) -> str | None:
    return connection.execute(select(person.c.name).where(person.c.id == person_id)).scalar_one_or_none()


def load_version(connection: Connection, version_id: bytes | None) -> Guide | None:
    """A form version, None when this desk does not hold it."""
    if version_id is None:
        return None
    found = (
        select(form_version.c.id, form.c.title, form_version.c.version, form_version.c.xform)
        .join(form, form.c.id == form_version.c.form_id)
        .where(form_version.c.id == version_id)
    )
    row = connection.execute(found).one_or_none()
    return None if row is None else Guide(*row)
