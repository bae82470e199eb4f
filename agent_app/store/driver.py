"""The store's constant statements by the driver itself, inside the transaction that a connection has open, and what the
driver's errors are called; what the statements say stands with who needs them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from server_sync.domain.errors import ErrorKind, KnownError

_KINDS = {
    dbapi2.SQLITE_CORRUPT: ErrorKind.STORE_DAMAGED,
    dbapi2.SQLITE_NOTADB: ErrorKind.STORE_DAMAGED,
    dbapi2.SQLITE_FULL: ErrorKind.DISK_FULL,
    dbapi2.SQLITE_IOERR: ErrorKind.STORE_UNREADABLE,
    dbapi2.SQLITE_CANTOPEN: ErrorKind.STORE_UNREADABLE,
    dbapi2.SQLITE_READONLY: ErrorKind.STORE_UNREADABLE,
    dbapi2.SQLITE_PERM: ErrorKind.STORE_UNREADABLE,
}


def kind_of(error: BaseException) -> ErrorKind | None:
    """What an error of file or disk is called, by SQLite's primary result code; None for any other."""
    return _KINDS.get(int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF)


def fetch(connection: Connection, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows that a statement of constant text gives, in the transaction that the connection has open.

    A small statement takes SQLite 5 µs and SQLAlchemy 40 more, and a round with the server has dozens. Errors are the
    same either way: KnownError for file and disk, else SQLAlchemy's, without any value of a row.
    """
    found: list[tuple[Any, ...]] = _told(
        _opened(connection), statement, lambda raw: raw.execute(statement, values).fetchall()
    )
    return found


def execute(connection: Connection, statement: str, rows: Iterable[Sequence[Any]] = ((),)) -> int:
    """Insert, update or delete by a statement of constant text, once with each of `rows`; as `fetch`. Returns how many
    rows of the table it concerned."""
    concerned: int = _told(
        _opened(connection), statement, lambda raw: raw.executemany(statement, rows).rowcount
    )
    return concerned


def begin(connection: Connection, statement: str) -> None:
    """Begin by this statement the transaction that SQLAlchemy is about to open."""
    _told(connection, statement, lambda raw: raw.execute(statement))


def _opened(connection: Connection) -> Connection:
    # SQLAlchemy begins a transaction by what runs through itself alone: without one each change would be final.
    if not connection.in_transaction():
        raise ValueError("a statement belongs to a transaction")
    return connection


def _told(connection: Connection, statement: str, run: Callable[[Any], Any]) -> Any:
    """What running on the driver's connection gives; the driver has no types."""
    try:
        return run(connection.connection.dbapi_connection)
    except connection.dialect.loaded_dbapi.Error as error:
        kind = kind_of(error)
        if kind is not None:
            raise KnownError(kind) from error
        errors = connection.dialect.loaded_dbapi.Error
        raise DBAPIError.instance(statement, None, error, errors, hide_parameters=True) from error
