"""`forms`: publishes a guide or survey from its workbook; what a form may ask for stands in the domain's forms."""

import argparse
import json
from contextlib import closing
from pathlib import Path

from server_sync.automation.command import outcome_words
from server_sync.automation.forms import store_form
from server_sync.domain.clock import SystemClock
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.publishing import publish
from server_sync.domain.ids import SystemIds
from server_sync.store.database import Database
from server_sync.texts import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `forms` takes besides --database."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="publish")
    act = acts.add_parser("publish", help=_("make a workbook (XLSForm) or XForm the form's current version"))
    act.add_argument("file", type=Path, metavar="FILE", help=_("an .xlsx, .xls, .csv, .md or .xml file"))
    act.add_argument("--code", help=_("the form's code; else the one in the file"))
    act.add_argument("--json", action="store_true", help=_("end with one line of JSON"))


def run(options: argparse.Namespace) -> int:
    """Publish. With --json the last line is {"code", "version", "outcome", "warnings"}."""
    try:
        published = publish(options.file, options.file.name)
    except OSError as error:
        raise KnownError(ErrorKind.FORM_UNREADABLE, reason="missing", filename=options.file.name) from error
    clock = SystemClock()
    with closing(Database(options.database)) as database, database.write(clock.now()) as tx:
        stored = store_form(tx, SystemIds(clock), published, options.code)
    for warning in published.warnings:
        print(warning)
    print(f"{stored.code} {stored.version}\t{outcome_words(stored.outcome)}")
    if options.json:
        report = {"code": stored.code, "version": stored.version, "outcome": stored.outcome.value}
        print(json.dumps({**report, "warnings": list(published.warnings)}, ensure_ascii=False))
    return 0
