"""The company's forms as an administrator sees them: the versions of each, and the files that they came in."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import form, form_version
from server_sync.domain.wire.forms import FormList, FormListed, VersionListed
from server_sync.store.tables import form_file, form_media


@dataclass(frozen=True)
class FormFile:
    """A file as it came, and what its author called it."""

    name: str
    content: bytes


def list_forms(connection: Connection) -> FormList:
    """Every form by code, its versions from the newest on."""
    found = (
        select(
            form_version.c.id,
            form_version.c.form_id,
            form_version.c.version,
            form_version.c.published_at,
            form_version.c.published_by,
            form_version.c.change_note,
            form_file.c.name,
        )
        .outerjoin(form_file, form_file.c.version_id == form_version.c.id)
        .order_by(form_version.c.published_at.desc(), form_version.c.id.desc())
    )
    rows = connection.execute(found).all()
    forms = connection.execute(select(form).order_by(form.c.code)).all()
    return FormList(
        forms=[
            FormListed(
                id=one.id.hex(),
                code=one.code,
                title=one.title,
                versions=[
                    VersionListed(
                        id=row.id.hex(),
                        version=row.version,
                        published_at=row.published_at,
                        published_by=row.published_by.hex() if row.published_by else None,
                        change_note=row.change_note,
                        current=row.id == one.current_version_id,
                        file=row.name,
                    )
                    for row in rows
                    if row.form_id == one.id
                ],
            )
            for one in forms
        ]
    )


def medium_of(connection: Connection, version_id: bytes, name: str) -> bytes:
    """A file beside the words of a version. Raises KnownError NOT_FOUND {table: "form_media"}."""
    found = select(form_media.c.content).where(
        form_media.c.version_id == version_id, form_media.c.name == name
    )
    content: bytes | None = connection.execute(found).scalar_one_or_none()
    if content is None:
        raise KnownError(ErrorKind.NOT_FOUND, table="form_media")
    return content


def file_of(connection: Connection, version_id: bytes) -> FormFile:
    """The file that a version came in, else its XForm. Raises KnownError NOT_FOUND {table: "form_version"}."""
    kept = connection.execute(
        select(form_file.c.name, form_file.c.content).where(form_file.c.version_id == version_id)
    ).one_or_none()
    if kept is not None:
        return FormFile(kept.name, kept.content)
    version = connection.execute(
        select(form.c.code, form_version.c.version, form_version.c.xform)
        .join(form, form.c.id == form_version.c.form_id)
        .where(form_version.c.id == version_id)
    ).one_or_none()
    if version is None:
        raise KnownError(ErrorKind.NOT_FOUND, table="form_version")
    return FormFile(f"{version.code}-{version.version}.xml", version.xform.encode())
