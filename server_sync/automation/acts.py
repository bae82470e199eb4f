"""The acts of a verb on the command line: which one is done, by what moment, and its report as a line of JSON."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from typing import Any

from server_sync.automation.definition_files import Outcome
from server_sync.automation.faults import REFUSED, Faulty, tell
from server_sync.automation.moments import read_moment
from server_sync.automation.words import outcome_words
from server_sync.domain.clock import SystemClock
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.rules.local_time import iso_day, zone
from server_sync.store import company
from server_sync.store.database import Database
from server_sync.texts import _
from server_sync.texts.beside import words_beside

YEARS_BACK = 20
"""A company's orders may be older than its server; what is asked for beyond is a slip of the pen."""
DAYS_A_YEAR = 366
Acts = Mapping[str, Callable[[argparse.Namespace, Database], Any]]


def add_as_of(parser: argparse.ArgumentParser) -> None:
    """The option that `as_of` reads."""
    parser.add_argument(
        "--as-of",
        metavar="TIME",
        help=_("2017-12-31 (the end of that day) or 2017-12-31T09:00; else now"),
    )


def as_of(options: argparse.Namespace, database: Database) -> int:
    """The moment that was asked for (ms), else now. Raises the KnownErrors of `read_moment`."""
    if options.as_of is None:
        return SystemClock().now()
    return read_moment(options.as_of, _timezone(database))


def as_of_to_write(options: argparse.Namespace, database: Database) -> int:
    """The same for what is written by it: on another day than today that is said, and without --yes no later than
    tomorrow and no more than YEARS_BACK ago. Raises KnownError OUT_OF_RANGE {field, value, least, most} too."""
    at = as_of(options, database)
    local = zone(_timezone(database))
    day, today = local.day(at), local.day(SystemClock().now())
    first, last = today - YEARS_BACK * DAYS_A_YEAR, today + 1
    if not (options.yes or first <= day <= last):
        raise KnownError(
            ErrorKind.OUT_OF_RANGE,
            field="--as-of",
            value=options.as_of,
            least=iso_day(first),
            most=iso_day(last),
        )
    if day != today:
        text = _("By the data and the clock of {day}, not of today, {today}.")
        print(text.format(day=iso_day(day), today=iso_day(today)), file=sys.stderr)
    return at


def _timezone(database: Database) -> str:
    with database.read() as connection:
        timezone: str = company.setting_of(connection, "company")["timezone"]
    return timezone


def carry_out(options: argparse.Namespace, acts: Acts) -> int:
    """Do the act that was asked for; with --json its report is all of stdout. Of files that cannot be taken in all that
    is wrong is told, by {"error", "values", "faults"} or by the report's own "faults"; then the exit code is 2."""
    try:
        with closing(Database(options.database)) as database, words_beside(options):
            report = acts[options.act](options, database)
    except Faulty as faulty:
        return tell(faulty, as_json=options.json)
    if options.json:
        print(json.dumps(report, ensure_ascii=False))
    return REFUSED if isinstance(report, dict) and report.get("faults") else 0


def told(outcomes: Sequence[tuple[str, Outcome]]) -> list[dict[str, str]]:
    """What storing did by code, printed a line each; returned as JSON."""
    for code, outcome in outcomes:
        print(f"{code}\t{outcome_words(outcome)}")
    return [{"code": code, "outcome": outcome.value} for code, outcome in outcomes]
