"""The acts of a verb on the command line: which one is done, by what moment, and its report as a line of JSON."""

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from typing import Any

from server_sync.automation.definition_files import Outcome
from server_sync.automation.moments import read_moment
from server_sync.automation.words import outcome_words
from server_sync.domain.clock import SystemClock
from server_sync.store import company
from server_sync.store.database import Database
from server_sync.texts import _

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
    with database.read() as connection:
        timezone = company.setting_of(connection, "company")["timezone"]
    return read_moment(options.as_of, timezone)


def carry_out(options: argparse.Namespace, acts: Acts) -> int:
    """Do the act that was asked for; with --json its report is the last line."""
    with closing(Database(options.database)) as database:
        report = acts[options.act](options, database)
    if options.json:
        print(json.dumps(report, ensure_ascii=False))
    return 0


def told(codes: Sequence[str], outcomes: Sequence[Outcome]) -> list[dict[str, str]]:
    """What storing did with each code, printed a line each; returned as JSON."""
    both = list(zip(codes, outcomes, strict=True))
    for code, outcome in both:
        print(f"{code}\t{outcome_words(outcome)}")
    return [{"code": code, "outcome": outcome.value} for code, outcome in both]
