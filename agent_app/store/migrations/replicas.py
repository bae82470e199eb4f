"""What the steps that bring new tables share: running a script, beginning anew a replica that is not whole yet."""

from sqlalchemy import Connection

_BEGIN_ANEW = """
DELETE FROM staged_cursor;
INSERT OR REPLACE INTO desk_state (key, value) SELECT 'passed_over_under', '{schema}' FROM desk_state
    WHERE key = 'staging' AND value = 'true';
DELETE FROM desk_state WHERE key = 'staging';
"""


def run_script(connection: Connection, script: str) -> None:
    """Run the statements of a script, which end with a semicolon and a new line."""
    for statement in script.split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)


def begin_replica_anew(connection: Connection, schema: int) -> None:
    """Let a replica go that is not whole yet: it has the tables of `schema` and is fetched again (SYNC L4, V2)."""
    run_script(connection, _BEGIN_ANEW.format(schema=schema))
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'staged\\_%' ESCAPE '\\'"
    for (name,) in connection.exec_driver_sql(names).all():
        if name != "staged_cursor":
            connection.exec_driver_sql(f'DROP TABLE "{name}"')
