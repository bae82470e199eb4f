"""The attachments of a customer as a screen shows them: what the server has beside what is here (SYNC F1)."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, select

from agent_app.store.attachments import FileState
from agent_app.store.tables import attachment_file
from server_sync.domain.model import AttachmentState, attachment, person


class Standing(StrEnum):
    """Where the bytes are, as it matters to who looks at the list."""

    WAITING = "waiting"
    """Here alone; on its way up, `position` of `size` bytes have arrived."""
    REFUSED = "refused"
    """Here alone; the server will not have it: `error`."""
    ABSENT = "absent"
    """Announced by another desk, from which it has not come yet."""
    THERE = "there"
    """At the server; it is fetched when it is wanted."""
    FETCHING = "fetching"
    """On its way down, `position` of `size` bytes are here."""
    FAILED = "failed"
    """It did not come: `error`."""
    HERE = "here"
    """At the server and here."""


@dataclass(frozen=True)
class Attached:
    """One file. `mine`: whoever sits here attached it. `error` is a value of ErrorKind."""

    id: bytes
    customer_id: bytes
    kind: str
    file_name: str
    media_type: str
    size: int
    created_at: int
    person: str | None
    mine: bool
    standing: Standing
    position: int
    error: str | None

    @property
    def is_here(self) -> bool:
        """Whether it can be looked at now."""
        return self.standing in (Standing.WAITING, Standing.REFUSED, Standing.HERE)


def of_customer(connection: Connection, customer_id: bytes, person_id: bytes) -> tuple[Attached, ...]:
    """What is attached to his dossier, the latest first; what was taken back is not shown."""
    found = (
        select(
            attachment,
            person.c.name,
            attachment_file.c.state.label("local"),
            attachment_file.c.position,
            attachment_file.c.error,
        )
        .outerjoin(person, person.c.id == attachment.c.created_by)
        .outerjoin(attachment_file, attachment_file.c.attachment_id == attachment.c.id)
        .where(attachment.c.customer_id == customer_id, attachment.c.state != AttachmentState.REMOVED)
        .order_by(attachment.c.created_at.desc(), attachment.c.id.desc())
    )
    return tuple(
        Attached(
            row.id,
            row.customer_id,
            row.kind,
            row.file_name,
            row.media_type,
            row.size,
            row.created_at,
            row.name,
            row.created_by == person_id,
            _standing(row.state, row.local),
            row.position or 0,
            row.error,
        )
        for row in connection.execute(found)
    )


def id_of_name(connection: Connection, customer_id: bytes, file_name: str) -> bytes | None:
    """The file of this name among those that answer a form's questions: no two of a customer's have one name."""
    found = select(attachment.c.id).where(
        attachment.c.customer_id == customer_id,
        attachment.c.file_name == file_name,
        attachment.c.response_id.is_not(None),
        attachment.c.state != AttachmentState.REMOVED,
    )
    return connection.execute(found.limit(1)).scalar_one_or_none()


_LOCAL = {
    FileState.SENDING: Standing.WAITING,
    FileState.REFUSED: Standing.REFUSED,
    FileState.KEPT: Standing.HERE,
    FileState.FETCHING: Standing.FETCHING,
    FileState.FAILED: Standing.FAILED,
}


def _standing(server: str, local: str | None) -> Standing:
    if local is not None and local != FileState.WRITING:
        return _LOCAL[FileState(local)]
    return Standing.THERE if server == AttachmentState.COMPLETE else Standing.ABSENT
