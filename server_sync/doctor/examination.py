"""Looks a database over in one snapshot: file, rows and whom they name, jobs, people; the feed is `feed_checks`'."""

from collections.abc import Iterator

from sqlalchemy import Connection, exists, func, select, text

from server_sync.accounts.people import administrators
from server_sync.doctor.feed_checks import feed_findings
from server_sync.doctor.findings import Finding, Report, Trouble
from server_sync.domain.clock import MINUTE
from server_sync.domain.model import TABLES
from server_sync.store import readiness
from server_sync.store.database import Database
from server_sync.store.job_table import JobState
from server_sync.store.tables import job, partition

OVERDUE = 15 * MINUTE

# Which table the columns name that are not called after theirs.
NAMED = {
    "order_id": "sales_order",
    "current_version_id": "form_version",
    "owner_id": "person",
    "assignee_id": "person",
    "appointment_owner_id": "person",
}


def examine(database: Database, now: int) -> Report:
    """Look at everything. Raises the KnownErrors of `readiness.require`."""
    readiness.require(database)
    schema = database.schema_version() or ""
    name = readiness.shown(database)
    with database.read() as connection:
        findings = look_over(connection, now)
        if Trouble.FILE_DAMAGED in {one.trouble for one in findings}:
            return Report(name, schema, {}, 0, findings)
        counts = {
            name: connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in TABLES.items()
        }
        partitions = connection.scalar(select(func.count()).select_from(partition)) or 0
    return Report(name, schema, counts, partitions, findings)


def look_over(connection: Connection, now: int) -> list[Finding]:
    """What is wrong in a connection's snapshot; of a damaged file only that: what is read from it may be anything."""
    damage = list(file_findings(connection)) if connection.dialect.name == "sqlite" else []
    if damage:
        return damage
    findings = [*orphans(connection), *feed_findings(connection), *job_findings(connection, now)]
    if administrators(connection) == 0:
        findings.append(Finding(Trouble.NO_ADMINISTRATOR))
    return findings


def file_findings(connection: Connection) -> Iterator[Finding]:
    """SQLite looks at every page."""
    said = [row[0] for row in connection.execute(text("PRAGMA quick_check(5)"))]
    if said != ["ok"]:
        yield Finding(Trouble.FILE_DAMAGED, {"details": len(said)})


def orphans(connection: Connection) -> Iterator[Finding]:
    """Rows that name a row which does not exist."""
    for name, table in TABLES.items():
        for column in table.columns:
            target = TABLES.get(NAMED.get(column.name, column.name.removesuffix("_id")))
            if not column.name.endswith("_id") or target is None:
                continue
            known = exists().where(target.c.id == column)
            missing = select(func.count()).select_from(table).where(column.is_not(None), ~known)
            count = connection.scalar(missing) or 0
            if count:
                yield Finding(Trouble.ORPHANS, {"table": name, "column": column.name, "count": count})


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
