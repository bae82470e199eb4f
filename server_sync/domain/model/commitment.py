"""What was promised to a customer, and by when it has to be done (M4.9); who reminds whom is automation's."""

from enum import StrEnum

from sqlalchemy import BigInteger, Column, Index, Text

from server_sync.domain.model.columns import Scope, id_column, replicated


class CommitmentState(StrEnum):
    """A promise's life (承诺)."""

    OPEN = "open"
    KEPT = "kept"
    WITHDRAWN = "withdrawn"


commitment = replicated(
    "commitment",
    Scope.DOSSIER,
    id_column("customer_id"),
    id_column("task_id", required=False),
    id_column("attempt_id", required=False),
    id_column("response_id", required=False),
    id_column("owner_id"),  # who has to see to it
    Column("text", Text, nullable=False),  # what was promised, in the words the customer heard
    Column("state", Text, nullable=False),
    Column("promised_at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("settled_at", BigInteger),
    id_column("settled_by", required=False),
    Column("note", Text),  # how it was kept, or why it was withdrawn
    Index("commitment_by_customer", "customer_id"),
    Index("commitment_by_owner", "owner_id", "state", "due_at"),
)
