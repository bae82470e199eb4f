"""The server's database: its address, its transactions, its schema."""

from pathlib import Path

import pytest
from sqlalchemy import insert, inspect, select, text

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.store.database import Database, create_schema
from server_sync.store.tables import ALL, server_state
from server_sync.store.upgrade import epoch
from tests.server_sync.organisation import NOW, CountedIds


def test_the_schema_is_that_of_the_tables_and_made_once(empty_database_url: str) -> None:
    create_schema(empty_database_url)
    database = Database(empty_database_url)
    with database.read() as connection:
        found = set(inspect(connection).get_table_names())
        first = epoch(connection)
    assert found == {name for metadata in ALL for name in metadata.tables} | {"alembic_version"}
    database.migrate(CountedIds())
    with database.read() as connection:
        assert epoch(connection) == first
    database.close()


@pytest.mark.usefixtures("waiting_for_the_disk")
def test_a_commit_waits_for_the_disk(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.write(NOW) as tx:
        assert tx.connection.execute(text("PRAGMA synchronous")).scalar_one() == 2
        assert tx.connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
    database.close()


def test_an_empty_database_has_no_schema_version(empty_database_url: str) -> None:
    database = Database(empty_database_url)
    assert database.schema_version() is None
    database.migrate(CountedIds())
    assert database.schema_version() == "0001"
    database.close()


def test_v2_a_database_of_a_later_program_is_refused_unharmed(database_url: str) -> None:
    database = Database(database_url)
    with database.write(NOW) as tx:
        tx.connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(KnownError) as caught:
        database.migrate(CountedIds())
    assert caught.value.kind is ErrorKind.STORE_TOO_NEW
    assert caught.value.values == {"found": "9999", "known": "0001"}
    assert database.schema_version() == "9999"
    database.close()


def test_migrations_are_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    create_schema("server.db")
    assert [file.name for file in tmp_path.iterdir()] == ["server.db"]


@pytest.mark.parametrize(
    "url", ["mysql://localhost/x", "sqlite://", "sqlite:///:memory:", "://", "postgresql://h:port/x"]
)
def test_an_address_of_no_use_is_said_to_be_so(url: str) -> None:
    with pytest.raises(KnownError) as caught:
        Database(url)
    assert caught.value.kind is ErrorKind.FIELD_INVALID


def test_a_transaction_that_raises_leaves_nothing(database_url: str) -> None:
    database = Database(database_url)

    def mark_and_fail() -> None:
        with database.write(NOW) as tx:
            tx.connection.execute(insert(server_state).values(key="mark", value=1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        mark_and_fail()
    with database.read() as connection:
        assert connection.scalar(select(server_state.c.value).where(server_state.c.key == "mark")) is None
    database.close()


def test_a_reader_keeps_its_snapshot_while_others_write_and_writes_nothing(database_url: str) -> None:
    database = Database(database_url)
    mark = select(server_state.c.value).where(server_state.c.key == "mark")
    with database.read() as connection:
        assert connection.scalar(mark) is None
        with database.write(NOW) as tx:
            tx.connection.execute(insert(server_state).values(key="mark", value=1))
        assert connection.scalar(mark) is None
    with database.read() as connection:
        assert connection.scalar(mark) == 1
    with pytest.raises(Exception, match=r"read.?only"), database.read() as connection:
        connection.execute(insert(server_state).values(key="other", value=1))
    database.close()
