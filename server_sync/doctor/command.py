"""`doctor`: examines the database and says what was found, in words or as JSON, and repairs what it can on wish.

Exit code 0 when everything is in order (by now), 1 when anything is wrong.
"""

import argparse
import json
from dataclasses import asdict, replace
from pathlib import Path

from server_sync.doctor.examination import examine
from server_sync.doctor.findings import Finding, Report, Trouble
from server_sync.doctor.repairs import repair
from server_sync.domain.clock import SystemClock
from server_sync.domain.ids import SystemIds
from server_sync.store.attachment_files import AttachmentFiles, default_folder
from server_sync.store.database import Database
from server_sync.texts import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `doctor` takes besides --database."""
    parser.add_argument("--repair", action="store_true", help=_("put right what can be worked out again"))
    parser.add_argument(
        "--attachments", type=Path, metavar="FOLDER", help=_("where attachments lie; as of serve")
    )
    parser.add_argument("--json", action="store_true", help=_("answer in one line of JSON"))


def run(options: argparse.Namespace) -> int:
    """Examine, repair on wish, and tell."""
    clock = SystemClock()
    database = Database(options.database)
    files = AttachmentFiles(options.attachments or default_folder(database), SystemIds(clock))
    try:
        report = examine(database, clock.now(), files)
        if options.repair and report.findings:
            report = repaired(database, clock.now(), files, report)
    finally:
        database.close()
    if options.json:
        print(json.dumps({"ok": not report.findings, **asdict(report)}, ensure_ascii=False))
    else:
        tell(report, repairing=options.repair)
    return 1 if report.findings else 0


def repaired(database: Database, now: int, files: AttachmentFiles | None, before: Report) -> Report:
    """Repair, and look again. A damaged file is left alone: what is written into it may be lost."""
    if any(one.trouble is Trouble.FILE_DAMAGED for one in before.findings):
        return before
    repair(database, now, files)
    after = examine(database, now, files)
    return replace(after, repaired=[one for one in before.findings if one not in after.findings])


def tell(report: Report, *, repairing: bool) -> None:
    """The report in words."""
    print(_("Database {database}, schema {schema}").format(database=report.database, schema=report.schema))
    for table, count in report.counts.items():
        print(f"  {table:<16}{count:>10,}")
    print(_("Partitions: {count}").format(count=report.partitions))
    for finding in report.repaired:
        print(_("Repaired: {finding}").format(finding=words(finding)))
    for finding in report.findings:
        print(f"! {words(finding)}")
    if not report.findings:
        print(_("Everything is in order."))
    elif repairing:
        print(_("This cannot be repaired here."))
    elif any(one.trouble in REPAIRABLE for one in report.findings):
        print(_("Some of this can be repaired with: doctor --repair"))


REPAIRABLE = frozenset(
    {
        Trouble.FEED_AHEAD,
        Trouble.FEED_WITHOUT_ROW,
        Trouble.ROW_WITHOUT_FEED,
        Trouble.FEED_STALE,
        Trouble.FEED_OF_STRANGER,
        Trouble.MEMBERSHIP_WRONG,
        Trouble.HISTORY_BROKEN,
        Trouble.SUM_WRONG,
        Trouble.FILES_WAITING,
        Trouble.FILES_ORPHANED,
    }
)


def words(finding: Finding) -> str:
    """One sentence."""
    sentences = {
        Trouble.FILE_DAMAGED: _("The file is damaged. Stop the server and restore a backup."),
        Trouble.ORPHANS: _("{table}.{column} names rows that do not exist: {count}"),
        Trouble.FEED_AHEAD: _("The feed of {partition} has entries that no desk hears of: {count}"),
        Trouble.FEED_WITHOUT_ROW: _("The feed promises rows of {table} that do not exist: {count}"),
        Trouble.ROW_WITHOUT_FEED: _("Rows of {table} are missing in the feed: {count}"),
        Trouble.FEED_STALE: _("The feed stands for earlier versions of rows of {table}: {count}"),
        Trouble.FEED_OF_STRANGER: _("The feed offers rows of {table} to who does not hold them: {count}"),
        Trouble.MEMBERSHIP_WRONG: _("Customers lie with others than the rule says: {count}"),
        Trouble.HISTORY_BROKEN: _("The history of {partition} has no token for its last change."),
        Trouble.SUM_WRONG: _("The sum of {partition} is not that of its rows."),
        Trouble.AUDIT_MISSING: _("Edits were answered that the audit does not have: {count}"),
        Trouble.FILES_MISSING: _(
            "Attachments are complete, but their files are missing or cut: {count}. Take them from a backup."
        ),
        Trouble.FILES_WAITING: _("Attachments are announced, but their files are there and whole: {count}"),
        Trouble.FILES_ORPHANED: _("Files of attachments have been nobody's for 90 days: {count}"),
        Trouble.JOBS_FAILED: _("Jobs of the kind {kind} were given up: {count} (last error: {error})"),
        Trouble.JOBS_OVERDUE: _("Jobs wait for {minutes} minutes, so no server is at work: {count}"),
        Trouble.NO_ADMINISTRATOR: _("There is no administrator who can sign in. Add one with: user add"),
    }
    return sentences[finding.trouble].format(**finding.values)
