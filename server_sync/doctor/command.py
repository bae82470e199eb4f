"""`doctor`: examines the database and says what was found, in words or as JSON; exit code 1 if anything is wrong."""

import argparse
import json
from dataclasses import asdict

from server_sync.doctor.examination import examine
from server_sync.doctor.findings import Finding, Report, Trouble
from server_sync.domain.clock import SystemClock
from server_sync.store.database import Database
from server_sync.texts import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `doctor` takes besides --database."""
    parser.add_argument("--json", action="store_true", help=_("answer in one line of JSON"))


def run(options: argparse.Namespace) -> int:
    """Examine, and tell."""
    database = Database(options.database)
    try:
        report = examine(database, SystemClock().now())
    finally:
        database.close()
    if options.json:
        print(json.dumps({"ok": not report.findings, **asdict(report)}, ensure_ascii=False))
    else:
        tell(report)
    return 1 if report.findings else 0


def tell(report: Report) -> None:
    """The report in words."""
    print(_("Database {database}, schema {schema}").format(database=report.database, schema=report.schema))
    for table, count in report.counts.items():
        print(f"  {table:<16}{count:>10,}")
    print(_("Partitions: {count}").format(count=report.partitions))
    for finding in report.findings:
        print(f"! {words(finding)}")
    if not report.findings:
        print(_("Everything is in order."))


def words(finding: Finding) -> str:
    """One sentence."""
    sentences = {
        Trouble.FILE_DAMAGED: _("The file is damaged. Stop the server and restore a backup."),
        Trouble.ORPHANS: _("{table}.{column} names rows that do not exist: {count}"),
        Trouble.FEED_AHEAD: _("The feed of {partition} has entries that no desk hears of: {count}"),
        Trouble.FEED_WITHOUT_ROW: _("The feed promises rows of {table} that do not exist: {count}"),
        Trouble.ROW_WITHOUT_FEED: _("Rows of {table} are missing in the feed: {count}"),
        Trouble.FEED_OF_STRANGER: _("The feed offers rows of {table} to who does not hold them: {count}"),
        Trouble.JOBS_FAILED: _("Jobs of the kind {kind} were given up: {count} (last error: {error})"),
        Trouble.JOBS_OVERDUE: _("Jobs wait for {minutes} minutes, so no server is at work: {count}"),
        Trouble.NO_ADMINISTRATOR: _("There is no administrator who can sign in. Add one with: user add"),
    }
    return sentences[finding.trouble].format(**finding.values)
