"""What is attached to a customer's dossier: one row a file; the bytes themselves travel and lie elsewhere (SYNC F1)."""

from enum import StrEnum

from sqlalchemy import BigInteger, Column, Index, Text

from server_sync.domain.model.columns import Scope, id_column, replicated


class AttachmentKind(StrEnum):
    """What the file is to the people who work with it."""

    PHOTO = "photo"
    RECORDING = "recording"
    VIDEO = "video"
    SIGNATURE = "signature"
    DOCUMENT = "document"


class AttachmentState(StrEnum):
    """A file's life on the server."""

    ANNOUNCED = "announced"
    """The row is there, the bytes are not, or not all of them."""
    COMPLETE = "complete"
    """All bytes are there and their SHA-256 is the row's."""
    REMOVED = "removed"
    """Taken back; the bytes are gone for good."""


attachment = replicated(
    "attachment",
    Scope.DOSSIER,
    id_column("customer_id"),
    # what it belongs to besides the customer, if anything
    id_column("task_id", required=False),
    id_column("attempt_id", required=False),
    id_column("response_id", required=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("file_name", Text, nullable=False),  # without folders; as its person named it
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),  # bytes
    Column("sha256", Text, nullable=False),  # of the plain bytes, as hex
    id_column("created_by", required=False),
    Column("created_at", BigInteger, nullable=False),
    Column("completed_at", BigInteger),
    id_column("removed_by", required=False),
    Column("removed_at", BigInteger),
    Index("attachment_by_customer", "customer_id"),
)
