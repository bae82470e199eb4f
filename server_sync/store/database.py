"""The server's database, SQLite or PostgreSQL: connections and transactions; no table is named here."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from server_sync.domain.clock import SystemClock
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import Ids, SystemIds
from server_sync.store import feed, notices, scratch, upgrade
from server_sync.store.notices import KEPT_ALIVE, Notices
from server_sync.store.statement import run_text
from server_sync.store.transaction import Transaction

_NOTHING: dict[None, None] = {}
# For a value of a type without an adapter the driver looks for one in three places, each time it binds one.
sqlite3.register_adapter(bytes, bytes)
sqlite3.register_adapter(type(None), _NOTHING.get)

Listener = Callable[[frozenset[str]], None]

_POOL, _OVERFLOW = 10, 10
MOST_CONNECTIONS = _POOL + _OVERFLOW + 1
"""So many connections to PostgreSQL a process opens: for reading and writing, and one that listens."""

_BUSY_MS = 30_000
_PATIENCE_SECONDS = 60.0
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    # FULL: what was acknowledged survives a power cut.
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {_BUSY_MS}",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -16384",
)


class Database:
    """An open database; any thread may use it.

    On SQLite one thread writes and one reads at a time, whoever comes next waits: several readers share one
    interpreter and only slow each other down. On PostgreSQL as many as the pool has.
    """

    def __init__(self, url: str, ids: Ids | None = None) -> None:
        """`url`: "sqlite:///path", "postgresql://…", or the path of a SQLite file. Raises KnownError(FIELD_INVALID)."""
        self._ids = ids or SystemIds(SystemClock())
        self.url = _parsed(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self._writer, self._reader = _sqlite(self.url, writes=True), _sqlite(self.url, writes=False)
            self._aside = _sqlite(self.url, writes=False)
        else:
            self._writer = self._reader = self._aside = _postgresql(self.url)
        scratch.provide(self._writer)
        self._listeners: list[Listener] = []
        self._origin = self._ids.new().hex()
        self._notices: list[Notices] = []
        self._lock = threading.Lock()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One snapshot for as long as the block runs; nothing can be written in it."""
        with self._reading(self._reader) as connection:
            yield connection

    @contextmanager
    def read_aside(self) -> Iterator[tuple[Connection, Callable[[], None]]]:
        """The same for what may take long: beside the one reader that everybody waits for on SQLite. With what makes a
        statement that is at work end at once, from any thread: the block then raises DBAPIError."""
        with self._reading(self._aside) as connection:
            raw: Any = connection.connection.dbapi_connection
            yield connection, raw.interrupt if self.is_sqlite else raw.cancel

    @contextmanager
    def _reading(self, engine: Engine) -> Iterator[Connection]:
        with engine.connect() as connection:
            if not self.is_sqlite:
                connection = connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            with connection.begin():
                yield connection

    @contextmanager
    def write(self, now: int) -> Iterator[Transaction]:
        """One transaction, on the disk when the block has ended, undone when it raises.

        At its end it publishes the rows that `changes.write` wrote: memberships, feed entries and, last, the seqs
        (SYNC S5). Then the listeners hear which partitions moved.
        """
        with self._writer.connect() as connection, connection.begin():
            transaction = Transaction(connection, now)
            yield transaction
            # A partition that moved though no row of it did is of no news to anybody.
            moved = feed.publish(transaction, self._ids) - transaction.bumped
            if moved and not self.is_sqlite:
                notices.send(connection, self._origin, moved)
        if moved:
            with self._lock:
                listeners = list(self._listeners)
            for listener in listeners:
                listener(moved)

    def listen(self, listener: Listener, missed: Callable[[], None] | None = None) -> None:
        """After every commit, on its thread, call `listener` with the names of the partitions that moved.

        With `missed` also after those of other processes, on PostgreSQL (SYNC L3); it is called whenever some of them
        may have gone unheard. On SQLite one process serves, and what the command line writes beside it is found by the
        desks' next poll.
        """
        with self._lock:
            self._listeners.append(listener)
        if missed is not None and not self.is_sqlite:
            self._notices.append(
                Notices(partial(_postgresql_aside, self._writer), self._origin, listener, missed)
            )

    def migrate(self, ids: Ids) -> None:
        """Bring the schema up to date, in one transaction. Raises KnownError(STORE_TOO_NEW, found, known) untouched."""
        with self._writer.connect() as connection, connection.begin():
            upgrade.to_newest(connection, ids)

    def schema_version(self) -> str | None:
        """The schema's revision, None for an empty database."""
        with self.read() as connection:
            return upgrade.current(connection)

    def close(self) -> None:
        """Close every connection; the database must not be used any more."""
        for notice in self._notices:
            notice.stop()
        self._reader.dispose()
        self._aside.dispose()
        self._writer.dispose()


def _postgresql_aside(engine: Engine) -> Any:
    """A connection of psycopg's own beside the pool."""
    import psycopg  # a tenth of a second, and not needed on SQLite

    _, arguments = engine.dialect.create_connect_args(engine.url)
    return psycopg.connect(**arguments, **KEPT_ALIVE, autocommit=True, application_name="huifang notices")


def create_schema(url: str) -> None:
    """Bring a database, empty or older, to the newest schema, and leave no connection open."""
    database = Database(url)
    try:
        database.migrate(SystemIds(SystemClock()))
    finally:
        database.close()


def _parsed(text: str) -> URL:
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).absolute()))
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise KnownError(ErrorKind.FIELD_INVALID, field="database") from error
    backend = url.get_backend_name()
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite" or url.database in (None, "", ":memory:"):
        raise KnownError(ErrorKind.FIELD_INVALID, field="database")
    return url


def _sqlite(url: URL, *, writes: bool) -> Engine:
    engine = create_engine(
        url,
        # One connection, waited for: the one writer, the one reader.
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=_PATIENCE_SECONDS,
        connect_args={"check_same_thread": False},
        # The values of rows are personal data and must not get into messages and logs.
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        raw: Any = connection
        raw.isolation_level = None  # the driver begins nothing by itself
        for pragma in _PRAGMAS:
            raw.execute(pragma)
        raw.execute(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        run_text(connection, "BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(url: URL) -> Engine:
    return create_engine(
        url,
        pool_size=_POOL,
        max_overflow=_OVERFLOW,
        pool_timeout=_PATIENCE_SECONDS,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"application_name": "huifang"},
    )
