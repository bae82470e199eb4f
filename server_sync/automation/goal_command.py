"""`goal`: takes in goals, measures them and lists them with how far they have come."""

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from server_sync.automation import definitions, goals
from server_sync.automation.acts import add_as_of, as_of_to_write, carry_out, told
from server_sync.automation.definition_files import Outcome
from server_sync.automation.moments import Moment
from server_sync.automation.words import trouble
from server_sync.domain.clock import SystemClock
from server_sync.domain.commands import Insert, Rejected, SaveGoal
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import Ids, SystemIds
from server_sync.domain.model import goal, team
from server_sync.domain.rules.faults import Placed
from server_sync.domain.rules.goals import looked_at_goal, progress
from server_sync.jobs import server_command
from server_sync.store import company
from server_sync.store.database import Database
from server_sync.store.transaction import Transaction
from server_sync.texts import _
from server_sync.texts.beside import add_json

__all__ = ["add_arguments", "run", "trouble"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `goal` takes besides --database."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="list|import|check|measure")
    acts.add_parser("list", help=_("list the goals with how far they have come"))
    for name, help_text in (
        ("import", _("add goals, or change those of the same code")),
        ("check", _("say what is wrong with goals in files; nothing is changed")),
    ):
        take = acts.add_parser(name, help=help_text)
        take.add_argument("files", nargs="+", type=Path, metavar="FILE.json")
    measure = acts.add_parser("measure", help=_("measure the goals"))
    add_as_of(measure)
    measure.add_argument("--yes", action="store_true", help=_("also where --as-of is far off"))
    for act in acts.choices.values():
        add_json(act)


def run(options: argparse.Namespace) -> int:
    """Do what `goal` was asked for. 0 when it is done; 2 for a KnownError, and nothing is changed.

    With --json stdout holds one object: {"goals": [{"code", "outcome"}]} after `import`, the same with "faults" after
    `definitions.check`, else {"goals": [row with "percent", "expected_percent", "days_left", "behind"]}.
    """
    return carry_out(options, {"list": _list, "import": _import, "check": _check, "measure": _measure})


def _list(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    return _shown(database, SystemClock().now())


def _measure(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    at = as_of_to_write(options, database)
    with database.write(SystemClock().now()) as tx:
        goals.measure_all(tx, at)
    return _shown(database, at)


def _import(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    clock = SystemClock()
    with database.write(clock.now()) as tx:
        outcomes = definitions.take_in(tx, SystemIds(clock), GOALS, options.files)
    return {"goals": told(outcomes)}


def _check(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    return definitions.check(database, GOALS, options.files)


def _save(tx: Transaction, ids: Ids, values: dict[str, Any]) -> Outcome:
    """Set the goal of a file as the file has it, whatever stands."""
    found = select(goal).where(goal.c.id == SaveGoal(values, None).goal_id)
    stands = tx.connection.execute(found).mappings().one_or_none()
    decision = server_command.run(tx, SaveGoal(values, None if stands is None else dict(stands)), None)
    if isinstance(decision, Rejected):
        raise KnownError(decision.kind, **decision.values)
    if not decision.changes:
        return Outcome.UNCHANGED
    return Outcome.CREATED if isinstance(decision.changes[0], Insert) else Outcome.UPDATED


def _lacking(connection: Connection, values: Mapping[str, Any]) -> Iterator[Placed]:
    """The teams that the company does not have: KnownError NOT_FOUND {table, name}. A plan that is to come may be named
    before it is there: it names its goal."""
    for number, name in enumerate(values["scope"].get("teams", []), start=1):
        if connection.scalar(select(team.c.id).where(team.c.name == name)) is None:
            yield f"scope.teams.{number}", KnownError(ErrorKind.NOT_FOUND, table="team", name=name)


GOALS = definitions.Kind("goals", looked_at_goal, _save, _lacking)


def _shown(database: Database, at: int) -> dict[str, Any]:
    """Every goal with its progress, printed and as JSON."""
    with database.read() as connection:
        day = Moment(at, company.working_time(connection).zone).day
        rows = [dict(row) for row in connection.execute(select(goal).order_by(goal.c.code)).mappings()]
    found = []
    for row in rows:
        on_the_way = progress(row, day)
        told = {name: value for name, value in row.items() if name not in ("id", "rev", "owner_id")}
        found.append(
            told
            | {
                "percent": on_the_way.percent,
                "expected_percent": on_the_way.expected_percent,
                "days_left": on_the_way.days_left,
                "behind": on_the_way.behind,
            }
        )
        value = "–" if row["value"] is None else row["value"]
        print(
            f"{row['code']}\t{row['name']}\t{value} / {row['target']}\t{row['deadline_on']}\t{row['state']}"
        )
    return {"goals": found}
