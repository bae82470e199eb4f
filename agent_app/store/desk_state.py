"""Single facts of this desk in the store, by key; what they mean stands with who keeps them."""

from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import insert

from agent_app.store.tables import desk_state
from server_sync.domain.model.columns import load_json


def recall(connection: Connection, key: str, default: Any = None) -> Any:
    """The JSON value under a key."""
    # The driver's own statement: several facts are asked for in every round with the server.
    found = connection.exec_driver_sql("SELECT value FROM desk_state WHERE key = ?", (key,)).scalar()
    return default if found is None else load_json(found)


def remember(connection: Connection, key: str, value: Any) -> None:
    """Keep a JSON value, other than null, under a key."""
    statement = insert(desk_state).values(key=key, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))
