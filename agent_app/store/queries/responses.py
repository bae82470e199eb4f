"""What was answered on a form: rows as they come into sight, one response with its editions; which of them are listed
is `response_list`'s."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from agent_app.store.queries import device_clocks
from agent_app.store.queries.device_clocks import DeviceClock
from agent_app.store.queries.response_sheet import chain
from server_sync.domain.model import customer, form, form_version, person, plan, response, task, team
from server_sync.domain.rules.names import mask_firm, mask_person
from server_sync.domain.rules.permissions import Acting, may_correct_answers


@dataclass(frozen=True)
class ResponseRow:
    """One response: `customer` is masked, `reason` needs words. Times in ms."""

    id: bytes
    customer_id: bytes
    task_id: bytes
    form_version_id: bytes
    version: str
    customer: str
    person: str
    plan: str | None
    recorded_at: int
    started_at: int | None
    complete: bool
    csat: int | None
    nps: int | None
    edition: int
    flags: tuple[str, ...]
    language: str | None
    answers: Mapping[str, str]


@dataclass(frozen=True)
class ReadResponse:
    """One response to read: its editions from the newest on, each whole, the audit of the one asked for: rows of
    [event, node, start_ms, end_ms, old, new], and its call or visit by both clocks."""

    row: ResponseRow
    xform: str
    editions: tuple[ResponseRow, ...]
    audit: tuple[Sequence[Any], ...]
    may_correct: bool
    clock: DeviceClock | None


@dataclass(frozen=True)
class AnsweredForm:
    """A form in the list, with how many responses this desk holds."""

    id: bytes
    title: str
    code: str
    current_version_id: bytes | None
    responses: int


@dataclass(frozen=True)
class Version:
    """A version of a form, from the newest on."""

    id: bytes
    version: str
    xform: str


@dataclass(frozen=True)
class Choices:
    """By whom and in which teams the responses of a form were given, as (id, name)."""

    people: tuple[tuple[bytes, str], ...]
    teams: tuple[tuple[bytes, str], ...]


def forms(connection: Connection) -> tuple[AnsweredForm, ...]:
    """Every form, by title."""
    counted = (
        select(form_version.c.form_id, func.count().label("number"))
        .join(response, response.c.form_version_id == form_version.c.id)
        .where(response.c.replaced_by_id.is_(None))
        .group_by(form_version.c.form_id)
        .subquery()
    )
    found = (
        select(
            form.c.id,
            form.c.title,
            form.c.code,
            form.c.current_version_id,
            func.coalesce(counted.c.number, 0),
        )
        .outerjoin(counted, counted.c.form_id == form.c.id)
        .order_by(form.c.title, form.c.code)
    )
    return tuple(AnsweredForm(*row) for row in connection.execute(found))


def versions(connection: Connection, form_id: bytes) -> tuple[Version, ...]:
    """The versions of a form, from the newest on."""
    found = (
        select(form_version.c.id, form_version.c.version, form_version.c.xform)
        .where(form_version.c.form_id == form_id)
        .order_by(form_version.c.published_at.desc(), form_version.c.id.desc())
    )
    return tuple(Version(*row) for row in connection.execute(found))


def choices(connection: Connection, form_id: bytes) -> Choices:
    """Who answered, for the filters."""
    people = (
        select(person.c.id, person.c.name)
        .where(
            person.c.id.in_(
                select(response.c.person_id)
                .join(form_version, form_version.c.id == response.c.form_version_id)
                .where(form_version.c.form_id == form_id)
            )
        )
        .order_by(person.c.name)
    )
    teams = select(team.c.id, team.c.name).order_by(team.c.name)
    return Choices(
        tuple((row.id, row.name) for row in connection.execute(people)),
        tuple((row.id, row.name) for row in connection.execute(teams)),
    )


def rows(connection: Connection, ids: Sequence[bytes]) -> dict[bytes, ResponseRow]:
    """Some responses; one that has left meanwhile is missing."""
    found = connection.execute(_lines().where(response.c.id.in_(ids)))
    return {row.id: _row(row._asdict()) for row in found}


def sheet(connection: Connection, response_id: bytes, actor: Acting) -> ReadResponse | None:
    """One response to read, of any edition; None when it has left."""
    asked = connection.execute(_lines().where(response.c.id == response_id)).one_or_none()
    if asked is None:
        return None
    row = _row(asked._asdict())
    of_task = connection.execute(_lines().where(response.c.task_id == asked.task_id)).all()
    editions = chain({one.id: one for one in of_task}, response_id)
    work = connection.execute(select(task).where(task.c.id == asked.task_id)).one_or_none()
    xform = select(form_version.c.xform).where(form_version.c.id == row.form_version_id)
    audit = connection.execute(select(response.c.audit).where(response.c.id == response_id)).scalar_one()
    return ReadResponse(
        row,
        connection.execute(xform).scalar_one_or_none() or "",
        tuple(_row(one._asdict()) for one in reversed(editions)),
        tuple(audit or ()),
        work is not None and may_correct_answers(actor, work._asdict(), editions[0]._asdict()),
        device_clocks.load(connection, [asked.attempt_id]).get(asked.attempt_id),
    )


def _lines() -> Select[Any]:
    return (
        select(
            *(column for column in response.c if column is not response.c.audit),
            customer.c.name.label("customer"),
            customer.c.kind,
            person.c.name.label("person"),
            plan.c.name.label("plan"),
            form_version.c.version,
        )
        .join(customer, customer.c.id == response.c.customer_id)
        .outerjoin(person, person.c.id == response.c.person_id)
        .outerjoin(task, task.c.id == response.c.task_id)
        .outerjoin(plan, plan.c.id == task.c.plan_id)
        .outerjoin(form_version, form_version.c.id == response.c.form_version_id)
    )


def _row(row: Mapping[str, Any]) -> ResponseRow:
    name = row["customer"]
    return ResponseRow(
        id=row["id"],
        customer_id=row["customer_id"],
        task_id=row["task_id"],
        form_version_id=row["form_version_id"],
        version=row["version"] or "",
        customer=mask_firm(name) if row["kind"] == "company" else mask_person(name),
        person=row["person"] or "",
        plan=row["plan"],
        recorded_at=row["recorded_at"],
        started_at=row["started_at"],
        complete=row["complete"],
        csat=row["csat"],
        nps=row["nps"],
        edition=row["edition"],
        flags=tuple(row["flags"] or ()),
        language=row["language"],
        answers=row["answers"],
    )
