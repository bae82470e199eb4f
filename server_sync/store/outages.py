"""Which errors of the database mean that it is away, full or held up by others, so that the same again may go well."""

import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError, TimeoutError

# PostgreSQL: connection, rollback after a deadlock, resources (disk, memory, connections), object in use, operator's
# intervention, system error. A row that is too large (54) will be so tomorrow.
_CLASSES = ("08", "40", "53", "55", "57", "58")
_SQLITE = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
)


def is_outage(error: SQLAlchemyError) -> bool:
    """Whether it is the database that failed, and not what was asked of it."""
    if isinstance(error, TimeoutError):  # no connection was free for as long as one may wait
        return True
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        code: int | None = getattr(error.orig, "sqlite_errorcode", None)
        return code is not None and code & 0xFF in _SQLITE
    state: str | None = getattr(error.orig, "sqlstate", None)
    if state is None:  # the line broke before the database could say anything
        return isinstance(error, OperationalError | InterfaceError)
    return state.startswith(_CLASSES)
