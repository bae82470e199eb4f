"""Guides and surveys in the company's store: a published form becomes a version, and the form's current one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, insert, select, update

from server_sync.automation.plan_files import Outcome
from server_sync.domain.commands import Change, Insert, Update
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.publishing import PublishedForm
from server_sync.domain.ids import Ids
from server_sync.domain.model import form, form_version
from server_sync.store import changes
from server_sync.store.tables import form_file, form_media
from server_sync.store.transaction import Transaction


@dataclass(frozen=True)
class Stored:
    """What storing a form did, under which code and version it stands now, the version's row, and the rows written."""

    outcome: Outcome
    code: str
    version: str
    version_id: bytes
    changes: tuple[Change, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Source:
    """Where a version comes from: the file as it came, who published it, and what he says is new in it; `media` are the
    files beside its words."""

    name: str
    content: bytes
    person_id: bytes | None = None
    note: str | None = None
    media: Mapping[str, bytes] = field(default_factory=dict)


def store_form(
    tx: Transaction, ids: Ids, published: PublishedForm, code: str | None = None, source: Source | None = None
) -> Stored:
    """Store a published form under `code` (else its own) and make it current; what is there already stays.

    The file of `source` is kept beside the version, unless it has one and this brings no media that were missing. A
    form without a version of its own is numbered. Raises KnownError ALREADY_EXISTS {table: "form_version", name} when
    another content has that version: desks would hold two forms for one.
    """
    code = code or published.code
    found = tx.connection.execute(select(form).where(form.c.code == code)).mappings().one_or_none()
    versions = {} if found is None else _versions(tx.connection, found["id"])
    same = next((name for name, (_, xform) in versions.items() if xform == published.xform_xml), None)
    rows: list[Change] = []
    form_id = ids.new() if found is None else found["id"]
    version = same or published.version or _next_number(versions)
    if same is not None:
        version_id = versions[same][0]
    elif version in versions:
        raise KnownError(ErrorKind.ALREADY_EXISTS, table="form_version", name=f"{code} {version}")
    else:
        version_id = ids.new()
        values = {"id": version_id, "form_id": form_id, "version": version, "published_at": tx.now}
        if source is not None:
            values |= {"published_by": source.person_id, "change_note": source.note}
        rows.append(Insert("form_version", {**values, "xform": published.xform_xml}))
    now = {"title": published.title, "current_version_id": version_id}
    if found is None:
        rows.append(Insert("form", {"id": form_id, "code": code, **now}))
    elif any(found[name] != value for name, value in now.items()):
        rows.append(Update("form", form_id, now))
    changes.write(tx, rows)
    if source is not None:
        _keep_file(tx.connection, version_id, source)
    outcome = Outcome.CREATED if found is None else Outcome.UPDATED if rows else Outcome.UNCHANGED
    return Stored(outcome, code, version, version_id, tuple(rows))


def _keep_file(connection: Connection, version_id: bytes, source: Source) -> None:
    kept = connection.execute(
        select(form_file.c.name).where(form_file.c.version_id == version_id)
    ).one_or_none()
    known = select(form_media.c.name).where(form_media.c.version_id == version_id)
    there = set(connection.execute(known).scalars())
    missing = {name: content for name, content in source.media.items() if name not in there}
    values = {"name": source.name, "content": source.content}
    if kept is None:
        connection.execute(insert(form_file).values(version_id=version_id, **values))
    elif missing:
        connection.execute(update(form_file).where(form_file.c.version_id == version_id).values(**values))
    for name, content in missing.items():
        connection.execute(insert(form_media).values(version_id=version_id, name=name, content=content))


def _versions(connection: Connection, form_id: bytes) -> dict[str, tuple[bytes, str]]:
    """version → (id, XForm)."""
    rows = connection.execute(select(form_version).where(form_version.c.form_id == form_id))
    return {row.version: (row.id, row.xform) for row in rows}


def _next_number(versions: dict[str, tuple[bytes, str]]) -> str:
    return str(max((int(name) for name in versions if name.isdecimal()), default=0) + 1)
