"""Single facts of this desk in the store, by key; what they mean stands with who keeps them."""

from typing import Any

from sqlalchemy import Connection

from server_sync.domain.model.columns import dump_json, load_json

_FIND = "SELECT value FROM desk_state WHERE key = ?"
_KEEP = (
    "INSERT INTO desk_state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
)


def recall(connection: Connection, key: str, default: Any = None) -> Any:
    """The JSON value under a key."""
    # The driver's own statement: several facts are asked for in every round with the server.
    found = connection.exec_driver_sql(_FIND, (key,)).scalar()
    return default if found is None else load_json(found)


def remember(connection: Connection, key: str, value: Any) -> None:
    """Keep a JSON value, other than null, under a key."""
    connection.exec_driver_sql(_KEEP, (key, dump_json(value)))
