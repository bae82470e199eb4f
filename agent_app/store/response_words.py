"""What was answered, as a narrow table that is looked through in place of the wide rows: kept by SQLite's own triggers,
whoever writes a response. The searching itself is a query.

A response that is being put together in staging has its words here, too: they are the same when it is exchanged.
"""

from typing import Any

from sqlalchemy import Connection

# No INSERT OR REPLACE: a trigger goes by what the statement that sets it off does with conflicts.
_PUT = (
    "DELETE FROM response_words WHERE response_id = new.id;"
    " INSERT INTO response_words (response_id, customer_id, words)"
    " SELECT new.id, new.customer_id, coalesce(lower(group_concat(value, char(10))), '')"
    " FROM (SELECT DISTINCT value FROM json_each(new.answers));"
)
_FOLLOW = {
    "put": f'AFTER INSERT ON "{{table}}" BEGIN {_PUT} END',
    "changed": 'AFTER UPDATE OF customer_id, answers ON "{table}"'
    f" WHEN new.answers <> old.answers OR new.customer_id <> old.customer_id BEGIN {_PUT} END",
}
_GONE = 'AFTER DELETE ON "{table}" BEGIN DELETE FROM response_words WHERE response_id = old.id; END'
_RESPONSE = "response"


def follow(_table: Any, connection: Connection, **_: Any) -> None:
    """Keep the words of the responses in use from now on; a listener of the table's creation."""
    _make(connection, _RESPONSE, {**_FOLLOW, "gone": _GONE})


def follow_staged(connection: Connection, staged: str) -> None:
    """Keep those of the responses that come into this copy; what leaves it may still be in the table in use."""
    _make(connection, staged, _FOLLOW)


def take_staged(connection: Connection, staged: str) -> None:
    """The copy has become the table in use: what is in no response any more goes."""
    for name in _FOLLOW:
        connection.exec_driver_sql(f'DROP TRIGGER "{staged}_words_{name}"')
    follow(None, connection)
    connection.exec_driver_sql(
        "DELETE FROM response_words WHERE response_id NOT IN (SELECT id FROM response)"
    )


def _make(connection: Connection, table: str, rules: dict[str, str]) -> None:
    for name, rule in rules.items():
        connection.exec_driver_sql(f'CREATE TRIGGER "{table}_words_{name}" {rule.format(table=table)}')
