"""Imports as batches: at once and broken off; what an undo takes back is `test_undo`'s."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from server_sync.intake.batches import import_workbook
from server_sync.intake.fields import SheetKind
from server_sync.intake.guess import guess_mapping
from server_sync.intake.plan import read_import
from server_sync.store.database import Database
from tests.server_sync.intake.importing import IDS, SHANGHAI, rows, take_in, text_workbook
from tests.server_sync.organisation import NOW
from tests.warm import ROOT


def test_of_two_imports_at_once_the_second_finds_the_customers_of_the_first(database: Database) -> None:
    workbook = text_workbook("姓名,手机\n客户 A,13800000001\n客户 B,13800000002")
    second = Thread(target=take_in, args=(database, workbook, SheetKind.CUSTOMERS))
    with database.write(NOW) as tx:
        import_workbook(tx, read_import(workbook, guess_mapping(workbook), SHANGHAI), IDS, None)
        second.start()
        second.join(0.5)  # time for one that does not wait to do its harm
    second.join()
    assert [row["name"] for row in rows(database, "customer")] == ["客户 A", "客户 B"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_an_import_that_is_broken_off_leaves_nothing_behind(sqlite_url: str, tmp_path: Path) -> None:
    file, pipe = tmp_path / "list.csv", tmp_path / "result.csv"
    file.write_text("姓名,手机\n客户 A,13800000001\n", encoding="utf-8")
    os.mkfifo(pipe)  # it waits here, with everything written and nothing committed, for a reader
    arguments = ("import", str(file), "--guess", "--result", str(pipe), "--database", sqlite_url)
    importing = subprocess.Popen(
        [sys.executable, "-m", "server_sync", *arguments],
        cwd=ROOT,
        env={**os.environ, "LANGUAGE": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    while not _is_writing(tmp_path / "server.db") and importing.poll() is None:
        pass
    # Python drops a Ctrl+C that falls into a callback: whoever sees nothing happen presses again.
    while importing.poll() is None:
        importing.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            importing.wait(5)
    out, err = importing.communicate()
    assert (importing.returncode, err) == (130, "Stopped. What was not finished is undone.\n"), out
    database = Database(sqlite_url)
    assert (rows(database, "customer"), rows(database, "contact_point")) == ([], [])
    database.close()


def _is_writing(file: Path) -> bool:
    """Whether somebody else has a transaction open that writes."""
    connection = sqlite3.connect(file, timeout=0.1, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return True
    finally:
        connection.close()
    return False
