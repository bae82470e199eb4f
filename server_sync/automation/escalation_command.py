"""`escalation`: takes in ladders of reminders and lists them; what they do stands in the jobs' `ladders`."""

import argparse
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from server_sync.automation import definitions
from server_sync.automation.acts import carry_out, told
from server_sync.automation.definition_files import Outcome
from server_sync.automation.plan_needs import absent
from server_sync.automation.words import trouble
from server_sync.domain.clock import SystemClock
from server_sync.domain.ids import SystemIds
from server_sync.domain.model import escalation_policy, plan
from server_sync.domain.rules.escalation_definition import looked_at_policy
from server_sync.domain.rules.faults import Placed
from server_sync.jobs import ladders
from server_sync.store.database import Database
from server_sync.texts import _
from server_sync.texts.beside import add_json

__all__ = ["add_arguments", "run", "trouble"]


def _lacking(connection: Connection, policy: Mapping[str, Any]) -> Iterator[Placed]:
    """The plans that the company does not have: KnownError NOT_FOUND {table, name}."""
    for number, code in enumerate(policy["applies_to"].get("plans", []), start=1):
        yield from absent(connection, plan, f"applies_to.plans.{number}", code)


LADDERS = definitions.Kind(
    "policies", looked_at_policy, partial(definitions.store_row, escalation_policy), _lacking
)
COLUMNS = ("code", "name", "position", "active", "applies_to", "steps", "source")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `escalation` takes besides --database."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="import|check|list")
    for name, help_text in (
        ("import", _("add ladders of reminders, or change those of the same code")),
        ("check", _("say what is wrong with ladders in files; nothing is changed")),
    ):
        take = acts.add_parser(name, help=help_text)
        take.add_argument("files", nargs="+", type=Path, metavar="FILE.json")
    acts.add_parser("list", help=_("list the ladders of reminders"))
    for act in acts.choices.values():
        add_json(act)


def run(options: argparse.Namespace) -> int:
    """Do what `escalation` was asked for. 0 when it is done; 2 for a KnownError, and nothing is changed.

    With --json stdout holds one object: {"policies": [{"code", "outcome"}]} after `import`, the same with "faults"
    after `definitions.check`, {"policies": [row]} for `list`.
    """
    return carry_out(options, {"import": _import, "check": _check, "list": _list})


def _list(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    found = select(*(escalation_policy.c[name] for name in COLUMNS))
    with database.read() as connection:
        rows = connection.execute(found.order_by(escalation_policy.c.position, escalation_policy.c.code))
        policies = [dict(row) for row in rows.mappings()]
    for row in policies:
        print(row["code"], row["name"], _("{count} steps").format(count=len(row["steps"])), sep="\t")
    return {"policies": policies}


def _import(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    clock = SystemClock()
    with database.write(clock.now()) as tx:
        outcomes = definitions.take_in(tx, SystemIds(clock), LADDERS, options.files)
        if {outcome for _, outcome in outcomes} != {Outcome.UNCHANGED}:
            ladders.calendar_changed(tx)
    return {"policies": told(outcomes)}


def _check(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    return definitions.check(database, LADDERS, options.files)
