"""The databases that tests get: fresh, on both backends, and gone with the run."""

import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.pool import NullPool

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="PostgreSQL is tried where servers run")


@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_gets_a_database_without_the_tables_of_another(empty_database_url: str, turn: str) -> None:
    engine = create_engine(empty_database_url, poolclass=NullPool)
    assert inspect(engine).get_table_names() == []
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE mark (turn TEXT)"))
        connection.execute(text("INSERT INTO mark VALUES (:turn)"), {"turn": turn})
        assert connection.scalar(text("SELECT turn FROM mark")) == turn


def test_text_sorts_by_code_point_on_both(empty_database_url: str) -> None:
    engine = create_engine(empty_database_url, poolclass=NullPool)
    words = text("SELECT word FROM (SELECT '回访' AS word UNION SELECT 'b' UNION SELECT 'B') w ORDER BY word")
    with engine.connect() as connection:
        assert list(connection.scalars(words)) == ["B", "b", "回访"]


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_database_with_the_schema_has_tables_and_no_tasks(database_url: str, turn: str) -> None:
    engine = create_engine(database_url, poolclass=NullPool)
    with engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM task")) == 0
        connection.execute(text("DROP TABLE task"))


# A run of its own: it starts a server, tells where that is, and then ends well, fails, or is killed.
RUN = """
import os, signal, sys
from pathlib import Path
from tests.postgresql_guardian import Ownership
from tests.postgresql_server import PostgresqlServer

ownership = Ownership()
try:
    server = PostgresqlServer(ownership.folder)
    server.start()
    print(ownership.folder, (ownership.folder / "data" / "postmaster.pid").read_text().split()[0], flush=True)
    if sys.argv[1] == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
finally:
    ownership.end()
"""


@pytest.mark.parametrize("end", ["ended", "killed"])
def test_a_server_is_gone_with_its_run_and_no_mode_was_changed(end: str) -> None:
    watched = [Path("/var/tmp"), *Path(__file__).parents, *Path(sys.prefix).parents]
    modes = [stat.S_IMODE(folder.stat().st_mode) for folder in watched]
    run = subprocess.run([sys.executable, "-c", RUN, end], cwd=ROOT, capture_output=True, text=True)
    assert run.stdout, run.stderr
    folder, pid = run.stdout.split()
    _wait_until_gone(Path(folder))
    _wait_until_gone(Path("/proc") / pid)
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in watched] == modes
    assert run.returncode == (0 if end == "ended" else -9)


def _wait_until_gone(path: Path) -> None:
    deadline = time.monotonic() + 120
    while path.exists():
        assert time.monotonic() < deadline, f"{path} is still there"
        time.sleep(0.05)


def test_the_folder_is_private(empty_postgresql_url: str) -> None:
    folder = Path(create_engine(empty_postgresql_url).url.query["host"])  # type: ignore[arg-type]
    assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IRWXU
