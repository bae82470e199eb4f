"""Calls in progress as they are typed: kept on the disk, never sent, gone when the wrap-up is saved.

Files that answer questions are sealed beside the store; the forms of a draft name them under `FILES`, and what no form
of it names any more loses its key in the same transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from agent_app.store import attachments
from agent_app.store.tables import draft
from server_sync.domain.model import form_version

GUIDE, GUIDE_BEFORE = "guide", "guide_before"
"""The parts of a draft that hold a form: the guide, and the guide as it was before it was started over."""
FORMS = (GUIDE, GUIDE_BEFORE)
DONE = "done"
"""Within such a part: the `page` of a form that was gone through to its end."""
CORRECTION = "correction"
"""The part of a draft that corrects answers; its `task_id` is the id of the edition that is corrected."""
FILES = "files"
"""Within such a part: by file name what the row of a file will say, with its `attachment_id` (hex)."""
RECORDINGS = "recordings"
"""Within such a part: the same of recordings that are not at their end, by the path of their question."""


@dataclass(frozen=True)
class Draft:
    """What was typed on one task: `content` is the features' own JSON by feature name (guide answers, wrap-up)."""

    task_id: bytes
    customer_id: bytes
    form_version_id: bytes | None
    attempt_id: bytes | None
    content: dict[str, Any]
    saved_at: int


def load(connection: Connection, task_id: bytes) -> Draft | None:
    """The draft of a task."""
    row = connection.execute(select(draft).where(draft.c.task_id == task_id)).one_or_none()
    return None if row is None else Draft(**row._asdict())


def save(connection: Connection, one: Draft) -> None:
    """Keep a draft in place of the task's earlier one, and the files that it names."""
    earlier = load(connection, one.task_id)
    held, holds = _files({} if earlier is None else earlier.content), _files(one.content)
    for attachment_id in held.keys() - holds.keys():
        attachments.let_go(connection, attachment_id)
    for attachment_id in holds.keys() - held.keys():
        attachments.hold(connection, attachment_id, *holds[attachment_id])
    values = vars(one)
    statement = insert(draft).values(**values)
    connection.execute(statement.on_conflict_do_update(index_elements=["task_id"], set_=values))


def merge(
    connection: Connection,
    task_id: bytes,
    customer_id: bytes,
    form_version_id: bytes | None,
    attempt_id: bytes | None,
    content: dict[str, Any],
    now: int,
) -> None:
    """Keep these parts of a draft; the other keys of `content`, and what is None here, stay as they were."""
    earlier = load(connection, task_id)
    if earlier is not None:
        form_version_id = form_version_id or earlier.form_version_id
        attempt_id = attempt_id or earlier.attempt_id
        content = {**earlier.content, **content}
    save(connection, Draft(task_id, customer_id, form_version_id, attempt_id, content, now))


def hand_in(connection: Connection, task_id: bytes) -> None:
    """Forget the draft of a task whose call was wrapped up. What was answered in a form version that this desk does not
    hold could not be recorded: it stays, without the call."""
    one = load(connection, task_id)
    if one is None:
        return
    version = select(form_version.c.id).where(form_version.c.id == one.form_version_id)
    answered = {key: value for key, value in one.content.items() if key in FORMS and value}
    if not answered or one.form_version_id is None or connection.execute(version).one_or_none() is not None:
        drop(connection, task_id)
    else:
        save(connection, replace(one, attempt_id=None, content=answered))


def drop(connection: Connection, task_id: bytes) -> None:
    """Forget the draft of a task, with the files that were not recorded."""
    one = load(connection, task_id)
    for attachment_id in {} if one is None else _files(one.content):
        attachments.let_go(connection, attachment_id)
    connection.execute(delete(draft).where(draft.c.task_id == task_id))


def _files(content: Mapping[str, Any]) -> dict[bytes, tuple[int, str]]:
    """The files and recordings that the forms of a draft name: by attachment their size and SHA-256."""
    forms = [part for part in content.values() if isinstance(part, dict)]
    return {
        bytes.fromhex(one["attachment_id"]): (one["size"], one["sha256"])
        for form in forms
        for named in (FILES, RECORDINGS)
        for one in form.get(named, {}).values()
    }
