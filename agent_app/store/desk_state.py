"""Single facts of this desk in the store, by key; what they mean stands with who keeps them."""

from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, RootTransaction

from agent_app.store.driver import execute, fetch
from server_sync.domain.model.columns import dump_json, load_json

_ALL = "SELECT key, value FROM desk_state"
_KEEP = (
    "INSERT INTO desk_state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
)
# The facts are few, and a step of sync asks for a handful: the first question in a transaction reads them all. Nobody
# else can change what it sees of them while it is open.
_known: WeakKeyDictionary[RootTransaction, dict[str, str]] = WeakKeyDictionary()


def recall(connection: Connection, key: str, default: Any = None) -> Any:
    """The JSON value under a key."""
    found = _facts(connection).get(key)
    return default if found is None else load_json(found)


def remember(connection: Connection, key: str, value: Any) -> None:
    """Keep a JSON value, other than null, under a key."""
    text = dump_json(value)
    execute(connection, _KEEP, [(key, text)])
    _facts(connection)[key] = text


def _facts(connection: Connection) -> dict[str, str]:
    transaction = connection.get_transaction()
    if not isinstance(transaction, RootTransaction):
        raise ValueError("a fact belongs to a transaction")
    facts = _known.get(transaction)
    if facts is None:
        facts = _known[transaction] = dict(fetch(connection, _ALL))
    return facts
