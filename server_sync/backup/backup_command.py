"""`backup`: puts a verified copy of the running database into a folder, and says that everything up to it is safe."""

import argparse
import json
import sys
from pathlib import Path

from server_sync.backup import folders, making
from server_sync.backup.command_line import Meter, add_shared_arguments, opened
from server_sync.domain.clock import SystemClock
from server_sync.domain.ids import SystemIds
from server_sync.texts import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `backup` takes besides --database."""
    parser.add_argument("folder", type=Path, help=_("the folder of backups; each becomes a folder in it"))
    parser.add_argument(
        "--keep", type=_positive, metavar="N", help=_("afterwards remove all but the newest N backups there")
    )
    add_shared_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Back up; exit code 1 when the database itself is not in order, and so its copy."""
    clock = SystemClock()
    with opened(options, SystemIds(clock)) as (database, files):
        made = making.make(database, files, options.folder, clock, Meter(clock))
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


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number
