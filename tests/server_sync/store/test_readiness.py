"""A database that cannot be worked with is told apart: not there, of a later program; and asking changes nothing."""

from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.store import migrations, readiness, upgrade
from server_sync.store.database import Database


def kind_of(url: str) -> ErrorKind | None:
    database = Database(url)
    try:
        readiness.require(database)
    except KnownError as error:
        return error.kind
    finally:
        database.close()
    return None


def set_revision(url: str, revision: str) -> None:
    database = Database(url)
    with database.write(0) as tx:
        tx.connection.execute(text("UPDATE alembic_version SET version_num = :found"), {"found": revision})
    database.close()


def test_the_newest_revision_is_the_head_of_the_scripts() -> None:
    assert ScriptDirectory(migrations.__path__[0]).get_current_head() == upgrade.NEWEST


def test_a_database_with_the_newest_schema_is_ready(database_url: str) -> None:
    assert kind_of(database_url) is None


def test_an_empty_database_is_missing(empty_postgresql_url: str) -> None:
    assert kind_of(empty_postgresql_url) is ErrorKind.DATABASE_MISSING


def test_a_file_that_is_not_there_is_missing_and_stays_so(tmp_path: Path) -> None:
    assert kind_of(str(tmp_path / "none.db")) is ErrorKind.DATABASE_MISSING
    assert list(tmp_path.iterdir()) == []


def test_a_later_schema_is_refused(database_url: str) -> None:
    set_revision(database_url, "9999")
    assert kind_of(database_url) is ErrorKind.STORE_TOO_NEW


def test_an_earlier_schema_asks_for_the_upgrade(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upgrade, "NEWEST", "0002")
    assert kind_of(database_url) is ErrorKind.DATABASE_OLD


def test_an_address_is_shown_without_its_password() -> None:
    database = Database("postgresql://someone:secret@127.0.0.1:1/none")
    assert readiness.shown(database) == "postgresql://someone:***@127.0.0.1:1/none"


def test_postgresql_allows_the_least_of_what_is_set(postgresql_url: str, sqlite_url: str) -> None:
    assert allowed(sqlite_url) is None
    by_server = allowed(postgresql_url)
    assert by_server is not None
    assert by_server > 30
    with closing(Database(postgresql_url)) as database, database.write(0) as tx:
        tx.connection.exec_driver_sql(f'ALTER DATABASE "{database.url.database}" CONNECTION LIMIT 30')
    assert allowed(postgresql_url) == 30


def allowed(url: str) -> int | None:
    with closing(Database(url)) as database:
        return readiness.connections_allowed(database)
