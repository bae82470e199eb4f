"""The one change that the server itself makes to the row of an attachment: its bytes are whole (SYNC F1)."""

from sqlalchemy import select

from server_sync.domain.commands import Accepted, Update
from server_sync.domain.model import AttachmentState, attachment
from server_sync.store import changes
from server_sync.store.audit import Record, record
from server_sync.store.rows import lock_customers
from server_sync.store.transaction import Transaction

COMPLETE = "complete_attachment@1"
"""How the audit names that a file became complete, or was refused."""


def complete(
    tx: Transaction,
    attachment_id: bytes,
    customer_id: bytes,
    person_id: bytes | None = None,
    device_id: bytes | None = None,
) -> bool:
    """Say to everybody that an announced file is whole; twice is once. False when nobody asks for it any more.

    `person_id`, `device_id`: who sent its last piece, None for the server itself.
    """
    lock_customers(tx, [customer_id])
    state = tx.connection.scalar(select(attachment.c.state).where(attachment.c.id == attachment_id))
    if state == AttachmentState.ANNOUNCED:
        update = Update(
            "attachment", attachment_id, {"state": AttachmentState.COMPLETE, "completed_at": tx.now}
        )
        changes.write(tx, [update])
        record(tx, [Record(person_id, COMPLETE, Accepted((update,)), device_id)])
    return state in (AttachmentState.ANNOUNCED, AttachmentState.COMPLETE)
