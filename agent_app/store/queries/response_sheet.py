"""What was answered in one filled form, with all its editions and a correction that was begun; the table of many is
`responses`."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from agent_app.store import drafts
from agent_app.store.drafts import Draft
from agent_app.store.queries.task_sheet import Guide, fastest_answer, load_version
from agent_app.store.tables import base_row
from server_sync.domain.model import person, response, task
from server_sync.domain.rules.permissions import Acting, may_correct_answers


@dataclass(frozen=True)
class Edition:
    """One edition, from 1. `waiting`: it was recorded here, and the server has not taken it up yet."""

    id: bytes
    number: int
    person: str | None
    recorded_at: int
    csat: int | None
    nps: int | None
    complete: bool
    flags: tuple[str, ...]
    waiting: bool


@dataclass(frozen=True)
class ResponseSheet:
    """The answers as they stand, the last edition's. `form` is the version they were given in, None when it is not
    here; `draft` the correction of `corrects_id` that was begun, if one was, else that is the last edition."""

    id: bytes
    task_id: bytes
    customer_id: bytes
    form: Guide | None
    answers: dict[str, str]
    language: str
    editions: tuple[Edition, ...]
    may_correct: bool
    corrects_id: bytes
    draft: Draft | None
    fastest_answer: int


def load(connection: Connection, response_id: bytes, actor: Acting) -> ResponseSheet | None:
    """The filled form that an edition belongs to, or None when this desk does not hold it."""
    one = connection.execute(select(response.c.task_id).where(response.c.id == response_id)).one_or_none()
    if one is None:
        return None
    of_task = connection.execute(select(response).where(response.c.task_id == one.task_id)).all()
    editions = chain({row.id: row for row in of_task}, response_id)
    first, last = editions[0], editions[-1]
    work = connection.execute(select(task).where(task.c.id == last.task_id)).one_or_none()
    people = {row.id: row.name for row in connection.execute(select(person.c.id, person.c.name))}
    own = select(base_row.c.row_id).where(base_row.c.kind == "response", base_row.c.row.is_(None))
    unconfirmed = set(connection.scalars(own.where(base_row.c.row_id.in_([row.id for row in editions]))))
    found = (drafts.load(connection, row.id) for row in reversed(editions))
    draft = next((one for one in found if one is not None), None)
    return ResponseSheet(
        id=last.id,
        task_id=last.task_id,
        customer_id=last.customer_id,
        form=load_version(connection, last.form_version_id),
        answers=last.answers,
        language=last.language or "",
        editions=tuple(
            Edition(
                row.id,
                row.edition,
                people.get(row.person_id),
                row.recorded_at,
                row.csat,
                row.nps,
                row.complete,
                tuple(row.flags),
                row.id in unconfirmed,
            )
            for row in editions
        ),
        may_correct=work is not None and may_correct_answers(actor, work._asdict(), first._asdict()),
        corrects_id=draft.task_id if draft else last.id,
        draft=draft,
        fastest_answer=fastest_answer(connection),
    )


def correctable(connection: Connection, customer_id: bytes, actor: Acting) -> dict[bytes, bytes]:
    """The last edition of the answers given in each attempt with a customer, by the attempt, as far as this person may
    correct them."""
    columns = ("id", "task_id", "attempt_id", "person_id", "replaces_id", "replaced_by_id")
    of_customer = select(*(response.c[name] for name in columns)).where(response.c.customer_id == customer_id)
    found = connection.execute(of_customer).all()
    of_tasks = select(task.c.id, task.c.team_id).where(task.c.customer_id == customer_id)
    tasks = {row.id: row for row in connection.execute(of_tasks)}
    editions = {row.id: row for row in found}
    last: dict[bytes, bytes] = {}
    for row in found:
        work = tasks.get(row.task_id)
        if row.replaced_by_id is None and work is not None:
            first = chain(editions, row.id)[0]
            if may_correct_answers(actor, work._asdict(), first._asdict()):
                last[row.attempt_id] = row.id
    return last


def chain(of_task: dict[bytes, Any], response_id: bytes) -> list[Any]:
    """All editions of the answers that one belongs to, from the first; among rows by their ids."""
    first = of_task[response_id]
    while first.replaces_id in of_task:
        first = of_task[first.replaces_id]
    chain = [first]
    while chain[-1].replaced_by_id in of_task:
        chain.append(of_task[chain[-1].replaced_by_id])
    return chain
