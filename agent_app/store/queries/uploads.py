"""What goes up from this desk beside the rows, for the status bar (SYNC F1)."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, and_, case, select

from agent_app.store.attachments import FileState, waits
from agent_app.store.tables import attachment_file
from server_sync.domain.model import attachment

_file = attachment_file.c


class Wait(StrEnum):
    """Why nothing of what has to go up does so."""

    RETRY = "retry"
    """It failed, and is tried again soon."""
    ROW = "row"
    """The server has to hear of the file first."""
    SERVER = "server"
    """The server is away, or will have nothing of this desk now."""


@dataclass(frozen=True)
class Uploads:
    """What this desk alone has: `files` of together `size` bytes go up, `position` of them have arrived, or wait for
    `wait`; `refused` ones wait for a person. `customer_id`: whose the first is, the refused before the others."""

    files: int = 0
    position: int = 0
    size: int = 0
    refused: int = 0
    customer_id: bytes | None = None
    wait: Wait | None = None


def load(connection: Connection, now: int) -> Uploads:
    """All that goes up, and what was refused."""
    # A file that has arrived waits for nothing but its row.
    held_up_now = and_(waits(now), _file.position < _file.size).label("waits")
    found = connection.execute(_FOUND.add_columns(held_up_now)).all()
    sending = [row for row in found if row.state == FileState.SENDING]
    held_up = {_wait_of(row.waits, row.rev) for row in sending}
    return Uploads(
        files=len(sending),
        position=sum(row.position for row in sending),
        size=sum(row.size for row in sending),
        refused=len(found) - len(sending),
        customer_id=found[0].customer_id if found else None,
        wait=None if None in held_up else next((one for one in Wait if one in held_up), None),
    )


def _wait_of(waits: bool, rev: int | None) -> Wait | None:
    if rev == 0:
        return Wait.ROW
    return Wait.RETRY if waits else None


_FOUND = (
    select(
        _file.state,
        _file.position,
        _file.size,
        attachment.c.rev,
        attachment.c.customer_id,
    )
    .outerjoin(attachment, attachment.c.id == _file.attachment_id)
    .where(_file.state.in_((FileState.SENDING, FileState.REFUSED)))
    .order_by(case((_file.state == FileState.REFUSED, 0), else_=1), _file.attachment_id)
)
