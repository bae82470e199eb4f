"""`segments`: works out the segmentation; takes definitions in, gives them out, lists and removes them. The work itself
stands in `segments` and `segment_removal`."""

import argparse
import json
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from server_sync.automation import definitions, segment_removal
from server_sync.automation.acts import Acts, add_as_of, as_of_to_write, carry_out, told
from server_sync.automation.segment_jobs import HANDFUL
from server_sync.automation.segments import Segmentation
from server_sync.automation.words import trouble
from server_sync.domain.clock import SystemClock
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import SystemIds
from server_sync.domain.model import customer, segment
from server_sync.domain.rules.segment_definition import looked_at_segment
from server_sync.store.database import Database
from server_sync.texts import _
from server_sync.texts.beside import add_json

__all__ = ["add_arguments", "run", "trouble"]

SEGMENTS = definitions.Kind("segments", looked_at_segment, partial(definitions.store_row, segment))
COLUMNS = ("code", "name", "tag", "position", "active", "audience", "source")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `segments` takes besides --database."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="run|import|check|export|remove|list")
    run_act = acts.add_parser("run", help=_("work out stage, value, risk and segments of all customers"))
    add_as_of(run_act)
    run_act.add_argument("--yes", action="store_true", help=_("also where --as-of is far off"))
    for name, help_text in (
        ("import", _("add segments, or change those of the same code")),
        ("check", _("say what is wrong with segments in files; nothing is changed")),
    ):
        take = acts.add_parser(name, help=help_text, aliases=["save"] if name == "import" else [])
        take.add_argument("files", nargs="+", type=Path, metavar="FILE.json")
    export = acts.add_parser("export", help=_("print segments as a file to be imported has them"))
    export.add_argument("codes", nargs="*", metavar="CODE", help=_("these segments only"))
    remove = acts.add_parser(
        "remove", help=_("remove segments; their customers leave them and lose their tags")
    )
    remove.add_argument("codes", nargs="+", metavar="CODE")
    acts.add_parser("list", help=_("list the segments with how many customers are in them"))
    for act in set(acts.choices.values()):  # "save" is another name of "import"
        add_json(act)


def run(options: argparse.Namespace) -> int:
    """Do what `segments` was asked for. 0 when it is done; 2 for a KnownError, and nothing is changed.

    With --json stdout holds one object: {"looked_at", "changed": {column: customers}} after `run`, {"segments":
    [{"code", "outcome"}]} after `import`, the same with "faults" after `definitions.check`, {"segments": [{"code",
    "customers"}]} after `remove` with how many left it, {"segments": [row with "customers"]} for `list`; the segments
    themselves for `export`.
    """
    acts: Acts = {
        "run": _run,
        "import": _import,
        "save": _import,
        "check": _check,
        "export": _export,
        "remove": _remove,
        "list": _list,
    }
    return carry_out(options, acts)


def _run(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    clock = SystemClock()
    at = as_of_to_write(options, database)
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
    with database.read() as connection:
        rows = connection.execute(
            select(*(segment.c[name] for name in COLUMNS)).order_by(segment.c.position, segment.c.code)
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
    clock = SystemClock()
    with database.write(clock.now()) as tx:
        outcomes = definitions.take_in(tx, SystemIds(clock), SEGMENTS, options.files)
    return {"segments": told(outcomes)}


def _check(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    return definitions.check(database, SEGMENTS, options.files)


def _export(options: argparse.Namespace, database: Database) -> list[dict[str, Any]]:
    with database.read() as connection:
        wanted = select(*(segment.c[name] for name in COLUMNS))
        rows = connection.execute(wanted.order_by(segment.c.position, segment.c.code)).mappings()
        found = {row["code"]: {name: row[name] for name in COLUMNS if row[name] is not None} for row in rows}
    for code in options.codes:
        if code not in found:
            raise KnownError(ErrorKind.NOT_FOUND, table="segment", name=code)
    chosen = [found[code] for code in options.codes or found]
    if not options.json:
        print(json.dumps(chosen, ensure_ascii=False, indent=2))
    return chosen


def _remove(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    codes = list(dict.fromkeys(options.codes))
    left = segment_removal.remove(database, SystemClock(), codes)
    for code in codes:
        print(_("{code}\tremoved; {count} customers were in it").format(code=code, count=left[code]))
    return {"segments": [{"code": code, "customers": left[code]} for code in codes]}
