"""Making a backup while the server runs: one snapshot is copied, the copy opened and looked over, the watermark set."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.exc import DBAPIError

from server_sync.backup import attachments, folders, rows
from server_sync.backup.folders import Manifest
from server_sync.backup.rows import OnProgress
from server_sync.doctor.examination import look_over
from server_sync.doctor.findings import Finding, Trouble
from server_sync.domain.clock import Clock
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.store import readiness, upgrade
from server_sync.store.attachment_files import AttachmentFiles
from server_sync.store.database import Database
from server_sync.store.tables import partition


@dataclass(frozen=True)
class Made:
    """A backup that was made. `findings`: what is wrong with the database itself, and so with its copy."""

    folder: Path
    manifest: Manifest
    findings: list[Finding]


def make(
    database: Database, files: AttachmentFiles, place: Path, clock: Clock, on_progress: OnProgress
) -> Made:
    """Put a new backup of rows and attachments into the folder `place`.

    Whatever ends it early leaves nothing under the backup's final name. Raises the KnownErrors of `readiness.require`,
    FILE_UNWRITABLE, BACKUP_DAMAGED {file} when the copy is not what was copied.
    """
    readiness.require(database)
    now = clock.now()
    with folders.unfinished(place, now) as folder:
        file = folder / folders.ROWS_FILE
        try:
            with database.read() as connection:
                counted = rows.count(connection)
                heads = {
                    row.id: row.head for row in connection.execute(select(partition.c.id, partition.c.head))
                }
                rows.into_file(connection, file, on_progress)
                findings = verify(file, counted, now)
                if findings and findings != look_over(connection, now):
                    raise KnownError(ErrorKind.BACKUP_DAMAGED, file=str(file))
            earlier = folders.finished(place)[-1:]
            count, size = attachments.into(folder, files, earlier[0] if earlier else None, on_progress)
            manifest = Manifest(
                format=folders.FORMAT,
                made_at=now,
                schema=upgrade.NEWEST,
                source=database.url.get_backend_name(),
                rows=counted,
                sha256=folders.sha256_of(file),
                attachments=count,
                attachment_bytes=size,
            )
            final = folders.finish(folder, manifest)
        except (OSError, sqlite3.Error) as error:
            raise KnownError(ErrorKind.FILE_UNWRITABLE, file=str(place), why=type(error).__name__) from error
    _say_backed_up(database, heads, clock.now())
    return Made(final, manifest, findings)


def verify(file: Path, counted: dict[str, int], now: int) -> list[Finding]:
    """Open a copy as a server would and look it over; returns what is wrong with its rows.

    Raises KnownError BACKUP_DAMAGED when it cannot be opened or read to the end, or lacks rows.
    """
    copy = Database(str(file))
    try:
        with copy.read() as connection:
            findings = look_over(connection, now)
            whole = all(one.trouble is not Trouble.FILE_DAMAGED for one in findings)
            if not whole or rows.count(connection) != counted:
                raise KnownError(ErrorKind.BACKUP_DAMAGED, file=str(file))
            return findings
    except DBAPIError as error:
        raise KnownError(ErrorKind.BACKUP_DAMAGED, file=str(file)) from error
    finally:
        copy.close()


def _say_backed_up(database: Database, heads: dict[int, int], now: int) -> None:
    """From now on desks may forget what they sent before these heads (SYNC P6)."""
    passed = update(partition).where(
        partition.c.id == bindparam("of"), func.coalesce(partition.c.backed_up, -1) < bindparam("reached")
    )
    with database.write(now) as tx:
        tx.connection.execute(
            passed.values(backed_up=bindparam("reached")),
            [{"of": of, "reached": head} for of, head in heads.items()],
        )
