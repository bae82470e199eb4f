"""Looks a database over in one snapshot: file, rows and whom they name, jobs, people; the feed is `feed_checks`'."""

import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, exists, func, select, text
from sqlalchemy.exc import DatabaseError

from server_sync.accounts.people import administrators
from server_sync.doctor.feed_checks import feed_findings
from server_sync.doctor.findings import Finding, Report, Trouble
from server_sync.domain.clock import DAY, MINUTE
from server_sync.domain.model import TABLES, team_conflict
from server_sync.store import attachment_leftovers, readiness
from server_sync.store.attachment_files import AttachmentFiles
from server_sync.store.attachment_leftovers import Leftovers
from server_sync.store.database import Database
from server_sync.store.job_table import JobState
from server_sync.store.statement import Statement
from server_sync.store.tables import applied, audit, job, partition

OVERDUE = 15 * MINUTE
ORPHANED_FOR = 90 * DAY
"""As long as a desk may stay away (SYNC E3)."""

_DAMAGED = Finding(Trouble.FILE_DAMAGED)
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

# Which table the columns name that are not called after theirs.
NAMED = {
    "order_id": "sales_order",
    "current_version_id": "form_version",
    "owner_id": "person",
    "assignee_id": "person",
    "appointment_owner_id": "person",
}


def examine(database: Database, now: int, files: AttachmentFiles | None = None) -> Report:
    """Look at everything, at attachments' files only where they are given. Raises the KnownErrors of
    `readiness.require`."""
    readiness.require(database)
    schema = database.schema_version() or ""
    name = readiness.shown(database)
    try:
        with database.read() as connection:
            findings = look_over(connection, now)
            if files is not None and findings != [_DAMAGED]:
                findings += attachment_findings(connection, files, now)
            counts = {
                str(table.name): connection.scalar(select(func.count()).select_from(table)) or 0
                for table in TABLES.values()
            }
            partitions = connection.scalar(select(func.count()).select_from(partition)) or 0
    except DatabaseError as error:
        if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF not in _DAMAGE:
            raise
        return Report(name, schema, {}, 0, [_DAMAGED])
    return Report(name, schema, counts, partitions, findings)


def look_over(connection: Connection, now: int) -> list[Finding]:
    """What is wrong in a connection's snapshot; of a damaged file only that: what is read from it may be anything."""
    if connection.dialect.name == "sqlite" and not pages_are_whole(connection):
        return [_DAMAGED]
    findings = [
        *orphans(connection),
        *feed_findings(connection, now),
        *audit_findings(connection),
        *job_findings(connection, now),
    ]
    if administrators(connection) == 0:
        findings.append(Finding(Trouble.NO_ADMINISTRATOR))
    return findings


def pages_are_whole(connection: Connection) -> bool:
    """SQLite looks at every page."""
    return [row[0] for row in connection.execute(text("PRAGMA quick_check(5)"))] == ["ok"]


def orphans(connection: Connection) -> Iterator[Finding]:
    """Rows that name a row which does not exist."""
    for (table, column), counting in _counting_orphans().items():
        for (count,) in counting.rows(connection):
            if count:
                yield Finding(Trouble.ORPHANS, {"table": table, "column": column, "count": count})


@cache
def _counting_orphans() -> dict[tuple[str, str], Statement]:
    """How many of a table's rows name by a column what does not exist."""
    counting = {}
    for name, table in TABLES.items():
        if table is team_conflict:  # it tells what a desk has sent, which may name anything
            continue
        for column in table.columns:
            target = TABLES.get(NAMED.get(column.name, column.name.removesuffix("_id")))
            if not column.name.endswith("_id") or target is None:
                continue
            known = exists().where(target.c.id == column)
            missing = select(func.count()).select_from(table).where(column.is_not(None), ~known)
            counting[name, str(column.name)] = Statement(missing)
    return counting


def audit_findings(connection: Connection) -> Iterator[Finding]:
    """Mutations that were answered without a row in the audit."""
    told = select(audit.c.device_id, audit.c.mid).where(audit.c.mid.is_not(None))
    silent = select(applied.c.device_id, applied.c.mid).except_(told).subquery()
    count = connection.scalar(select(func.count()).select_from(silent)) or 0
    if count:
        yield Finding(Trouble.AUDIT_MISSING, {"count": count})


def attachment_findings(connection: Connection, files: AttachmentFiles, now: int) -> Iterator[Finding]:
    """Attachments without their files, files that are whole without anybody knowing, and such as have been nobody's for
    long."""
    left = attachment_leftovers.examine(connection, files)
    if left.missing:
        yield Finding(Trouble.FILES_MISSING, {"count": len(left.missing)})
    if left.waiting:
        yield Finding(Trouble.FILES_WAITING, {"count": len(left.waiting)})
    count = len(orphaned(left, now))
    if count:
        yield Finding(Trouble.FILES_ORPHANED, {"count": count})


def orphaned(left: Leftovers, now: int) -> list[Path]:
    """The files that may go. Younger ones may be asked for again: after a restore by the desks that sent them."""
    return [file for file in left.orphans if file.stat().st_mtime * 1000 < now - ORPHANED_FOR]


def job_findings(connection: Connection, now: int) -> Iterator[Finding]:
    """Jobs that were given up, and a queue that nobody works at."""
    failed = (
        select(job.c.kind, func.count(), func.max(job.c.error))
        .where(job.c.state == JobState.FAILED)
        .group_by(job.c.kind)
        .order_by(job.c.kind)
    )
    for kind, count, error in connection.execute(failed):
        yield Finding(Trouble.JOBS_FAILED, {"kind": kind, "count": count, "error": error})
    waiting = select(func.count(), func.min(job.c.due_at)).where(
        job.c.state == JobState.WAITING, job.c.due_at < now - OVERDUE
    )
    count, oldest = connection.execute(waiting).one()
    if count:
        yield Finding(Trouble.JOBS_OVERDUE, {"count": count, "minutes": (now - oldest) // MINUTE})
