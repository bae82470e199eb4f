"""`backup`: puts a verified copy of the running database into a folder, and says that everything up to it is safe."""

import argparse
import json
import sys
from pathlib import Path

from server_sync.backup import folders, making
from server_sync.domain.clock import Clock, SystemClock
from server_sync.domain.ids import SystemIds
from server_sync.store.attachment_files import AttachmentFiles, default_folder
from server_sync.store.database import Database
from server_sync.texts import _

_SECONDS_BETWEEN = 0.5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `backup` takes besides --database."""
    parser.add_argument("folder", type=Path, help=_("the folder of backups; each becomes a folder in it"))
    parser.add_argument(
        "--keep", type=_positive, metavar="N", help=_("afterwards remove all but the newest N backups there")
    )
    add_attachments(parser)
    parser.add_argument("--json", action="store_true", help=_("answer in one line of JSON"))


def run(options: argparse.Namespace) -> int:
    """Back up; exit code 1 when the database itself is not in order, and so its copy."""
    clock = SystemClock()
    database = Database(options.database)
    try:
        files = attachment_files(options, database, clock)
        made = making.make(database, files, options.folder, clock, Meter(clock))
    finally:
        database.close()
    removed = folders.remove_older(options.folder, options.keep) if options.keep else []
    count = sum(made.manifest.rows.values())
    if options.json:
        answer = {
            "backup": str(made.folder),
            "rows": count,
            "attachments": made.manifest.attachments,
            "in_order": not made.findings,
            "removed": [str(one) for one in removed],
        }
        print(json.dumps(answer, ensure_ascii=False))
    else:
        print(
            _("Backed up and verified: {folder} ({count} rows)").format(
                folder=made.folder, count=f"{count:,}"
            )
        )
        for one in removed:
            print(_("Removed: {folder}").format(folder=one))
    if made.findings:
        print(_("The copy is exact, but the database itself is not in order. Run: doctor"), file=sys.stderr)
    return 1 if made.findings else 0


def add_attachments(parser: argparse.ArgumentParser) -> None:
    """Where attachments lie, for those who do not leave it where `serve` puts them."""
    parser.add_argument(
        "--attachments", type=Path, metavar="FOLDER", help=_("where attachments lie; as of serve")
    )


def attachment_files(options: argparse.Namespace, database: Database, clock: Clock) -> AttachmentFiles:
    """The folder of attachments that goes with a database."""
    return AttachmentFiles(options.attachments or default_folder(database), SystemIds(clock))


class Meter:
    """Shows on a terminal how far a copy has come; writes nothing into logs and pipes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._next = 0.0

    def __call__(self, done: int, total: int) -> None:
        """Hear how much is done."""
        now = self._clock.monotonic()
        if total and sys.stderr.isatty() and (now >= self._next or done == total):
            self._next = now + _SECONDS_BETWEEN
            print(
                f"\r{done * 100 // total:3} %", end="\n" if done == total else "", file=sys.stderr, flush=True
            )


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number
