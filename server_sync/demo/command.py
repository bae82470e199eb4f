"""`demo`: makes a company to try the product with, in a database of its own, and says how to sign in."""

import argparse
import json
from contextlib import closing
from pathlib import Path

from server_sync.automation.moments import read_moment
from server_sync.demo import company
from server_sync.demo.build import make_demo
from server_sync.domain.clock import SystemClock
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import SystemIds
from server_sync.store.database import Database
from server_sync.texts import _

CUSTOMERS = 300
FEWEST, MOST = 100, 200_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `demo` takes besides --database."""
    parser.add_argument("--customers", type=int, default=CUSTOMERS, metavar="N", help=_("how many customers"))
    parser.add_argument("--now", metavar="TIME", help=_("the moment that the demo leads up to; else now"))
    parser.add_argument("--json", action="store_true", help=_("answer in one line of JSON"))


def run(options: argparse.Namespace) -> int:
    """Make the database, the schema and the demo, as far as they are not there yet.

    With --json the last line is {"made", "customers", "now", "agent": {"login", "password"}, "supervisor": {…},
    "administrator": {…}}. Raises KnownError OUT_OF_RANGE {field, least, most} and those of `make_demo`.
    """
    if not FEWEST <= options.customers <= MOST:
        raise KnownError(ErrorKind.OUT_OF_RANGE, field="customers", least=FEWEST, most=MOST)
    clock = SystemClock()
    now = clock.now() if options.now is None else read_moment(options.now, company.TIMEZONE)
    with closing(Database(options.database)) as database:
        if database.is_sqlite:
            Path(str(database.url.database)).parent.mkdir(parents=True, exist_ok=True)
        database.migrate(SystemIds(clock))
        report = make_demo(database, options.customers, now).to_json()
    if options.json:
        print(json.dumps(report, ensure_ascii=False))
        return 0
    for role in ("agent", "supervisor", "administrator"):
        print("{login}\t{password}".format(**report[role]))
    return 0
