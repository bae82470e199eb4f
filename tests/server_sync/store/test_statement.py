"""Statements run by the driver itself: the same on both databases, errors as SQLAlchemy's."""

from enum import StrEnum
from typing import Any

import pytest
from sqlalchemy import Boolean, Connection, Table, bindparam, insert, literal, select
from sqlalchemy.exc import IntegrityError

from server_sync.domain.clock import SystemClock
from server_sync.domain.commands import Insert, Update
from server_sync.domain.ids import Ids, SystemIds
from server_sync.domain.model import setting
from server_sync.domain.model.columns import load_json
from server_sync.store import changes, scratch
from server_sync.store.database import Database
from server_sync.store.statement import Statement, any_of, numbered, padded
from server_sync.store.tables import partition


class Kind(StrEnum):
    REF = "ref"


@pytest.fixture
def ids() -> Ids:
    return SystemIds(SystemClock())


@pytest.fixture
def database(database_url: str, ids: Ids) -> Any:
    opened = Database(database_url, ids)
    yield opened
    opened.close()


def test_values_go_in_as_their_columns_keep_them(database: Database, ids: Ids) -> None:
    put = Statement(
        insert(setting).values(
            id=bindparam("id"), rev=1, key=literal("k"), value=bindparam("value", type_=setting.c.value.type)
        )
    )
    row_id = ids.new()
    with database.write(1) as tx:
        assert put.run(tx.connection, {"id": row_id, "value": {"b": [1], "a": "值"}}) == 1
        [[text]] = Statement(select(setting.c.value).where(setting.c.id == row_id)).rows(tx.connection)
    assert load_json(text) == {"a": "值", "b": [1]}


def test_constants_and_truth_are_the_drivers_own(database: Database) -> None:
    found = Statement(
        select(partition.c.name, literal(True, Boolean)).where(
            partition.c.scope == Kind.REF, bindparam("wanted", type_=Boolean)
        )
    )
    with database.read() as connection:
        assert [(name, bool(true)) for name, true in found.rows(connection, {"wanted": True})] == [
            ("ref", True)
        ]
        assert found.first(connection, {"wanted": False}) is None


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
def test_any_number_of_values_may_be_asked_for(database: Database, count: int) -> None:
    names = padded(["ref", "b", "c", "d", "e"][:count])
    with database.read() as connection:
        found = Statement(select(partition.c.name).where(any_of(partition.c.name, len(names))))
        assert found.rows(connection, numbered(names)) == ([("ref",)] if count else [])


def test_few_statements_are_made_for_any_number_of_values() -> None:
    assert {len(padded(range(count))) for count in range(1, 501)} == {1 << power for power in range(10)}
    assert list(padded([1, 2, 3])) == [1, 2, 3, 3]


def test_what_the_database_refuses_is_an_error_of_sqlalchemy_and_undoes_the_transaction(
    database: Database,
) -> None:
    put = Statement(insert(partition).values(name=bindparam("name"), scope="team"))
    with pytest.raises(IntegrityError) as refused, database.write(1) as tx:
        put.run_many(tx.connection, [{"name": "b"}, {"name": "b"}])
    assert refused.value.params is None
    with database.read() as connection:
        assert Statement(select(partition.c.name)).rows(connection) == [("ref",)]


def test_scratch_tables_hold_nothing_between_transactions(database: Database, ids: Ids) -> None:
    for rows in (3, scratch.MOST_DELETED + 1):
        with database.write(1) as tx:
            made = [(ids.new(), f"k {rows} {number}") for number in range(rows)]
            changes.write(tx, [Insert("setting", {"id": one, "key": key, "value": {}}) for one, key in made])
            changes.write(tx, [Update("setting", one, {"value": {"n": 1}}) for one, _ in made])
        with database.write(1) as tx:
            assert not any(_size(tx.connection, table) for table in scratch.metadata.sorted_tables)


def test_postgresql_gives_back_what_many_rows_took(postgresql_url: str, ids: Ids) -> None:
    database = Database(postgresql_url, ids)
    with database.write(1) as tx:
        changes.write(
            tx,
            [
                Insert("setting", {"id": ids.new(), "key": f"k {number}", "value": {}})
                for number in range(scratch.MOST_DELETED + 1)
            ],
        )
    with database.write(1) as tx:
        size = tx.connection.exec_driver_sql("SELECT pg_relation_size('pg_temp.touched_row')").scalar_one()
    database.close()
    assert size == 0


def _size(connection: Connection, table: Table) -> int:
    return len(Statement(select(table)).rows(connection))
