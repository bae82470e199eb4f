"""Schema revisions: where a database stands, and the way to the newest by the scripts in `migrations`."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, insert, select, text

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import Ids
from server_sync.store.partitions import Scope
from server_sync.store.tables import partition, server_state

_ADVISORY_LOCK = 0x6875_6966  # any number that nobody else takes


def current(connection: Connection) -> str | None:
    """The revision of the schema, None for an empty database."""
    return MigrationContext.configure(connection).get_current_revision()


def to_newest(connection: Connection, ids: Ids) -> None:
    """Run what is missing in the open transaction, and write the first rows of a new database.

    Raises KnownError(STORE_TOO_NEW, found, known) when the schema is of a later program.
    """
    if connection.dialect.name == "postgresql":  # several processes may start at once
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    config = Config()
    # A folder beside this file, not a working directory: the same in a checkout, a wheel and a frozen bundle.
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    found, newest = current(connection), scripts.get_current_head()
    if found is not None and not _knows(scripts, found):
        raise KnownError(ErrorKind.STORE_TOO_NEW, found=found, known=newest)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if found is None:
        connection.execute(insert(partition).values(name=Scope.REF, scope=Scope.REF))
        # Names this copy of the data: a desk that knows another starts again.
        connection.execute(insert(server_state).values(key="epoch", value=ids.new().hex()))


def epoch(connection: Connection) -> bytes:
    """The name of this copy of the data, 16 bytes."""
    value: str = connection.execute(
        select(server_state.c.value).where(server_state.c.key == "epoch")
    ).scalar_one()
    return bytes.fromhex(value)


def _knows(scripts: ScriptDirectory, revision: str) -> bool:
    try:
        return scripts.get_revision(revision) is not None
    except CommandError:
        return False
