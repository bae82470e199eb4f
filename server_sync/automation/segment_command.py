"""`segments`: works out the segmentation, takes in definitions and lists them; the work itself stands in `segments`."""

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from server_sync.automation.acts import add_as_of, as_of, carry_out, told
from server_sync.automation.definition_files import check_codes, objects_in, store
from server_sync.automation.segment_jobs import HANDFUL
from server_sync.automation.segments import Segmentation
from server_sync.automation.words import trouble
from server_sync.domain.clock import SystemClock
from server_sync.domain.ids import SystemIds
from server_sync.domain.model import customer, segment
from server_sync.domain.rules.segment_definition import checked_segment
from server_sync.store.database import Database
from server_sync.texts import _

__all__ = ["add_arguments", "run", "trouble"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `segments` takes besides --database."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="run|list|import")
    run_act = acts.add_parser("run", help=_("work out stage, value, risk and segments of all customers"))
    add_as_of(run_act)
    acts.add_parser("list", help=_("list the segments with how many customers are in them"))
    take = acts.add_parser("import", help=_("add segments, or change those of the same code"))
    take.add_argument("files", nargs="+", type=Path, metavar="FILE.json")
    for act in acts.choices.values():
        act.add_argument("--json", action="store_true", help=_("end with one line of JSON"))


def run(options: argparse.Namespace) -> int:
    """Do what `segments` was asked for. 0 when it is done; 2 for a KnownError, and nothing is changed.

    With --json the last line is {"looked_at", "changed": {column: customers}} after `run`, {"segments": [{"code",
    "outcome"}]} after `import`, {"segments": [row with "customers"]} for `list`.
    """
    return carry_out(options, {"run": _run, "list": _list, "import": _import})


def _run(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    clock = SystemClock()
    at = as_of(options, database)
    with database.write(clock.now()) as tx:
        whole = Segmentation(tx, at)
        whole.draw_bounds()
        found = whole.find()
    changed: Counter[str] = Counter()
    for start in range(0, len(found), HANDFUL):
        with database.write(clock.now()) as tx:
            changed += Segmentation(tx, at).settle(found[start : start + HANDFUL])
    print(_("{count} customers looked at.").format(count=len(found)))
    for name, count in sorted(changed.items()):
        print(f"{name}\t{count}")
    return {"looked_at": len(found), "changed": dict(sorted(changed.items()))}


def _list(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    columns = ("code", "name", "tag", "position", "active", "audience", "source")
    with database.read() as connection:
        rows = connection.execute(
            select(*(segment.c[name] for name in columns)).order_by(segment.c.position, segment.c.code)
        ).mappings()
        found = [dict(row) for row in rows]
        inside: Counter[str] = Counter()
        kinds = select(customer.c.segment_codes, func.count()).group_by(customer.c.segment_codes)
        for codes, count in connection.execute(kinds):
            inside.update(dict.fromkeys(codes, count))
    for row in found:
        row["customers"] = inside[row["code"]]
        print("\t".join(str(row[name] or "") for name in ("code", "name", "tag")), row["customers"], sep="\t")
    return {"segments": found}


def _import(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    definitions = [checked_segment(item) for item in objects_in(options.files)]
    codes = [one["code"] for one in definitions]
    check_codes(codes)
    clock = SystemClock()
    ids = SystemIds(clock)
    with database.write(clock.now()) as tx:
        outcomes = [store(tx, ids, segment, one) for one in definitions]
    return {"segments": told(codes, outcomes)}
