"""Schema revisions: where a database stands, and the way to the newest by the scripts in `migrations`.

Alembic is imported where a database is changed: it costs 0.25 s, and a server on a ready one needs none of it.
"""

from pathlib import Path

from sqlalchemy import Connection, column, insert, inspect, select, table, text

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import Ids
from server_sync.domain.model.columns import load_json
from server_sync.store.partitions import Scope
from server_sync.store.statement import Statement
from server_sync.store.tables import partition, server_state

NEWEST = "0001"
"""The revision that this program works with: the head of the scripts."""

_SCRIPTS = Path(__file__).parent / "migrations"
_VERSION = table("alembic_version", column("version_num"))  # as Alembic keeps it
_ADVISORY_LOCK = 0x6875_6966  # any number that nobody else takes


def current(connection: Connection) -> str | None:
    """The revision of the schema, None for an empty database."""
    if not inspect(connection).has_table(_VERSION.name):
        return None
    found: str | None = connection.scalar(select(_VERSION.c.version_num))
    return found


def to_newest(connection: Connection, ids: Ids) -> None:
    """Run what is missing in the open transaction, and write the first rows of a new database.

    Raises KnownError(STORE_TOO_NEW, found, known) when the schema is of a later program.
    """
    from alembic import command
    from alembic.config import Config

    if connection.dialect.name == "postgresql":  # several processes may start at once
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    found = current(connection)
    if found is not None and is_later(found):
        raise KnownError(ErrorKind.STORE_TOO_NEW, found=found, known=NEWEST)
    config = Config()
    # A folder beside this file, not a working directory: the same in a checkout, a wheel and a frozen bundle.
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if found is None:
        connection.execute(insert(partition).values(name=Scope.REF, scope=Scope.REF))
        # Names this copy of the data: a desk that knows another starts again.
        connection.execute(insert(server_state).values(key="epoch", value=ids.new().hex()))


_EPOCH = Statement(select(server_state.c.value).where(server_state.c.key == "epoch"))


def epoch(connection: Connection) -> bytes:
    """The name of this copy of the data, 16 bytes."""
    [value] = _EPOCH.rows(connection)[0]
    return bytes.fromhex(load_json(value))


def is_later(revision: str) -> bool:
    """Whether a revision is none of this program's scripts'."""
    from alembic.script import ScriptDirectory

    return revision not in {script.revision for script in ScriptDirectory(str(_SCRIPTS)).walk_revisions()}
