"""Creating a store's schema and running the steps it still lacks, so that a kill at any moment does no harm.

The schema number lies in `PRAGMA user_version`, which SQLite writes in the same transaction as the step
itself: a step is done or not begun. Before the first step the file is copied, still encrypted; the copy goes
when all steps hold, so that no deleted row lives on in it.
"""

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData

from agent_app.store.migrations import Step
from server_sync.domain.disk import settle_folder


def schema_number(connection: Connection) -> int:
    """The schema of this store: 0 for an empty one, else 1 and up."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def backup_file(file: Path, number: int) -> Path:
    """Where the copy lies that was made when the store had schema `number`."""
    return file.with_name(f"{file.name}.schema-{number}")


def migrate(
    engine: Engine,
    file: Path,
    metadata: Sequence[MetaData],
    steps: Sequence[Step],
    settle: Callable[[], None],
) -> None:
    """Create all tables of an empty store, or run the steps from its schema on; `settle` empties the log."""
    with engine.connect() as connection:
        number = schema_number(connection)
    if number == 0:
        _create(engine, metadata, len(steps) + 1)
        settle()
    elif number <= len(steps):
        settle()
        _back_up(file, number)
        for target, step in enumerate(steps[number - 1 :], start=number + 1):
            _run(engine, step, target)
        settle()
    for copy in file.parent.glob(f"{file.name}.schema-*"):
        copy.unlink()


def _create(engine: Engine, metadata: Sequence[MetaData], number: int) -> None:
    with engine.begin() as connection:
        for tables in metadata:
            tables.create_all(connection)
        connection.exec_driver_sql(f"PRAGMA user_version = {number}")


def _run(engine: Engine, step: Step, target: int) -> None:
    with engine.connect() as connection:
        raw = connection.connection.cursor()
        # A step may rebuild a table, and dropping the old one would delete what refers to it; SQLite only
        # listens to this outside of a transaction.
        raw.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                step(connection)
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise RuntimeError(f"the step to schema {target} leaves rows that refer to nothing")
                connection.exec_driver_sql(f"PRAGMA user_version = {target}")
        finally:
            raw.execute("PRAGMA foreign_keys = ON")


def _back_up(file: Path, number: int) -> None:
    copy = backup_file(file, number)
    if copy.exists():
        return
    unfinished = copy.with_name(copy.name + ".new")
    shutil.copyfile(file, unfinished)
    with unfinished.open("rb+") as handle:
        os.fsync(handle.fileno())
    unfinished.replace(copy)
    settle_folder(file.parent)
