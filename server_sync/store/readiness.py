"""Whether a database can be worked with: there, reachable, of this program's schema; asking changes nothing."""

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.store import upgrade
from server_sync.store.database import Database


def require(database: Database) -> None:
    """Raises KnownError DATABASE_MISSING, DATABASE_UNREACHABLE, DATABASE_OLD or STORE_TOO_NEW {found, known}; each with
    `database`, its address without a password."""
    name = shown(database)
    found = _revision(database, name)
    if found is None:
        raise KnownError(ErrorKind.DATABASE_MISSING, database=name)
    if found != upgrade.NEWEST:
        kind = ErrorKind.STORE_TOO_NEW if upgrade.is_later(found) else ErrorKind.DATABASE_OLD
        raise KnownError(kind, database=name, found=found, known=upgrade.NEWEST)


def connections_allowed(database: Database) -> int | None:
    """How many connections PostgreSQL lets this user open to this database at once; None for a SQLite file."""
    if database.is_sqlite:
        return None
    with database.read() as connection:
        return int(connection.execute(_ALLOWED).scalar_one())


_ALLOWED = text("""
    SELECT least(
        current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
            - coalesce(current_setting('reserved_connections', true)::int, 0),
        nullif(rolconnlimit, -1),
        nullif(datconnlimit, -1)
    )
    FROM pg_roles, pg_database
    WHERE rolname = current_user AND datname = current_database()
""")


def shown(database: Database) -> str:
    """A database's address as it may be shown: a file's path, or a URL without its password."""
    if database.is_sqlite:
        return str(database.url.database)
    return database.url.set(drivername="postgresql").render_as_string(hide_password=True)


def _revision(database: Database, name: str) -> str | None:
    """The schema's revision; to ask must not make an empty file."""
    if database.is_sqlite and not Path(str(database.url.database)).exists():
        return None
    try:
        return database.schema_version()
    except DBAPIError as error:
        raise KnownError(ErrorKind.DATABASE_UNREACHABLE, database=name) from error
