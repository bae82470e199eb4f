"""Single facts of this desk in the store, by key; what they mean stands with who keeps them."""

from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from agent_app.store.tables import desk_state


def recall(connection: Connection, key: str, default: Any = None) -> Any:
    """The JSON value under a key."""
    value = connection.execute(select(desk_state.c.value).where(desk_state.c.key == key)).scalar_one_or_none()
    return default if value is None else value


def remember(connection: Connection, key: str, value: Any) -> None:
    """Keep a JSON value, other than null, under a key."""
    statement = insert(desk_state).values(key=key, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))
