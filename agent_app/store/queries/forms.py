"""The company's forms with their versions, and how much hangs on each; what a version asks stands in its XForm."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from agent_app.store.tables import draft
from server_sync.domain.model import form, form_version, person, plan, response, task
from server_sync.domain.rules.permissions import OPEN_STATES


@dataclass(frozen=True)
class FormLine:
    """A form in the list. `version` and what follows are of its current version, None for a form without one."""

    id: bytes
    code: str
    title: str
    version: str | None
    published_at: int | None
    plans: tuple[str, ...]
    responses: int


@dataclass(frozen=True)
class VersionLine:
    """A version. `responses` without those that a correction replaced; `open_tasks` are to be worked with it, `drafts`
    were begun with it at this desk."""

    id: bytes
    version: str
    published_at: int
    published_by: str | None
    change_note: str | None
    current: bool
    responses: int
    open_tasks: int
    drafts: int


def load(connection: Connection) -> tuple[FormLine, ...]:
    """Every form, by title."""
    counted = _responses(connection)
    of_form: Counter[bytes] = Counter()
    for row in connection.execute(select(form_version.c.id, form_version.c.form_id)):
        of_form[row.form_id] += counted.get(row.id, 0)
    plans: dict[bytes, list[str]] = {}
    for row in connection.execute(select(plan.c.form_id, plan.c.name).order_by(plan.c.name)):
        plans.setdefault(row.form_id, []).append(row.name)
    found = (
        select(form.c.id, form.c.code, form.c.title, form_version.c.version, form_version.c.published_at)
        .outerjoin(form_version, form_version.c.id == form.c.current_version_id)
        .order_by(form.c.title, form.c.code)
    )
    return tuple(
        FormLine(*row, plans=tuple(plans.get(row.id, ())), responses=of_form[row.id])
        for row in connection.execute(found)
    )


def versions(connection: Connection, form_id: bytes) -> tuple[VersionLine, ...]:
    """The versions of a form, from the newest on."""
    responses = _responses(connection)
    tasks = _counted(
        connection.execute(
            select(task.c.form_version_id, func.count())
            .where(task.c.state.in_(OPEN_STATES))
            .group_by(task.c.form_version_id)
        )
    )
    drafts = _counted(
        connection.execute(select(draft.c.form_version_id, func.count()).group_by(draft.c.form_version_id))
    )
    current = select(form.c.current_version_id).where(form.c.id == form_id)
    current_id = connection.execute(current).scalar_one_or_none()
    found = (
        select(
            form_version.c.id,
            form_version.c.version,
            form_version.c.published_at,
            person.c.name,
            form_version.c.change_note,
        )
        .outerjoin(person, person.c.id == form_version.c.published_by)
        .where(form_version.c.form_id == form_id)
        .order_by(form_version.c.published_at.desc(), form_version.c.id.desc())
    )
    return tuple(
        VersionLine(
            *row,
            current=row.id == current_id,
            responses=responses.get(row.id, 0),
            open_tasks=tasks.get(row.id, 0),
            drafts=drafts.get(row.id, 0),
        )
        for row in connection.execute(found)
    )


def versions_of_code(connection: Connection, code: str) -> tuple[VersionLine, ...]:
    """The versions of the form of a code, from the newest on."""
    form_id = connection.execute(select(form.c.id).where(form.c.code == code)).scalar_one_or_none()
    return () if form_id is None else versions(connection, form_id)


def xform(connection: Connection, version_id: bytes) -> str | None:
    """The XForm of a version; None when this desk does not have it."""
    found = select(form_version.c.xform).where(form_version.c.id == version_id)
    return connection.execute(found).scalar_one_or_none()


def by_code(connection: Connection, code: str) -> Mapping[str, tuple[bytes, str]]:
    """The versions of the form of a code: name → (id, XForm), from the newest on; empty for a new form."""
    found = (
        select(form_version.c.version, form_version.c.id, form_version.c.xform)
        .join(form, form.c.id == form_version.c.form_id)
        .where(form.c.code == code)
        .order_by(form_version.c.published_at.desc(), form_version.c.id.desc())
    )
    return {row.version: (row.id, row.xform) for row in connection.execute(found)}


def _responses(connection: Connection) -> dict[bytes, int]:
    found = (
        select(response.c.form_version_id, func.count())
        .where(response.c.replaced_by_id.is_(None))
        .group_by(response.c.form_version_id)
    )
    return _counted(connection.execute(found))


def _counted(rows: Iterable[Any]) -> dict[bytes, int]:
    return {version_id: count for version_id, count in rows if version_id is not None}
