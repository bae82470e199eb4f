"""`restore`: puts a backup into an empty database, or in place of one whose data is kept aside."""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

from server_sync.backup.command_line import Meter, add_shared_arguments, opened
from server_sync.backup.restoring import restore
from server_sync.domain.clock import SystemClock
from server_sync.domain.ids import SystemIds
from server_sync.texts import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `restore` takes besides --database."""
    parser.add_argument("backup", type=Path, help=_("a backup, or a folder of backups: then the newest one"))
    parser.add_argument(
        "--replace", action="store_true", help=_("also into a filled database; its data is kept aside")
    )
    add_shared_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Restore, and tell what is where."""
    clock = SystemClock()
    ids = SystemIds(clock)
    with opened(options, ids) as (database, files):
        done = restore(options.backup, database, files, clock, ids, Meter(clock), replace=options.replace)
    made_at = datetime.fromtimestamp(done.manifest.made_at / 1000, UTC)
    if options.json:
        answer = {"backup": str(done.backup), "made_at": done.manifest.made_at, "aside": done.aside}
        print(json.dumps(answer, ensure_ascii=False))
        return 0
    print(
        _("Restored: {backup}, made {moment} UTC").format(
            backup=done.backup, moment=f"{made_at:%Y-%m-%d %H:%M}"
        )
    )
    if done.aside is not None:
        print(_("What was there before is kept: {aside}").format(aside=done.aside))
    print(_("Desks notice by themselves and send again what this backup does not have."))
    return 0
