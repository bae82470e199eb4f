"""Both ends' databases in the memory of this process: real SQLite and the real tables, filled from templates and kept
as images within a millisecond; what stands in them is others' part."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event, make_url
from sqlalchemy.pool import StaticPool

from agent_app.store import driver
from agent_app.store.database import Store
from agent_app.store.migrations import STEPS
from agent_app.store.tables import ALL
from server_sync.domain.ids import Ids
from server_sync.store import scratch
from server_sync.store.database import Database

# A page that was deleted from keeps nothing of it, as in the real store; SQLite forgets this with every image.
_DESK_PRAGMAS = ("PRAGMA secure_delete = ON", "PRAGMA foreign_keys = ON")


class Memory:
    """One database in memory, with the one connection that reads and writes it."""

    def __init__(self, pragmas: Sequence[str] = ()) -> None:
        self.raw = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._pragmas = pragmas
        self._prepare()
        self.engine = create_engine(
            "sqlite+pysqlite://", creator=lambda: self.raw, poolclass=StaticPool, query_cache_size=2_000
        )
        event.listen(self.engine, "begin", _begin)

    def image(self) -> bytes:
        """All that the database holds."""
        return self.raw.serialize()

    def fill(self, image: bytes) -> None:
        """Let the database hold what the image does, and nothing else."""
        # Not deserialised here: SQLite's own tables (json_each) would hold on to the schema that was there before.
        with closing(sqlite3.connect(":memory:")) as source:
            source.deserialize(image)
            source.backup(self.raw)
        self._prepare()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """What the database says, without the layers above it."""
        return self.raw.execute(sql, values).fetchall()

    def _prepare(self) -> None:
        for pragma in self._pragmas:
            self.raw.execute(pragma)


def _begin(connection: Connection) -> None:
    driver.begin(connection, "BEGIN")


class ServerMemory(Database):
    """The server's database in memory. As one thread works here, reader and writer are one connection."""

    def __init__(self, ids: Ids) -> None:
        super().__init__("sqlite:///unused", ids)
        self.close()
        self.memory = Memory()
        self.url = make_url("sqlite://")
        self._writer = self._reader = self.memory.engine
        scratch.provide(self._writer)

    def begin_anew(self, image: bytes, ids: Ids) -> None:
        """Another schedule, another history."""
        self.memory.fill(image)
        self._listeners.clear()
        self._ids = ids


class DeskMemory:
    """The store of one desk in memory."""

    def __init__(self) -> None:
        self.memory = Memory(_DESK_PRAGMAS)
        self.store = Store(self.memory.engine, Path("store.db"))


@cache
def empty_desk() -> bytes:
    """A desk's store as the newest program creates it."""
    memory = Memory()
    with memory.engine.begin() as connection:
        for tables in ALL:
            tables.create_all(connection)
        connection.exec_driver_sql(f"PRAGMA user_version = {len(STEPS) + 1}")
    return memory.image()
