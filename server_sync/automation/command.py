"""`plan`: runs the plans, adds and lists them; what a run does stands in `plans`."""

import argparse
import json
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import select

from server_sync.automation.assignment import Unassigned
from server_sync.automation.definition_files import file_content
from server_sync.automation.moments import read_moment
from server_sync.automation.plan_files import read_plans, store_plan
from server_sync.automation.plans import MOST_UNASKED, plan_run
from server_sync.automation.run_report import PlanReport, PlanRunReport, Skip
from server_sync.automation.words import outcome_words, trouble
from server_sync.domain.clock import SystemClock
from server_sync.domain.ids import SystemIds
from server_sync.domain.model import form, plan
from server_sync.store import company
from server_sync.store.database import Database
from server_sync.texts import _

__all__ = ["add_arguments", "run", "trouble"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `plan` takes besides --database."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="run|add|list")
    run_act = acts.add_parser("run", help=_("make the tasks that are due and hand them out"))
    run_act.add_argument(
        "--as-of",
        metavar="TIME",
        help=_("2017-12-31 (the end of that day) or 2017-12-31T09:00; else now"),
    )
    run_act.add_argument("--plan", metavar="CODE", help=_("run this plan only"))
    run_act.add_argument("--yes", action="store_true", help=_("also where a plan makes very many tasks"))
    add = acts.add_parser("add", help=_("add plans, or change those of the same code"))
    add.add_argument("files", nargs="+", type=Path, metavar="FILE.json")
    acts.add_parser("list", help=_("list the plans"))
    for act in acts.choices.values():
        act.add_argument("--json", action="store_true", help=_("end with one line of JSON"))


def run(options: argparse.Namespace) -> int:
    """Do what `plan` was asked for. 0 when it is done; 2 for a KnownError, and nothing is changed.

    With --json the last line is `PlanRunReport.to_json`, {"plans": [{"code", "outcome"}]} after `add`, {"plans": [row]}
    for `list`.
    """
    acts = {"run": _run, "add": _add, "list": _list}
    with closing(Database(options.database)) as database:
        report = acts[options.act](options, database)
    if options.json:
        print(json.dumps(report, ensure_ascii=False))
    return 0


def _run(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    clock = SystemClock()
    as_of = clock.now()
    if options.as_of is not None:
        with database.read() as connection:
            timezone = company.setting_of(connection, "company")["timezone"]
        as_of = read_moment(options.as_of, timezone)
    most = None if options.yes else MOST_UNASKED
    report = plan_run(database, as_of, clock, SystemIds(clock), options.plan, most)
    for line in report_lines(report):
        print(line)
    return report.to_json()


def _add(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    definitions = [one for path in options.files for one in read_plans(file_content(path), path.name)]
    clock = SystemClock()
    ids = SystemIds(clock)
    with database.write(clock.now()) as tx:
        outcomes = [(one.code, store_plan(tx, ids, one)) for one in definitions]
    for code, outcome in outcomes:
        print(f"{code}\t{outcome_words(outcome)}")
    return {"plans": [{"code": code, "outcome": outcome.value} for code, outcome in outcomes]}


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
