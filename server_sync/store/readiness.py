"""Whether a database can be worked with: there, reachable, of this program's schema; asking changes nothing."""

from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.store import migrations
from server_sync.store.database import Database


def require(database: Database) -> None:
    """Raises KnownError DATABASE_MISSING, DATABASE_UNREACHABLE, DATABASE_OLD or STORE_TOO_NEW {found, known}; each with
    `database`, its address without a password."""
    name = shown(database)
    found = _revision(database, name)
    if found is None:
        raise KnownError(ErrorKind.DATABASE_MISSING, database=name)
    scripts = ScriptDirectory(str(Path(migrations.__path__[0])))
    known = [script.revision for script in scripts.walk_revisions()]
    if found not in known:
        raise KnownError(ErrorKind.STORE_TOO_NEW, database=name, found=found, known=known[0])
    if found != known[0]:
        raise KnownError(ErrorKind.DATABASE_OLD, database=name, found=found, known=known[0])


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
