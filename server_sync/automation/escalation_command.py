"""`escalation`: takes in ladders of reminders and lists them; what they do stands in the jobs' `ladders`."""

import argparse
from pathlib import Path
from typing import Any

from sqlalchemy import select

from server_sync.automation.acts import carry_out, told
from server_sync.automation.definition_files import Outcome, check_codes, objects_in, store
from server_sync.automation.words import trouble
from server_sync.domain.clock import SystemClock
from server_sync.domain.ids import SystemIds
from server_sync.domain.model import escalation_policy
from server_sync.domain.rules.escalation_definition import checked_policy
from server_sync.jobs import ladders
from server_sync.store.database import Database
from server_sync.texts import _
from server_sync.texts.beside import add_json

__all__ = ["add_arguments", "run", "trouble"]

COLUMNS = ("code", "name", "position", "active", "applies_to", "steps", "source")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `escalation` takes besides --database."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="import|list")
    take = acts.add_parser("import", help=_("add ladders of reminders, or change those of the same code"))
    take.add_argument("files", nargs="+", type=Path, metavar="FILE.json")
    acts.add_parser("list", help=_("list the ladders of reminders"))
    for act in acts.choices.values():
        add_json(act)


def run(options: argparse.Namespace) -> int:
    """Do what `escalation` was asked for. 0 when it is done; 2 for a KnownError, and nothing is changed.

    With --json stdout holds one object: {"policies": [{"code", "outcome"}]} after `import`, {"policies": [row]} for
    `list`.
    """
    return carry_out(options, {"import": _import, "list": _list})


def _list(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    found = select(*(escalation_policy.c[name] for name in COLUMNS))
    with database.read() as connection:
        rows = connection.execute(found.order_by(escalation_policy.c.position, escalation_policy.c.code))
        policies = [dict(row) for row in rows.mappings()]
    for row in policies:
        print(row["code"], row["name"], _("{count} steps").format(count=len(row["steps"])), sep="\t")
    return {"policies": policies}


def _import(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    policies = [checked_policy(item) for item in objects_in(options.files)]
    codes = [one["code"] for one in policies]
    check_codes(codes)
    clock = SystemClock()
    ids = SystemIds(clock)
    with database.write(clock.now()) as tx:
        outcomes = [store(tx, ids, escalation_policy, one) for one in policies]
        if set(outcomes) != {Outcome.UNCHANGED}:
            ladders.calendar_changed(tx)
    return {"policies": told(codes, outcomes)}
