"""Stores as every released schema left them, with a full outbox, opened by this program (SYNC V1, V2)."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from sqlalchemy import select, update

from agent_app.store.database import STORE_FILE, Store, open_store
from agent_app.store.key_check import KEY_CHECK_FILE
from agent_app.store.migrations import STEPS
from agent_app.store.tables import ALL
from server_sync.domain.model import activity
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.store.tables import server_state
from tests.agent_app.sync.office import KEY, HandClock, Seat
from tests.server_sync.organisation import NOW, Organisation, seed

HERE = Path(__file__).parent
SCHEMAS = [1, 2, 3]
UNSENT = 50


def put_down(schema: int, profile: Path) -> None:
    """The stored profile of a schema."""
    profile.mkdir(parents=True)
    shutil.copyfile(HERE / f"schema_{schema}.db", profile / STORE_FILE)
    shutil.copyfile(HERE / f"schema_{schema}.check", profile / KEY_CHECK_FILE)


def shape(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Tables with their columns, and indexes with theirs, by name; triggers with what they do."""
    with store.read() as connection:
        names = connection.exec_driver_sql(
            "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
        ).all()
        info = {"table": "table_info", "index": "index_info"}
        return {
            name: [(" ".join(sql.split()),)]
            if kind == "trigger"
            else [tuple(row) for row in connection.exec_driver_sql(f"PRAGMA {info[kind]}('{name}')")]
            for kind, name, sql in names
        }


@pytest.mark.parametrize("schema", SCHEMAS)
def test_v1_an_upgraded_store_has_the_shape_of_a_new_one_and_loses_nothing(
    schema: int, tmp_path: Path
) -> None:
    put_down(schema, tmp_path / "old")
    upgraded, fresh = open_store(tmp_path / "old", KEY, ALL), open_store(tmp_path / "new", KEY, ALL)
    assert shape(upgraded) == shape(fresh)
    with upgraded.read() as connection:
        unsent = connection.exec_driver_sql(
            "SELECT count(*) FROM outbox WHERE state = 'pending'"
        ).scalar_one()
        notes = connection.exec_driver_sql("SELECT count(*) FROM activity").scalar_one()
        assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == len(STEPS) + 1
    upgraded.verify()
    assert (unsent, notes) == (UNSENT, UNSENT)
    for store in (upgraded, fresh):
        store.close()


def test_v1_what_was_answered_before_an_upgrade_is_found_after_it(tmp_path: Path) -> None:
    put_down(3, tmp_path / "desk")
    before = open_store(tmp_path / "desk", KEY, ALL, STEPS[:2])
    with before.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO response (id, customer_id, task_id, attempt_id, person_id, form_version_id, answers,"
            " complete, recorded_at) VALUES (?1, ?1, ?1, ?1, ?1, ?1, ?2, 1, 1)",
            (b"a" * 16, '{"/data/a":"Abc","/data/b":"发票","/data/c":"Abc"}'),
        )
    before.close()
    store = open_store(tmp_path / "desk", KEY, ALL)
    with store.read() as connection:
        kept = connection.exec_driver_sql("SELECT response_id, words FROM response_words").all()
    store.close()
    assert kept == [(b"a" * 16, "abc\n发票")]


def organisation_of(server: Database) -> Organisation:
    """What the server had when the stores were put down."""
    made = seed(server)
    rows = []
    for place in range(4):
        customer = made.customer(made.north, name=f"客户 {place}", tier="vip" if place == 0 else "normal")
        agent = made.north_agents[0 if place < 3 else 1]
        rows += [customer, made.contact_point(customer), made.task(customer, agent), made.order(customer)]
    with server.write(NOW) as tx:
        write(tx, rows)
    return made


@pytest.mark.parametrize("schema", SCHEMAS)
def test_v1_what_was_unsent_before_an_upgrade_is_sent_after_it(
    schema: int, tmp_path: Path, sqlite_url: str
) -> None:
    put_down(schema, tmp_path / "desk1")
    server = Database(sqlite_url)
    made = organisation_of(server)
    seat = Seat(tmp_path, server, made.north_agents[0], HandClock(), 1)
    with seat.store.read() as connection:
        epoch = connection.exec_driver_sql("SELECT value FROM desk_state WHERE key = 'epoch'").scalar_one()
    with server.write(NOW) as tx:
        of_epoch = update(server_state).where(server_state.c.key == "epoch")
        tx.connection.execute(of_epoch.values(value=epoch.strip('"')))
    seat.sync()
    with server.read() as connection:
        arrived = connection.execute(select(activity.c.text)).scalars().all()
    assert sorted(arrived) == sorted(f"离线备注 {number}" for number in range(UNSENT))
    assert seat.rows("SELECT count(*) FROM outbox WHERE state = 'pending'") == [(0,)]
    assert seat.rows("SELECT count(*) FROM conflict") == [(0,)]
    assert len(seat.rows("SELECT id FROM team_conflict UNION SELECT id FROM task")) == 3
    seat.store.close()
    server.close()


KILLED = """
import os, signal, sys
from pathlib import Path
from agent_app.store.database import open_store
from agent_app.store.migrations import to_schema_2
from agent_app.store.tables import ALL

number = int(sys.argv[2])
kept = [one for one in to_schema_2.SCRIPT.split(";\\n") if one.strip()]

def step(connection):
    for place, statement in enumerate(kept):
        if place == number:
            os.kill(os.getpid(), signal.SIGKILL)
        connection.exec_driver_sql(statement)

open_store(Path(sys.argv[1]), bytes(range(32)), ALL, [step])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("statement", [1, 7, 20])
def test_v1_a_kill_in_the_middle_of_an_upgrade_costs_nothing(statement: int, tmp_path: Path) -> None:
    put_down(1, tmp_path / "profile")
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(tmp_path / "profile"), str(statement)]
    killed = subprocess.run(command, check=False, cwd=HERE.parents[1], env={**os.environ})
    assert killed.returncode == -signal.SIGKILL
    store = open_store(tmp_path / "profile", KEY, ALL)
    with store.read() as connection:
        unsent = connection.exec_driver_sql(
            "SELECT count(*) FROM outbox WHERE state = 'pending'"
        ).scalar_one()
    store.verify()
    store.close()
    assert unsent == UNSENT
