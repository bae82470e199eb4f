"""Statements run by the driver itself: the same on both databases, errors as SQLAlchemy's."""

from enum import StrEnum
from typing import Any

import pytest
from sqlalchemy import Boolean, Connection, Table, bindparam, insert, literal, select
from sqlalchemy.exc import IntegrityError

from server_sync.domain.clock import SystemClock
from server_sync.domain.commands import Insert, Update
from server_sync.domain.ids import Ids, SystemIds
from server_sync.domain.model import customer, setting
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


def test_customers_looked_at_are_there_for_as_long_as_somebody_looks(database: Database, ids: Ids) -> None:
    some = sorted(ids.new() for _ in range(3))
    with database.write(1) as tx:
        with scratch.looking_at(tx.connection, some) as among:
            with scratch.looking_at(tx.connection, some[:1], scratch.locked) as only:
                assert tx.connection.scalars(only).all() == some[:1]
            assert sorted(tx.connection.scalars(among)) == some
        assert tx.connection.scalars(among).all() == []


def test_sqlite_looks_up_the_customers_of_a_scratch_table_and_not_the_other_way_round(
    sqlite_url: str, ids: Ids
) -> None:
    database = Database(sqlite_url, ids)
    found = select(customer.c.rev).join(scratch.move, scratch.move.c.customer_id == customer.c.id)
    with database.write(1) as tx:
        # as of a company with many customers
        tx.connection.exec_driver_sql("ANALYZE")
        tx.connection.exec_driver_sql(
            "INSERT INTO sqlite_stat1 VALUES ('customer', 'sqlite_autoindex_customer_1', '100000 1')"
        )
        tx.connection.exec_driver_sql("ANALYZE sqlite_schema")
        [first, *_] = tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {found}").all()
    database.close()
    assert first.detail == "SCAN move"


@pytest.mark.parametrize("count", [1, 3, 500])
def test_any_of_many_values_finds_by_the_index(database: Database, count: int) -> None:
    wanted = Statement(select(partition.c.name).where(any_of(partition.c.name, count), partition.c.id > 0))
    values = ["ref", *(f"desk:{number}" for number in range(count - 1))]
    with database.read() as connection:
        assert wanted.rows(connection, numbered(values)) == [("ref",)]
        if database.is_sqlite:
            text = str(wanted._for(connection).text)
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", (*values, 0)).all()
            assert "SEARCH" in plan[0].detail


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
