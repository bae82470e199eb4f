"""Desks whose program is not the newest: a store as schema 1 left it, brought up to date by the real migration, and a
program that does not know all that the server sends (SYNC V1, V2)."""

import sqlite3
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec
from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from agent_app.ports import Reply
from agent_app.store import migrations
from agent_app.store.desk_state import recall, remember
from agent_app.store.migrations import runner
from agent_app.store.tables import ALL
from server_sync.domain.wire import versions
from server_sync.domain.wire.codec import encode
from server_sync.domain.wire.messages import CompareReply, PullReply, Removed, TableRows
from tests.convergence import disk
from tests.convergence.crashes import Killed
from tests.convergence.desk_site import DeskSite
from tests.convergence.server_site import read

_STORED = Path(__file__).parents[1] / "upgrade" / "schema_1.db"
_KEY = bytes(range(32)).hex()
_UNKNOWN = "sales_order"
"""A table that older programs do not know."""
_MORE = "contact_point"
"""A table that has a column more than older programs know."""
_STATE = ("epoch", "in_step_at", "complete", "last_mid", "device", "token")
_LEFT_OUT = {
    "outbox": "state = 'pending'",
    "cursor": "partition NOT LIKE 'device:%'",
    "desk_state": "key IN ({})".format(", ".join(f"'{key}'" for key in _STATE)),
}


# ---------------------------------------------------------------------------------- the store of schema 1


def has_been_older(site: DeskSite) -> bool:
    """Let the store be as a program of schema 1 would have left it; False when it has what such a one could not."""
    memory = site.memory
    newer = memory.rows(
        "SELECT 1 FROM attachment_file UNION SELECT 1 FROM outbox WHERE command LIKE '%_attachment@1'"
        " OR command LIKE '%_commitment@1' OR command = 'correct_answers@1'"
    )
    with site.store.read() as connection:
        if newer or recall(connection, "staging", False) or recall(connection, "next_device", ""):
            return False
    old = sqlite3.connect(":memory:")
    for statement in _schema_1():
        old.execute(statement)
    tables = [row[0] for row in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        there = {row[1] for row in memory.rows(f'PRAGMA table_info("{table}")')}
        columns = [row[1] for row in old.execute(f'PRAGMA table_info("{table}")') if row[1] in there]
        names = ", ".join(f'"{column}"' for column in columns)
        where = _LEFT_OUT.get(table, "true")
        if table == "base_row":
            where = "kind IN ({})".format(", ".join(f"'{name}'" for name in tables))
        rows = memory.rows(f'SELECT {names} FROM "{table}" WHERE {where}')
        old.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(columns))})', rows)
    old.execute("PRAGMA user_version = 1")
    old.commit()
    memory.fill(old.serialize())
    return True


def migrate(site: DeskSite) -> None:
    """What the newest program does first."""
    _migrate(site, migrations.STEPS)


def kill_in_migration(site: DeskSite, share: float) -> None:
    """It is killed when it has done so much of it."""

    def step(connection: Connection) -> None:
        statements = [one for one in migrations.to_schema_2.SCRIPT.split(";\n") if one.strip()]
        for statement in statements[: int(share * len(statements))]:
            connection.exec_driver_sql(statement)
        raise Killed("desk.migrating")

    try:
        _migrate(site, (step,))
    except Killed as killed:
        site.timeline.note(f"  {site.name} killed at {killed.moment}")


def _migrate(site: DeskSite, steps: tuple[migrations.Step, ...]) -> None:
    folder = disk.empty("profile")
    folder.mkdir()
    file = folder / "store.db"
    file.touch()
    runner.migrate(site.store.engine, file, ALL, steps, lambda: None)


@cache
def _schema_1() -> tuple[str, ...]:
    """What made the tables and indexes of a store that the first release has left."""
    stored = dbapi2.connect(f"file:{_STORED}?mode=ro&immutable=1", uri=True)
    try:
        stored.execute(f"PRAGMA key = \"x'{_KEY}'\"")
        found = stored.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
        ).fetchall()
    finally:
        stored.close()
    return tuple(row[0] for row in found)


# --------------------------------------------------------------------- a server that says more than is known


def know_less(site: DeskSite) -> None:
    """Its program is older than the server: a table comes under a name that it does not know, and a column more."""
    site.line.translate = _as_of_later


def know_all(site: DeskSite) -> None:
    """A newer program is started."""
    site.kill(0)
    site.line.translate = None
    find_passed_over(site)


def find_passed_over(site: DeskSite) -> None:
    """Where an older program noted that it passed things over, that it was an older one is known, too."""
    with site.store.write() as connection:
        if recall(connection, "passed_over_under") is not None:
            remember(connection, "passed_over_under", versions.SCHEMA - 1)


def _as_of_later(path: str, reply: Reply) -> Reply:
    message = read(path, reply)
    if isinstance(message, PullReply):
        removed = [_removed(one) for one in message.removed]
        later = msgspec.structs.replace(message, tables=_tables(message.tables), removed=removed)
        return Reply(reply.status, encode(later), reply.headers)
    if isinstance(message, CompareReply):
        later_rows = msgspec.structs.replace(message, tables=_tables(message.tables))
        return Reply(reply.status, encode(later_rows), reply.headers)
    return reply


def _tables(tables: Mapping[str, TableRows]) -> dict[str, TableRows]:
    made = {_name(name): page for name, page in tables.items()}
    if _MORE in made:
        page = made[_MORE]
        rows = [("later", *row) for row in page.rows]
        made[_MORE] = TableRows(columns=["shade", *page.columns], rows=rows)
    return made


def _removed(removed: Removed) -> Removed:
    return msgspec.structs.replace(removed, rows={_name(name): ids for name, ids in removed.rows.items()})


def _name(table: str) -> str:
    return f"{table}_later" if table == _UNKNOWN else table
