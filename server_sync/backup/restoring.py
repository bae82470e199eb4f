"""The way back from a backup: checked first, brought to this program's schema, then put in place in one step."""

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import OperationalError

from server_sync.backup import attachments, folders, rows
from server_sync.backup.folders import Manifest
from server_sync.backup.making import verify
from server_sync.backup.rows import OnProgress
from server_sync.domain.clock import Clock
from server_sync.domain.disk import settle_folder
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import Ids
from server_sync.store import readiness, upgrade
from server_sync.store.attachment_files import AttachmentFiles
from server_sync.store.database import Database

_APPLICATION = "huifang"


@dataclass(frozen=True)
class Restored:
    """A backup that is in place again; `aside` names where the data lies that was there before."""

    backup: Path
    manifest: Manifest
    aside: str | None


def restore(
    path: Path,
    database: Database,
    files: AttachmentFiles,
    clock: Clock,
    ids: Ids,
    on_progress: OnProgress,
    *,
    replace: bool,
) -> Restored:
    """Put the backup at `path` (or the newest below it) into an empty database.

    With `replace` into a filled one, whose data is kept aside; files of attachments are only ever added. The database
    stays as it was when anything goes wrong.
    Desks notice by the tokens of their cursors that they have seen more (SYNC E1). Raises KnownError: FILE_UNREADABLE,
    STORE_TOO_NEW {found, known} (SYNC V2), BACKUP_DAMAGED {file}, DATABASE_FILLED {database}, DATABASE_IN_USE
    {database}, DATABASE_UNREACHABLE {database}, FILE_UNWRITABLE {file}.
    """
    backup = folders.find(path)
    manifest = folders.read_manifest(backup)
    if upgrade.is_later(manifest.schema):
        raise KnownError(ErrorKind.STORE_TOO_NEW, found=manifest.schema, known=upgrade.NEWEST)
    if not replace and _is_filled(database):
        raise KnownError(ErrorKind.DATABASE_FILLED, database=readiness.shown(database))
    beside = Path(str(database.url.database)).parent if database.is_sqlite else None
    try:
        if beside is not None:
            beside.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="huifang-restore-", dir=beside) as folder:
            file = _prepared(backup, manifest, Path(folder), clock.now(), ids)
            attachments.back(backup, files, on_progress)
            if database.is_sqlite:
                aside = _put_file(file, database, clock.now())
            else:
                aside = _put_rows(file, database, clock.now(), ids, on_progress)
    except OSError as error:
        raise KnownError(ErrorKind.FILE_UNWRITABLE, file=str(beside), why=type(error).__name__) from error
    return Restored(backup, manifest, aside)


def _prepared(backup: Path, manifest: Manifest, folder: Path, now: int, ids: Ids) -> Path:
    """A copy of the backup's rows in this program's schema, looked over. The backup itself is only ever read."""
    source, file = backup / folders.ROWS_FILE, folder / folders.ROWS_FILE
    try:
        shutil.copyfile(source, file)
    except FileNotFoundError as error:
        raise KnownError(ErrorKind.BACKUP_DAMAGED, file=str(source)) from error
    if folders.sha256_of(file) != manifest.sha256:
        raise KnownError(ErrorKind.BACKUP_DAMAGED, file=str(source))
    file.chmod(0o600)
    if manifest.schema != upgrade.NEWEST:
        database = Database(str(file))
        try:
            database.migrate(ids)
        finally:
            database.close()
    else:
        verify(file, manifest.rows, now)
    return file


def _is_filled(database: Database) -> bool:
    if database.is_sqlite:
        file = Path(str(database.url.database))
        return file.exists() and file.stat().st_size > 0
    with database.read() as connection:
        return bool(_tables_there(connection))


def _put_file(file: Path, database: Database, now: int) -> str | None:
    """Let the file take the place of the database; a running server would go on writing into the one set aside."""
    target = Path(str(database.url.database))
    aside: Path | None = None
    if _is_filled(database):
        _claim(target)
        aside = target.with_name(f"{target.name}.before-{_stamp(now)}")
        try:
            aside.hardlink_to(target)  # so that at no moment there is no database
        except OSError:
            target.rename(aside)
    # Of a database that was damaged or deleted: they must not be taken for the new one's.
    for log in ("-wal", "-shm"):
        left = target.with_name(target.name + log)
        if left.exists():
            left.replace(target.with_name((aside or target).name + (log if aside else f"{log}.left")))
    with file.open("rb+") as content:
        os.fsync(content.fileno())
    file.replace(target)
    settle_folder(target.parent)
    return None if aside is None else str(aside)


def _claim(file: Path) -> None:
    """See that nobody else has the database open, and move its log into it. A damaged one is left as it is."""
    with closing(sqlite3.connect(file, timeout=0)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            if (error.sqlite_errorcode & 0xFF) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise KnownError(ErrorKind.DATABASE_IN_USE, database=str(file)) from error
        except sqlite3.DatabaseError:
            return


def _put_rows(file: Path, database: Database, now: int, ids: Ids, on_progress: OnProgress) -> str | None:
    """Move the tables that are there into a schema of their own and fill new ones, all in one transaction."""
    name = readiness.shown(database)
    try:
        with database.write(now) as tx:
            connection = tx.connection
            connection.execute(text("SET LOCAL lock_timeout = '5s'"))
            if connection.scalar(_OTHERS, {"application": _APPLICATION}):
                raise KnownError(ErrorKind.DATABASE_IN_USE, database=name)
            there = _tables_there(connection)
            aside = f"before_{_stamp(now)}".replace("-", "_") if there else None
            if aside is not None:
                connection.execute(text(f'CREATE SCHEMA "{aside}"'))
            for table in there:
                connection.execute(text(f'ALTER TABLE "{table}" SET SCHEMA "{aside}"'))
            rows.into_postgresql(file, connection, ids, on_progress)
            _compare(file, connection)
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) != _LOCK_NOT_AVAILABLE:
            raise
        raise KnownError(ErrorKind.DATABASE_IN_USE, database=name) from error
    return aside


_LOCK_NOT_AVAILABLE = "55P03"
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND application_name = :application AND pid <> pg_backend_pid()"
)


def _tables_there(connection: Connection) -> list[str]:
    """Which tables of the schema a PostgreSQL database has."""
    ours = {*(str(table.name) for table in rows.all_tables()), "alembic_version"}
    return sorted(ours.intersection(inspect(connection).get_table_names()))


def _compare(file: Path, connection: Connection) -> None:
    """See that as many rows arrived as there are. Raises KnownError BACKUP_DAMAGED, which undoes it all."""
    copy = Database(str(file))
    try:
        with copy.read() as source:
            if rows.count(source) != rows.count(connection):
                raise KnownError(ErrorKind.BACKUP_DAMAGED, file=str(file))
    finally:
        copy.close()


def _stamp(now: int) -> str:
    return datetime.fromtimestamp(now / 1000, UTC).strftime("%Y%m%d-%H%M%S")
