"""The encrypted database of one profile: opening it safely, its transactions and checks; it names no table.

Three troubles are told apart and never lead to an offer to erase: a wrong key, a damaged file, a missing key.
Opening writes nothing before it is known that the key, the file and the schema number are right.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from agent_app.store import cipher, driver
from agent_app.store.driver import kind_of
from agent_app.store.key_check import KEY_CHECK_FILE, is_other_key, write_key_check
from agent_app.store.migrations import STEPS, Step
from agent_app.store.migrations.runner import migrate
from server_sync.domain.errors import ErrorKind, KnownError

# For a value of a type without an adapter the driver looks for one in three places, each time it binds one: that took
# two thirds of a bulk insert.
dbapi2.register_adapter(bytes, bytes)
dbapi2.register_adapter(type(None), {}.get)

STORE_FILE = "store.db"
KEY_BYTES = 32
LONG_LOG = 4 << 20
"""Bytes."""
_WRITES = "huifang_writes"
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA fullfsync = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    driver.USUAL_CACHE,
)
# FULL: what was seen as saved survives a power cut; docs/decisions has the measurement.
_LASTING = ("PRAGMA synchronous = FULL", "PRAGMA wal_autocheckpoint = 1000")
# What comes again leaves the log to `shorten_log`.
_REPEATABLE = ("PRAGMA synchronous = NORMAL", "PRAGMA wal_autocheckpoint = 16000")


class Store:
    """An open store. Any thread may use it; one transaction at a time writes, readers see the last commit.

    Every failure of file or disk is a KnownError: STORE_DAMAGED, STORE_UNREADABLE or DISK_FULL.
    """

    def __init__(self, engine: Engine, file: Path) -> None:
        self.engine = engine
        self.file = file

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One snapshot of the store for as long as the block runs."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction, on the disk when the block has ended, undone when it raises."""
        with self.engine.connect() as connection:
            connection = connection.execution_options(**{_WRITES: True})
            with connection.begin():
                yield connection

    @contextmanager
    def write_repeatable(self) -> Iterator[Connection]:
        """As `write`, for what would be given once more: nobody waits for the disk. A power cut may take the newest of
        these back, in order, but none that a later `write` came after."""
        with self.engine.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            _set(raw, _REPEATABLE)
            try:
                connection = connection.execution_options(**{_WRITES: True})
                with connection.begin():
                    yield connection
            finally:
                _set(raw, _LASTING)

    @contextmanager
    def write_beside(self, file: Path, key: str, name: str) -> Iterator[Connection]:
        """As `write_repeatable`, with another encrypted database to be read as `name`. Its pages have no sums of their
        own: the caller has compared the file's. `key`: its raw key as hex.

        Raises KnownError(FILE_DAMAGED) when the file is not there, is none, or has another key.
        """
        with self.engine.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            try:
                cipher.attach(raw, file, key, name)
                raw.execute(f"SELECT count(*) FROM {name}.sqlite_master").fetchone()
            except dbapi2.Error as error:
                connection.invalidate()
                raise KnownError(ErrorKind.FILE_DAMAGED) from error
            _set(raw, _REPEATABLE)
            try:
                writing = connection.execution_options(**{_WRITES: True})
                with writing.begin():
                    yield writing
            except BaseException:
                connection.invalidate()
                raise
            _set(raw, _LASTING)
            raw.execute(f"DETACH {name}")

    def verify(self) -> None:
        """Read and check every page (0.5 s for 75 MB). Raises KnownError(STORE_DAMAGED), repairs nothing."""
        with self.read() as connection:
            faults = connection.exec_driver_sql("PRAGMA cipher_integrity_check").all()
            if not faults:
                faults = connection.exec_driver_sql("PRAGMA quick_check(5)").all()
                faults = [row for row in faults if row[0] != "ok"]
        if faults:
            raise KnownError(ErrorKind.STORE_DAMAGED)

    def shorten_log(self) -> None:
        """Move what it can of a long log into the file while others read and write; the next one that saves would have
        to wait for it. KnownError as `settle`."""
        log = self.file.with_name(f"{self.file.name}-wal")
        if log.exists() and log.stat().st_size > LONG_LOG:
            _checkpoint(self.engine, "PASSIVE")

    def settle(self) -> None:
        """Move everything into the one file and empty the log beside it, where deleted rows live on. On a KnownError
        both stay as they are, and the next one moves it all."""
        _checkpoint(self.engine, "TRUNCATE")

    def close(self) -> None:
        """Close every connection; the store must not be used any more."""
        self.engine.dispose()


def open_store(
    profile_dir: Path, key: bytes | None, metadata: Sequence[MetaData], steps: Sequence[Step] = STEPS
) -> Store:
    """Open the store of a profile or create it with all tables of `metadata`; bring an older one up to date.

    `key` is 32 raw bytes, None when no key was found. Raises KnownError, with the file untouched:
    STORE_KEY_MISSING, STORE_KEY_WRONG, STORE_DAMAGED, STORE_TOO_NEW(found, known), STORE_UNREADABLE,
    DISK_FULL.
    """
    file = profile_dir / STORE_FILE
    if key is None:
        raise KnownError(ErrorKind.STORE_KEY_MISSING)
    if len(key) != KEY_BYTES:
        raise ValueError("a store key has 32 bytes")
    known = len(steps) + 1
    profile_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    form = cipher.NEW
    if _has_content(file):
        form = cipher.form_of(file, key)
        _refuse_unfit(profile_dir, file, key, form, known)
    elif has_store(profile_dir):
        raise KnownError(ErrorKind.STORE_DAMAGED)
    # From here on only an existing file is opened: one that was wiped never comes back by a late read.
    file.touch(mode=0o600)
    engine = _engine(file, key, form)
    try:
        migrate(engine, file, metadata, steps, lambda: _checkpoint(engine, "TRUNCATE"))
        write_key_check(profile_dir, key)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, file)


def has_store(profile_dir: Path) -> bool:
    """Whether this profile ever had a complete store, even if its file is gone or empty now."""
    return (profile_dir / KEY_CHECK_FILE).exists() or _has_content(profile_dir / STORE_FILE)


def _has_content(file: Path) -> bool:
    return file.exists() and file.stat().st_size > 0


def _refuse_unfit(profile_dir: Path, file: Path, key: bytes, form: cipher.Form, known: int) -> None:
    """Look without a single write: is the key right, the first page sound, the schema not too new?"""
    try:
        connection = cipher.connect(file, key, form, "ro")
    except dbapi2.Error as error:
        raise KnownError(kind_of(error) or ErrorKind.STORE_UNREADABLE) from None
    try:
        found: int = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.Error as error:
        kind = kind_of(error)
        if kind is None:
            raise
        if kind is ErrorKind.STORE_DAMAGED and is_other_key(profile_dir, key):
            kind = ErrorKind.STORE_KEY_WRONG
        raise KnownError(kind) from None
    finally:
        connection.close()
    if found > known:
        raise KnownError(ErrorKind.STORE_TOO_NEW, found=found, known=known)


def _engine(file: Path, key: bytes, form: cipher.Form) -> Engine:
    def connect() -> Any:
        connection = cipher.connect(file, key, form, "rw")
        _set(connection, (*_PRAGMAS, *_LASTING))
        return connection

    # hide_parameters: the values of rows are personal data and must not get into messages and logs.
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=connect,
        module=dbapi2,
        poolclass=QueuePool,
        pool_size=4,
        # Who has just written knows every page; the others would have to read them again.
        pool_use_lifo=True,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _to_known_error)
    return engine


def _set(raw: Any, settings: Sequence[str]) -> None:
    """Settings of a connection; SQLite takes some only between two transactions."""
    for setting in settings:
        raw.execute(setting)


def _begin(connection: Connection) -> None:
    # IMMEDIATE takes the write lock at once: a reader that turns writer later could only fail.
    writes = connection.get_execution_options().get(_WRITES, False)
    driver.begin(connection, "BEGIN IMMEDIATE" if writes else "BEGIN")


def _to_known_error(context: ExceptionContext) -> KnownError | None:
    kind = kind_of(context.original_exception)
    return None if kind is None else KnownError(kind)


def _checkpoint(engine: Engine, how: str) -> None:
    raw = engine.raw_connection()
    try:
        raw.cursor().execute(f"PRAGMA wal_checkpoint({how})")
    except dbapi2.Error as error:
        kind = kind_of(error)
        if kind is None:
            raise
        raise KnownError(kind) from None
    finally:
        raw.close()
