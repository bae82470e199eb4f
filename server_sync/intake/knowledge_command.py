"""`knowledge`: takes articles of the knowledge base in from a spreadsheet; what they may be stands in `knowledge`."""

import argparse
import json
from contextlib import closing
from pathlib import Path

from server_sync.domain.clock import SystemClock
from server_sync.domain.ids import SystemIds
from server_sync.intake.knowledge import read_articles
from server_sync.intake.words import place, reason, trouble
from server_sync.intake.workbook import read_workbook_file
from server_sync.store.articles import Fate, put
from server_sync.store.database import Database
from server_sync.texts import _
from server_sync.texts.beside import add_json, words_beside

__all__ = ["add_arguments", "run", "trouble"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `knowledge` takes besides --database."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="import")
    act = acts.add_parser("import", help=_("add articles, or change those of the same code"))
    act.add_argument(
        "file", type=Path, metavar="FILE", help=_("an .xlsx, .xls or .csv with one article a row")
    )
    add_json(act)


def run(options: argparse.Namespace) -> int:
    """Take the good rows in, and name the others with row and column. 0 when it is done, refused rows or not.

    With --json stdout holds {"created", "updated", "unchanged", "errors": [{"sheet", "row", "column", "kind",
    "values"}]}. Raises KnownError for a file as a whole; then nothing is changed.
    """
    given = read_articles(read_workbook_file(options.file))
    clock = SystemClock()
    with closing(Database(options.database)) as database, database.write(clock.now()) as tx:
        fates = put(tx, SystemIds(clock), given.articles, None)
    counts = {fate.value: fates[fate] for fate in Fate}
    with words_beside(options):
        for error in given.findings.errors:
            print(f"{place(error)}: {reason(error)}")
        print(_("Articles: {created} added, {updated} changed, {unchanged} unchanged").format(**counts))
    if options.json:
        errors = [error.to_json() for error in given.findings.errors]
        print(json.dumps({**counts, "errors": errors}, ensure_ascii=False))
    return 0
