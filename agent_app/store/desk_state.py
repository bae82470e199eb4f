"""Single facts of this desk in the store, by key; what they mean stands with who keeps them."""

from typing import Any

from sqlalchemy import Connection

from agent_app.store.driver import execute, fetch
from server_sync.domain.model.columns import dump_json, load_json

_FIND = "SELECT value FROM desk_state WHERE key = ?"
_KEEP = (
    "INSERT INTO desk_state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
)


def recall(connection: Connection, key: str, default: Any = None) -> Any:
    """The JSON value under a key."""
    found = fetch(connection, _FIND, (key,))
    return load_json(found[0][0]) if found else default


def remember(connection: Connection, key: str, value: Any) -> None:
    """Keep a JSON value, other than null, under a key."""
    execute(connection, _KEEP, [(key, dump_json(value))])
