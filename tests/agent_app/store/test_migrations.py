"""Bringing an older store up to date: a kill or a bad step at any moment leaves it old or new, never between."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, ForeignKey, Integer, MetaData, Table, Text, inspect

from agent_app.store.database import STORE_FILE, Store, open_store
from agent_app.store.migrations.runner import backup_file, schema_number
from server_sync.domain.errors import KnownError

KEY = bytes(range(32))
METADATA = MetaData()
Table("person", METADATA, Column("id", Integer, primary_key=True), Column("name", Text))
Table("call", METADATA, Column("id", Integer, primary_key=True), Column("person_id", ForeignKey("person.id")))


def add_city(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE person ADD COLUMN city TEXT NOT NULL DEFAULT ''")


def rebuild_person(connection: Connection) -> None:
    connection.exec_driver_sql(
        "CREATE TABLE new (id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT NOT NULL)"
    )
    connection.exec_driver_sql("INSERT INTO new SELECT id, name, city FROM person")
    connection.exec_driver_sql("DROP TABLE person")
    connection.exec_driver_sql("ALTER TABLE new RENAME TO person")


def fail(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")
    raise ZeroDivisionError


def orphan(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM person")


def old_store(folder: Path) -> Path:
    store = open_store(folder, KEY, [METADATA], [])
    with store.write() as connection:
        connection.exec_driver_sql("INSERT INTO person VALUES (1, '客户 A'), (2, '客户 B')")
        connection.exec_driver_sql("INSERT INTO call VALUES (1, 1), (2, 1), (3, 2)")
    store.close()
    return folder / STORE_FILE


def content(store: Store) -> tuple[int, list[str], int, int]:
    with store.read() as connection:
        return (
            schema_number(connection),
            [column["name"] for column in inspect(connection).get_columns("person")],
            connection.exec_driver_sql("SELECT count(*) FROM person").scalar_one(),
            connection.exec_driver_sql("SELECT count(*) FROM call").scalar_one(),
        )


def test_every_missing_step_runs_in_order_and_a_rebuilt_table_keeps_what_refers_to_it(tmp_path: Path) -> None:
    file = old_store(tmp_path)
    store = open_store(tmp_path, KEY, [METADATA], [add_city, rebuild_person])
    assert content(store) == (3, ["id", "name", "city"], 2, 3)
    store.verify()
    store.close()
    assert not backup_file(file, 1).exists()
    again = open_store(tmp_path, KEY, [METADATA], [add_city, rebuild_person])
    assert content(again) == (3, ["id", "name", "city"], 2, 3)
    again.close()


def test_a_new_store_is_made_at_the_newest_schema_without_running_steps(tmp_path: Path) -> None:
    store = open_store(tmp_path, KEY, [METADATA], [fail, fail])
    assert content(store) == (3, ["id", "name"], 0, 0)
    store.close()


def test_a_failing_step_leaves_the_steps_before_it_and_the_copy(tmp_path: Path) -> None:
    file = old_store(tmp_path)
    before = file.read_bytes()
    with pytest.raises(ZeroDivisionError):
        open_store(tmp_path, KEY, [METADATA], [add_city, fail])
    assert backup_file(file, 1).read_bytes() == before
    store = open_store(tmp_path, KEY, [METADATA], [add_city])
    assert content(store) == (2, ["id", "name", "city"], 2, 3)
    with store.read() as connection:
        assert "half" not in inspect(connection).get_table_names()
    store.close()


def test_a_step_that_leaves_orphans_is_undone(tmp_path: Path) -> None:
    old_store(tmp_path)
    with pytest.raises(RuntimeError, match="refer to nothing"):
        open_store(tmp_path, KEY, [METADATA], [orphan])
    store = open_store(tmp_path, KEY, [METADATA], [])
    assert content(store) == (1, ["id", "name"], 2, 3)
    store.close()


def killed_in(script: str, folder: Path) -> None:
    """Run a program that opens the store of `folder` and kills itself with SIGKILL in the middle."""
    program = textwrap.dedent(
        """
        import os, signal, sys
        from pathlib import Path
        from sqlalchemy import Column, Integer, MetaData, Table
        from agent_app.store.database import open_store
        folder, key = Path(sys.argv[1]), bytes(range(32))
        def die(connection=None):
            os.kill(os.getpid(), signal.SIGKILL)
        """
    ) + textwrap.dedent(script)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run([sys.executable, "-c", program, str(folder)], env=environment, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killed_in_the_second_step_the_next_opening_goes_on_from_there(tmp_path: Path) -> None:
    file = old_store(tmp_path)
    before = file.read_bytes()
    killed_in(
        """
        def add_city(connection):
            connection.exec_driver_sql("ALTER TABLE person ADD COLUMN city TEXT NOT NULL DEFAULT ''")
        def half(connection):
            connection.exec_driver_sql("CREATE TABLE new (id INTEGER)")
            connection.exec_driver_sql("DELETE FROM person")
            die()
        open_store(folder, key, [MetaData()], [add_city, half])
        """,
        tmp_path,
    )
    assert backup_file(file, 1).read_bytes() == before
    store = open_store(tmp_path, KEY, [METADATA], [add_city, rebuild_person])
    assert content(store) == (3, ["id", "name", "city"], 2, 3)
    store.close()
    assert not backup_file(file, 1).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killed_while_it_is_made_a_store_is_made_by_the_next_opening(tmp_path: Path) -> None:
    killed_in(
        """
        from sqlalchemy import event
        metadata = MetaData()
        Table("person", metadata, Column("id", Integer, primary_key=True))
        call = Table("call", metadata, Column("id", Integer, primary_key=True))
        event.listen(call, "after_create", lambda *a, **k: die())
        open_store(folder, key, [metadata], [])
        """,
        tmp_path,
    )
    store = open_store(tmp_path, KEY, [METADATA], [])
    assert content(store) == (1, ["id", "name"], 0, 0)
    store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killed_right_after_a_transaction_nothing_of_it_is_missing_even_after_a_wrong_key(
    tmp_path: Path,
) -> None:
    old_store(tmp_path)
    killed_in(
        """
        store = open_store(folder, key, [MetaData()], [])
        with store.write() as connection:
            connection.exec_driver_sql("INSERT INTO person VALUES (3, 'saved')")
        die()
        """,
        tmp_path,
    )
    with pytest.raises(KnownError):
        open_store(tmp_path, bytes(32), [METADATA], [])
    store = open_store(tmp_path, KEY, [METADATA], [])
    assert content(store) == (1, ["id", "name"], 3, 3)
    store.close()
