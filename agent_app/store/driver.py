"""The store's constant statements by the driver itself, inside the transaction that a connection has open, and what the
driver's errors are called; what the statements say stands with who needs them."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
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

_VALUES_AT_ONCE = 600
USUAL_CACHE = "PRAGMA cache_size = -16384"


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


def insert(connection: Connection, statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """Insert many rows of one length: `statement` goes up to its VALUES. Some dozens go in one statement, as each costs
    as much as a row of its own; as `execute`. Raises ValueError for rows of several lengths."""
    if not rows:
        return
    [length] = {*map(len, rows)}
    marks = f"({', '.join('?' * length)})"
    some = max(1, _VALUES_AT_ONCE // length)
    whole = len(rows) // some * some
    many = (tuple(chain.from_iterable(rows[at : at + some])) for at in range(0, whole, some))
    execute(connection, f"{statement} {', '.join([marks] * some)}", many)
    execute(connection, f"{statement} {marks}", rows[whole:])


def make_room(connection: Connection) -> None:
    """Keep a replica that is being put together in memory, until `give_up_room`: else every page is read and decrypted
    once more for its indexes."""
    fetch(connection, "PRAGMA cache_size = -98304")


def give_up_room(connection: Connection) -> None:
    """The connection needs no more memory than others."""
    fetch(connection, USUAL_CACHE)


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
