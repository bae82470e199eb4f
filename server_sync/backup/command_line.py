"""What `backup` and `restore` share on the command line: options, what they open, how they show progress."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from server_sync.domain.clock import Clock
from server_sync.domain.ids import Ids
from server_sync.store.attachment_files import AttachmentFiles, default_folder
from server_sync.store.database import Database
from server_sync.texts import _

_SECONDS_BETWEEN = 0.5


def add_shared_arguments(parser: argparse.ArgumentParser) -> None:
    """Where attachments lie, for those who do not leave it where `serve` puts them; and how to answer."""
    parser.add_argument(
        "--attachments", type=Path, metavar="FOLDER", help=_("where attachments lie; as of serve")
    )
    parser.add_argument("--json", action="store_true", help=_("answer in one line of JSON"))


@contextmanager
def opened(options: argparse.Namespace, ids: Ids) -> Iterator[tuple[Database, AttachmentFiles]]:
    """The database that was named and the folder of attachments that goes with it."""
    with closing(Database(options.database)) as database:
        yield database, AttachmentFiles(options.attachments or default_folder(database), ids)


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
