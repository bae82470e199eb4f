"""`plan`: runs the plans, adds and lists them; what a run does stands in `plans`."""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select

from server_sync.automation.acts import Acts, add_as_of, as_of, carry_out
from server_sync.automation.assignment import Unassigned
from server_sync.automation.definition_files import file_content
from server_sync.automation.plan_files import definition_of, read_plans, store_plan
from server_sync.automation.plans import plan_rows, plan_run
from server_sync.automation.preview import preview
from server_sync.automation.run_report import PlanReport, PlanRunReport, Skip
from server_sync.automation.words import outcome_words, trouble
from server_sync.domain.clock import SystemClock
from server_sync.domain.commands import Rejected, SetPlanState
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import SystemIds
from server_sync.domain.model import PlanState, form, plan
from server_sync.domain.rules.plans.definition import MOST_UNASKED
from server_sync.jobs import plan_look, server_command
from server_sync.store.database import Database
from server_sync.texts import _

__all__ = ["add_arguments", "run", "trouble"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `plan` takes besides --database."""
    acts = parser.add_subparsers(
        dest="act", required=True, metavar="run|import|export|check|preview|set|list"
    )
    run_act = acts.add_parser("run", help=_("make the tasks that are due and hand them out"))
    add_as_of(run_act)
    run_act.add_argument("--plan", metavar="CODE", help=_("run this plan only"))
    run_act.add_argument("--yes", action="store_true", help=_("also where a plan makes very many tasks"))
    for name, help_text in (
        ("import", _("add plans, or change those of the same code")),
        ("check", _("say what is wrong with plans in files; nothing is changed")),
    ):
        act = acts.add_parser(name, help=help_text, aliases=["add"] if name == "import" else [])
        act.add_argument("files", nargs="+", type=Path, metavar="FILE.json")
    export = acts.add_parser("export", help=_("print plans as a file to be imported has them"))
    export.add_argument("codes", nargs="*", metavar="CODE", help=_("these plans only"))
    shown = acts.add_parser("preview", help=_("whom a plan in a file would pick now; nothing is changed"))
    shown.add_argument("files", nargs=1, type=Path, metavar="FILE.json")
    add_as_of(shown)
    state = acts.add_parser("set", help=_("set a plan to work, pause it or end it"))
    state.add_argument("code", metavar="CODE")
    state.add_argument("state", choices=[one.value for one in PlanState])
    acts.add_parser("list", help=_("list the plans"))
    for act in set(acts.choices.values()):  # "add" is another name of "import"
        act.add_argument("--json", action="store_true", help=_("end with one line of JSON"))


def run(options: argparse.Namespace) -> int:
    """Do what `plan` was asked for. 0 when it is done; 2 for a KnownError, and nothing is changed.

    With --json the last line is `PlanRunReport.to_json`, {"plans": [{"code", "outcome"}]} after `import` and
    `check`, {"plans": [row]} for `list`, the plans themselves for `export`, `PlanPreview` for `preview`.
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
    report = plan_run(database, as_of(options, database), clock, SystemIds(clock), options.plan, most)
    for line in report_lines(report):
        print(line)
    return report.to_json()


def _check(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    """Do all that importing does, and undo it."""
    try:
        return _stored(options, database, keep=False)
    except _Undone as undone:
        return undone.report


class _Undone(Exception):
    """What was only tried is taken back."""

    def __init__(self, report: dict[str, Any]) -> None:
        super().__init__()
        self.report = report


def _stored(options: argparse.Namespace, database: Database, *, keep: bool = True) -> dict[str, Any]:
    definitions = [one for path in options.files for one in read_plans(file_content(path), path.name)]
    clock = SystemClock()
    ids = SystemIds(clock)
    with database.write(clock.now()) as tx:
        outcomes = [(one.code, store_plan(tx, ids, one)) for one in definitions]
        report = {"plans": [{"code": code, "outcome": outcome.value} for code, outcome in outcomes]}
        for code, outcome in outcomes:
            print(f"{code}\t{outcome_words(outcome) if keep else _('can be imported')}")
        if not keep:
            raise _Undone(report)
    return report


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


def _preview(options: argparse.Namespace, database: Database) -> Any:
    (path,) = options.files
    definition = read_plans(file_content(path), path.name)[0]
    at = as_of(options, database)
    with database.read() as connection:
        found = preview(connection, SystemIds(SystemClock()), at, definition)
    print(_("in the audience: {count}").format(count=found.audience))
    print(_("picked by the trigger: {count}").format(count=found.picked))
    print(_("would get a task: {made} of {decided}").format(made=found.made, decided=found.decided))
    for skip, text in _skip_words().items():
        if found.skipped.get(skip):
            print(f"{text} {found.skipped[skip]}")
    for one in found.sample:
        print("\t".join(str(one.customer[name] or "") for name in ("code", "name", "tier")))
    return msgspec.to_builtins(found)


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


def report_lines(report: PlanRunReport) -> Iterable[str]:
    """A run for a person: a line for each plan, then who got how much."""
    if not report.plans:
        yield _("No plan is active.")
    for one in report.plans:
        yield _plan_line(one)
    if report.assigned_later:
        yield _("Tasks of earlier runs handed out now: {count}").format(count=report.assigned_later)
    for login, count in sorted(report.by_agent.items()):
        yield _("{login}: {count} tasks").format(login=login, count=count)


def _plan_line(one: PlanReport) -> str:
    parts = [_("{code}: {made} new tasks for {picked} picked").format(**one.to_json())]
    if one.merged:
        parts.append(_("added to tasks that are there: {count}").format(count=one.merged))
    parts += [f"{text} {one.skipped[skip]}" for skip, text in _skip_words().items() if one.skipped[skip]]
    parts += [f"{text} {one.unassigned[why]}" for why, text in _why_words().items() if one.unassigned[why]]
    return "; ".join(parts)


def _skip_words() -> dict[Skip, str]:
    return {
        Skip.ALREADY_MADE: _("made before:"),
        Skip.CONTROL: _("of the control group:"),
        Skip.DO_NOT_CALL: _("not to be called:"),
        Skip.NO_CONSENT: _("without consent:"),
        Skip.CONTACT_TOO_OFTEN: _("in touch too recently:"),
        Skip.OPEN_TASK: _("still open:"),
        Skip.OTHER_TASK: _("in other tasks:"),
    }


def _why_words() -> dict[Unassigned, str]:
    return {
        Unassigned.NO_TEAM: _("for nobody, without a team:"),
        Unassigned.NOBODY_FITS: _("for nobody, none with the skills:"),
        Unassigned.NOBODY_THERE: _("for nobody, none of those at work that day:"),
        Unassigned.ALL_FULL: _("for nobody, all have a full day:"),
    }
