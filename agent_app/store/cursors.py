"""Where this desk stands in each partition of the server's feed (SYNC L1)."""

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from agent_app.store.tables import cursor


def load(connection: Connection) -> dict[str, int]:
    """Partition name to the seq that has been applied."""
    return {row.partition: row.seq for row in connection.execute(select(cursor))}


def save(connection: Connection, cursors: dict[str, int]) -> None:
    """Replace the whole cursor, in the transaction that applies the page it belongs to."""
    connection.execute(delete(cursor))
    if cursors:
        connection.execute(insert(cursor), [{"partition": name, "seq": seq} for name, seq in cursors.items()])
