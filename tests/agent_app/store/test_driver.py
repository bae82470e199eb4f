"""Statements that go to the driver: in the transaction that is open, with the errors that everything else has."""

from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text
from sqlalchemy.exc import IntegrityError, OperationalError

from agent_app.store.database import Store, open_store
from agent_app.store.driver import execute, fetch, insert
from server_sync.domain.errors import ErrorKind, KnownError

METADATA = MetaData()
Table("word", METADATA, Column("id", Integer, primary_key=True), Column("text", Text, unique=True))
PUT = "INSERT INTO word (text) VALUES (?)"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path, bytes(range(32)), [METADATA])


def words(store: Store) -> list[tuple[str]]:
    with store.read() as connection:
        return fetch(connection, "SELECT text FROM word ORDER BY id")


def test_all_rows_of_a_statement_are_done_and_counted(store: Store) -> None:
    with store.write() as connection:
        assert execute(connection, PUT, [("a",), ("b",), ("c",)]) == 3
        assert execute(connection, PUT, []) == 0
        assert execute(connection, "DELETE FROM word WHERE text > ?", [("a",)]) == 2
        assert execute(connection, "UPDATE word SET text = text || text") == 1
    assert words(store) == [("aa",)]


def test_what_is_done_belongs_to_the_transaction_that_is_open(store: Store) -> None:
    with store.engine.connect() as connection, connection.begin() as transaction:
        execute(connection, PUT, [("a",)])
        assert fetch(connection, "SELECT text FROM word") == [("a",)]
        transaction.rollback()
    assert words(store) == []


def test_without_a_transaction_nothing_is_done(store: Store) -> None:
    with store.engine.connect() as connection:
        with pytest.raises(ValueError, match="transaction"):
            execute(connection, PUT, [("a",)])
        with pytest.raises(ValueError, match="transaction"):
            fetch(connection, "SELECT 1")
    assert words(store) == []


def test_errors_are_those_of_every_other_statement_without_values(store: Store) -> None:
    with pytest.raises(IntegrityError) as caught, store.write() as connection:
        execute(connection, PUT, [("13800000001",), ("13800000001",)])
    assert "13800000001" not in str(caught.value)
    with pytest.raises(OperationalError), store.read() as connection:
        fetch(connection, "SELECT text FROM no_such_table")
    assert words(store) == []


def test_a_failing_file_has_the_name_that_it_has_everywhere(store: Store) -> None:
    with store.write() as connection:
        execute(connection, PUT, [(str(number) * 500,) for number in range(2_000)])
    store.settle()
    store.close()
    content = bytearray(store.file.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096 + 100] ^= 1
    store.file.write_bytes(content)
    with pytest.raises(KnownError) as caught:
        words(store)
    assert caught.value.kind is ErrorKind.STORE_DAMAGED


@pytest.mark.parametrize("number", [0, 1, 299, 300, 301, 1_000])
def test_of_many_rows_every_one_goes_in_once(store: Store, number: int) -> None:
    rows = [(one, f"w{one}") for one in range(number)]
    with store.write() as connection:
        insert(connection, "INSERT INTO word VALUES", rows)
        assert fetch(connection, "SELECT * FROM word ORDER BY id") == rows


def test_rows_of_several_lengths_never_slip_into_one_another(store: Store) -> None:
    with store.write() as connection:
        with pytest.raises(ValueError, match="unpack"):
            insert(connection, "INSERT INTO word VALUES", [(1, "a"), (2, "b", 3), (4,)])
        assert fetch(connection, "SELECT * FROM word") == []


def test_of_many_rows_a_refused_one_is_told_without_its_values(store: Store) -> None:
    rows = [(1, "王敏"), (1, "李伟")]
    with pytest.raises(IntegrityError) as caught, store.write() as connection:
        insert(connection, "INSERT INTO word VALUES", rows)
    assert not [text for _, text in rows if text in str(caught.value)]
