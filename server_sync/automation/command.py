"""`plan`: runs the plans, adds and lists them; what a run does stands in `plans`."""

import argparse
import json
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select

from server_sync.automation import definitions
from server_sync.automation.acts import Acts, add_as_of, as_of, as_of_to_write, carry_out, told
from server_sync.automation.plan_files import PLANS, definition_of
from server_sync.automation.plans import plan_rows, plan_run
from server_sync.automation.preview import preview
from server_sync.automation.report_words import preview_lines, report_lines
from server_sync.automation.words import trouble
from server_sync.domain.clock import SystemClock
from server_sync.domain.commands import Rejected, SetPlanState
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import SystemIds
from server_sync.domain.model import PlanState, form, plan
from server_sync.domain.rules.plans.definition import MOST_UNASKED
from server_sync.jobs import plan_look, server_command
from server_sync.store.database import Database
from server_sync.texts import _
from server_sync.texts.beside import add_json

__all__ = ["add_arguments", "run", "trouble"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `plan` takes besides --database."""
    acts = parser.add_subparsers(
        dest="act", required=True, metavar="run|import|export|check|preview|set|list"
    )
    run_act = acts.add_parser("run", help=_("make the tasks that are due and hand them out"))
    add_as_of(run_act)
    run_act.add_argument("--plan", metavar="CODE", help=_("run this plan only"))
    run_act.add_argument(
        "--yes", action="store_true", help=_("also where a plan makes very many tasks, or --as-of is far off")
    )
    for name, help_text in (
        ("import", _("add plans, or change those of the same code")),
        ("check", _("say what is wrong with plans in files; nothing is changed")),
    ):
        act = acts.add_parser(name, help=help_text, aliases=["add"] if name == "import" else [])
        act.add_argument("files", nargs="+", type=Path, metavar="FILE.json")
    export = acts.add_parser("export", help=_("print plans as a file to be imported has them"))
    export.add_argument("codes", nargs="*", metavar="CODE", help=_("these plans only"))
    shown = acts.add_parser("preview", help=_("whom the plans in files would pick now; nothing is changed"))
    shown.add_argument("files", nargs="+", type=Path, metavar="FILE.json")
    shown.add_argument("--plan", metavar="CODE", help=_("this plan only"))
    add_as_of(shown)
    state = acts.add_parser("set", help=_("set a plan to work, pause it or end it"))
    state.add_argument("code", metavar="CODE", help=_("the plan's code"))
    state.add_argument(
        "state", choices=[one.value for one in PlanState], help=_("a draft, at work, paused or over")
    )
    acts.add_parser("list", help=_("list the plans"))
    for act in set(acts.choices.values()):  # "add" is another name of "import"
        add_json(act)


def run(options: argparse.Namespace) -> int:
    """Do what `plan` was asked for. 0 when it is done; 2 for a KnownError, and nothing is changed.

    With --json stdout holds one object: `PlanRunReport.to_json`, {"plans": [{"code", "outcome"}]} after `import`, the
    same with "faults" after `definitions.check`, {"plans": [row]} for `list`, the plans themselves for `export`,
    {"plans": [`PlanPreview` with "code"]} for `preview`.
    """
    acts: Acts = {
        "run": _run,
        "import": _stored,
        "add": _stored,
        "check": _check,
        "export": _export,
        "preview": _preview,
        "set": _set,
        "list": _list,
    }
    return carry_out(options, acts)


def _run(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    clock = SystemClock()
    most = None if options.yes else MOST_UNASKED
    report = plan_run(
        database, as_of_to_write(options, database), clock, SystemIds(clock), options.plan, most
    )
    for line in report_lines(report):
        print(line)
    return report.to_json()


def _stored(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    clock = SystemClock()
    with database.write(clock.now()) as tx:
        outcomes = definitions.take_in(tx, SystemIds(clock), PLANS, options.files)
    return {"plans": told(outcomes)}


def _check(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    return definitions.check(database, PLANS, options.files)


def _set(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    clock = SystemClock()
    with database.write(clock.now()) as tx:
        row = tx.connection.execute(
            select(plan.c.id, plan.c.state).where(plan.c.code == options.code)
        ).first()
        if row is None:
            raise KnownError(ErrorKind.NOT_FOUND, table="plan", name=options.code)
        decision = server_command.run(tx, SetPlanState(row.id, options.state, row.state), None)
        if isinstance(decision, Rejected):
            raise KnownError(decision.kind, **decision.values)
        plan_look.follow(tx, decision.changes)
    print(f"{options.code}\t{options.state}")
    return {"code": options.code, "state": options.state}


def _export(options: argparse.Namespace, database: Database) -> list[dict[str, Any]]:
    with database.read() as connection:
        rows = connection.execute(plan_rows().order_by(plan.c.priority.desc(), plan.c.code)).mappings()
        found = {row["code"]: definition_of(dict(row)) for row in rows}
    for code in options.codes:
        if code not in found:
            raise KnownError(ErrorKind.NOT_FOUND, table="plan", name=code)
    chosen = [found[code] for code in options.codes or found]
    if not options.json:
        print(json.dumps(chosen, ensure_ascii=False, indent=2))
    return chosen


def _preview(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    with database.read() as connection:
        plans = [one for _, one in definitions.read(PLANS, options.files, connection)]
    if options.plan is not None:
        plans = [one for one in plans if one.code == options.plan]
        if not plans:
            raise KnownError(ErrorKind.NOT_FOUND, table="plan", name=options.plan)
    at = as_of(options, database)
    found = []
    for definition in plans:
        with database.read() as connection:
            shown = preview(connection, SystemIds(SystemClock()), at, definition)
        for line in preview_lines(definition.code, shown):
            print(line)
        found.append({"code": definition.code, **msgspec.to_builtins(shown)})
    return {"plans": found}


def _list(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    columns = ("code", "name", "state", "purpose", "channel", "trigger", "params", "priority", "source")
    with database.read() as connection:
        rows = connection.execute(
            select(*(plan.c[name] for name in columns), form.c.code.label("form"))
            .outerjoin(form, form.c.id == plan.c.form_id)
            .order_by(plan.c.priority.desc(), plan.c.code)
        ).mappings()
        found = [dict(row) for row in rows]
    for row in found:
        print("\t".join(str(row[name] or "") for name in ("code", "name", "state", "trigger", "form")))
    return {"plans": found}
