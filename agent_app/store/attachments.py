"""Which bytes of attachments are at this desk and how far they have come (SYNC F1); the files are the host's.

The row of an attachment tells what the server has; this table tells what is here. So a lost reply, a kill or a server
restored from a backup is never more than a difference between the two, which the next round sees.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    delete,
    exists,
    false,
    func,
    insert,
    or_,
    select,
    update,
)

from agent_app.store.tables import attachment_file, conflict, draft, outbox
from server_sync.domain.clock import MINUTE
from server_sync.domain.commands import AddAttachment, RemoveAttachment
from server_sync.domain.errors import KnownError
from server_sync.domain.model import AttachmentState, attachment
from server_sync.domain.wire.codec import decode_command

LONGEST_WAIT = 10 * MINUTE
"""After a failure that is a file's own."""

_file = attachment_file.c


class FileState(StrEnum):
    """What a file at this desk is for."""

    WRITING = "writing"
    """Being sealed; nothing of it counts until its row is recorded."""
    DRAFTED = "drafted"
    """Whole here, and named by a draft: it goes up when the answers are recorded, and goes with the draft before."""
    SENDING = "sending"
    """Whole here, and the server does not have it: it stays until then, whatever happens."""
    REFUSED = "refused"
    """Whole here; the server will not have it, and `error` says why. A person decides."""
    KEPT = "kept"
    """Whole here and at the server: it stays as long as its dossier."""
    FETCHING = "fetching"
    """Somebody wants to see it; it comes piece by piece."""
    FAILED = "failed"
    """It did not come, and `error` says why."""


@dataclass(frozen=True)
class LocalFile:
    """One file: see `tables.attachment_file`."""

    attachment_id: bytes
    customer_id: bytes
    name: str
    key: bytes
    state: FileState
    size: int = 0
    sha256: str = ""
    position: int = 0
    tries: int = 0
    retry_at: int = 0
    fetched: bool = False
    looked_at: int = 0
    error: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether all of it is here."""
        return self.state not in (FileState.WRITING, FileState.FETCHING, FileState.FAILED)


def begin(connection: Connection, one: LocalFile) -> None:
    """Note a file before its first byte is written, in place of an earlier one of the attachment."""
    forget(connection, one.attachment_id)
    fetched = one.state is FileState.FETCHING
    connection.execute(insert(attachment_file).values(**{**vars(one), "fetched": fetched}))


def load(connection: Connection, attachment_id: bytes) -> LocalFile | None:
    """The file of an attachment, if any of it is here."""
    row = connection.execute(_FILES.where(_file.attachment_id == attachment_id)).one_or_none()
    return None if row is None else _local(row)


def change(connection: Connection, attachment_id: bytes, **values: Any) -> None:
    """Write what has become of a file."""
    connection.execute(update(attachment_file).where(_file.attachment_id == attachment_id).values(**values))


def forget(connection: Connection, attachment_id: bytes) -> None:
    """The key goes: nobody can read the file any more, and the next round removes it."""
    connection.execute(delete(attachment_file).where(_file.attachment_id == attachment_id))


def forget_out_of_sight(connection: Connection) -> frozenset[bytes]:
    """What is of no dossier at this desk loses its key; only what has not gone up yet does so first (SYNC L2), and what
    was refused waits for a person (SYNC P3). In the transaction that removes the rows. Returns whose they were."""
    found = [_local(row) for row in connection.execute(_OUT_OF_SIGHT)]
    gone = [one for one in found if not is_recorded(connection, one, unsent=True)]
    for one in gone:
        forget(connection, one.attachment_id)
    return frozenset(one.customer_id for one in gone)


def hold(connection: Connection, attachment_id: bytes, size: int, sha256: str) -> None:
    """A draft names a file that was sealed: it stays as long as that does."""
    sealed = update(attachment_file).where(
        _file.attachment_id == attachment_id, _file.state == FileState.WRITING
    )
    connection.execute(sealed.values(state=FileState.DRAFTED, size=size, sha256=sha256))


def let_go(connection: Connection, attachment_id: bytes) -> None:
    """No draft names it any more; what was recorded meanwhile is no draft's and stays."""
    drafted = delete(attachment_file).where(_file.state == FileState.DRAFTED)
    connection.execute(drafted.where(_file.attachment_id == attachment_id))


def abandon_unfinished(connection: Connection) -> None:
    """When the program starts: what was being sealed when it ended is not there for anybody."""
    connection.execute(delete(attachment_file).where(_file.state == FileState.WRITING))


def reconcile(connection: Connection) -> frozenset[bytes]:
    """Let the rows have their say over the files; returns the customers of files whose state that changed.

    Complete at the server: nothing more to send. Announced again, as after a restore from a backup: to be sent once
    more. Taken back, or of a dossier that is not here: the key goes.
    """
    run = connection.execute
    touched: set[bytes] = set()
    for rule in (_ARRIVED, _LOST_AGAIN, _TAKEN_BACK):
        touched.update(run(rule.returning(_file.customer_id)).scalars())
    return frozenset(touched) | forget_out_of_sight(connection)


def kept_bytes(connection: Connection) -> int:
    """What those take up that could be fetched again."""
    found: int = connection.execute(
        select(func.coalesce(func.sum(_file.size), 0)).where(_REPLACEABLE)
    ).scalar_one()
    return found


def forget_least_looked_at(connection: Connection, most: int) -> frozenset[bytes]:
    """Of what could be fetched again, no more than `most` bytes stay: what was looked at last, and always the last one.

    Returns whose they were.
    """
    found = (
        select(_file.attachment_id, _file.customer_id, _file.size)
        .where(_REPLACEABLE)
        .order_by(_file.looked_at.desc(), _file.attachment_id.desc())
    )
    held, touched = 0, set()
    for place, row in enumerate(connection.execute(found).all()):
        held += row.size
        if held > most and place:
            forget(connection, row.attachment_id)
            touched.add(row.customer_id)
    return frozenset(touched)


def names(connection: Connection) -> set[str]:
    """Every file that may be here."""
    return set(connection.execute(select(_file.name)).scalars())


def due(connection: Connection, now: int, most: int) -> list[LocalFile]:
    """What is to be fetched or sent now, first what somebody waits for, then by age.

    A file is sent when its row has come back from the server, or has left this desk: before that it would find none.
    """
    return [_local(row) for row in connection.execute(_DUE.where(~waits(now)).limit(most))]


def next_retry(connection: Connection, now: int) -> int | None:
    """When the next file that waits after a failure is to be tried again (ms), None when none waits."""
    moving = _file.state.in_((FileState.FETCHING, FileState.SENDING))
    waiting = select(func.min(_file.retry_at)).where(moving, waits(now))
    found: int | None = connection.execute(waiting).scalar_one()
    return found


def server_state(connection: Connection, attachment_id: bytes) -> str | None:
    """What the row at this desk says of the server's bytes, None when there is no row."""
    found = select(attachment.c.state).where(attachment.c.id == attachment_id)
    return connection.execute(found).scalar_one_or_none()


def is_recorded(connection: Connection, one: LocalFile, *, unsent: bool = False) -> bool:
    """Whether the intention to attach it still lives here: in the outbox, on wish only if the server has not answered,
    or refused and not yet dealt with. What was taken back since, and the server has heard of it, does not."""
    of_customer = select(outbox.c.args).where(outbox.c.customer_id == one.customer_id)
    taken_back = of_customer.where(outbox.c.command == RemoveAttachment.name, outbox.c.state != "pending")
    if _concerns(connection, RemoveAttachment, taken_back, one):
        return False
    attached = of_customer.where(outbox.c.command == AddAttachment.name)
    if unsent:
        attached = attached.where(outbox.c.state == "pending")
    refused = select(conflict.c.args).where(
        conflict.c.customer_id == one.customer_id,
        conflict.c.command == AddAttachment.name,
        conflict.c.settled_at.is_(None),
    )
    return any(_concerns(connection, AddAttachment, found, one) for found in (attached, refused))


def waits(now: int) -> ColumnElement[bool]:
    """Whether a file waits after a failure; a clock that was set back since makes no wait longer."""
    return _file.retry_at.between(now + 1, now + LONGEST_WAIT)


def _concerns(
    connection: Connection,
    kind: type[AddAttachment] | type[RemoveAttachment],
    found: Select[*tuple[Any, ...]],
    one: LocalFile,
) -> bool:
    """Whether any of these commands is about this file."""
    for args in connection.execute(found).scalars():
        try:
            command = decode_command(kind.name, args)
        except KnownError:
            continue
        if isinstance(command, kind) and command.attachment_id == one.attachment_id:
            return True
    return False


def _local(row: Row[*tuple[Any, ...]]) -> LocalFile:
    values = row._asdict()
    return LocalFile(**{**values, "state": FileState(values["state"])})


_FILES: Select[*tuple[Any, ...]] = select(
    *(attachment_file.c[name] for name in LocalFile.__dataclass_fields__)
)
_DUE = (
    _FILES.outerjoin(attachment, attachment.c.id == _file.attachment_id)
    .where(
        or_(
            _file.state == FileState.FETCHING,
            and_(_file.state == FileState.SENDING, or_(attachment.c.id.is_(None), attachment.c.rev > 0)),
        )
    )
    .order_by(case((_file.state == FileState.FETCHING, 0), else_=1), _file.attachment_id)
)


def _server_says(state: AttachmentState) -> Any:
    return exists().where(
        attachment.c.id == _file.attachment_id, attachment.c.state == state, attachment.c.rev > 0
    )


_ARRIVED = (
    update(attachment_file)
    .where(_file.state.in_((FileState.SENDING, FileState.REFUSED)), _server_says(AttachmentState.COMPLETE))
    .values(state=FileState.KEPT, position=_file.size, tries=0, retry_at=0, error=None)
)
# What was attached here stays as long as its dossier: a server that is put back to a backup may ask for it again.
_REPLACEABLE = and_(_file.state == FileState.KEPT, _file.fetched, _server_says(AttachmentState.COMPLETE))
_LOST_AGAIN = (
    update(attachment_file)
    .where(_file.state == FileState.KEPT, _server_says(AttachmentState.ANNOUNCED))
    .values(state=FileState.SENDING, position=0, tries=0, retry_at=0, fetched=False)
)
# What is taken back here is gone for good once the server knows of it; until then it could still be refused.
_TAKEN_BACK = delete(attachment_file).where(
    _server_says(AttachmentState.REMOVED),
    ~exists().where(outbox.c.state == "pending", func.instr(outbox.c.args, _file.attachment_id) > 0),
)
# A draft that went with its dossier takes its files along.
_OUT_OF_SIGHT = _FILES.where(
    case(
        (_file.state.in_((FileState.SENDING, FileState.WRITING)), false()),
        (_file.state == FileState.DRAFTED, ~exists().where(draft.c.customer_id == _file.customer_id)),
        else_=~exists().where(attachment.c.id == _file.attachment_id),
    )
)
