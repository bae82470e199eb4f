"""The first schema: the tables as they stand in the code, until the first release freezes them here."""

from alembic import op

from server_sync.store import indexes
from server_sync.store.tables import ALL

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table with its indexes."""
    for metadata in ALL:
        metadata.create_all(op.get_bind())
    indexes.create(op.get_bind())
