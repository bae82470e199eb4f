"""Facts of the desk: what is recalled is what stands in the store at that moment."""

from pathlib import Path

import pytest

from agent_app.store.database import Store, open_store
from agent_app.store.desk_state import recall, remember
from agent_app.store.tables import ALL


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path, bytes(range(32)), ALL)


def fact(store: Store) -> object:
    with store.read() as connection:
        return recall(connection, "fact", "none")


def test_what_is_remembered_is_recalled_in_the_same_transaction_and_in_later_ones(store: Store) -> None:
    with store.write() as connection:
        assert recall(connection, "fact") is None
        remember(connection, "fact", ["一", 2])
        assert recall(connection, "fact") == ["一", 2]
        remember(connection, "fact", {"a": False})
        assert recall(connection, "fact") == {"a": False}
    assert fact(store) == {"a": False}


def test_what_was_undone_is_not_recalled(store: Store) -> None:
    with store.engine.connect() as connection:
        with connection.begin() as transaction:
            remember(connection, "fact", 1)
            transaction.rollback()
        with connection.begin():
            assert recall(connection, "fact", "none") == "none"
    assert fact(store) == "none"


def test_a_reader_recalls_what_its_snapshot_has(store: Store) -> None:
    with store.read() as reader:
        assert recall(reader, "fact", "none") == "none"
        with store.write() as writer:
            remember(writer, "fact", 1)
        assert recall(reader, "fact", "none") == "none"
    assert fact(store) == 1


def test_without_a_transaction_there_are_no_facts(store: Store) -> None:
    with store.engine.connect() as connection, pytest.raises(ValueError, match="transaction"):
        recall(connection, "fact")
