"""What the database says when it is away is told from what it says of rows that cannot be."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from server_sync.store.outages import is_outage


def error_of(url: str, *statements: str) -> SQLAlchemyError:
    """What the last statement comes to."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))

    def run() -> None:
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))

    with pytest.raises(SQLAlchemyError) as caught:
        run()
    engine.dispose()
    return caught.value


def test_a_locked_full_or_missing_file_is_an_outage(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        locked = error_of(f"sqlite:///{file}", "PRAGMA busy_timeout = 1", "CREATE TABLE x (y)")
    full = error_of(
        f"sqlite:///{tmp_path / 'b.db'}",
        "PRAGMA max_page_count = 2",
        "CREATE TABLE x (y)",
        "INSERT INTO x VALUES (zeroblob(100000))",
    )
    missing = error_of(f"sqlite:///{tmp_path / 'no folder' / 'c.db'}", "SELECT 1")
    assert [is_outage(error) for error in (locked, full, missing)] == [True, True, True]


def test_a_waiting_line_that_is_too_long_is_an_outage(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'a.db'}", pool_size=1, max_overflow=0, pool_timeout=0.01)
    with engine.connect(), pytest.raises(SQLAlchemyError) as caught:
        engine.connect()
    engine.dispose()
    assert is_outage(caught.value)


def test_what_was_asked_wrongly_is_none(sqlite_url: str) -> None:
    twice = "INSERT INTO team (id, name) VALUES (x'00', 'a')"
    for statements in (("SELECT",), ("SELECT * FROM nothing",), (twice, twice)):
        assert not is_outage(error_of(sqlite_url, *statements))


def test_a_broken_line_to_postgresql_is_an_outage(postgresql_url: str) -> None:
    ended = error_of(postgresql_url, "SELECT pg_terminate_backend(pg_backend_pid())", "SELECT 1")
    nobody = error_of("postgresql://nobody@127.0.0.1:1/nothing", "SELECT 1")
    waited = error_of(postgresql_url, "SET statement_timeout = 1", "SELECT pg_sleep(9)")
    assert [is_outage(error) for error in (ended, nobody, waited)] == [True, True, True]


def test_what_postgresql_can_never_store_is_none(postgresql_url: str) -> None:
    # what cannot be compressed below a page of an index
    noise = "SELECT string_agg(md5(n::text), '') FROM generate_series(1, 1000) AS n"
    columns, values = (
        "id, customer_id, kind, value, position, valid",
        f"'\\x00', '\\x00', 'email', ({noise}), 0, true",
    )
    large = f"INSERT INTO contact_point ({columns}) VALUES ({values})"
    for statement in (large, "SELECT 1/0", "SELECT * FROM nothing"):
        assert not is_outage(error_of(postgresql_url, statement))
