"""What a run or a preview of plans says to a person on the command line; its numbers stand in `run_report`."""

from collections.abc import Iterable

from server_sync.automation.assignment import Unassigned
from server_sync.automation.run_report import PlanReport, PlanRunReport, Skip
from server_sync.domain.wire.plans import PlanPreview
from server_sync.texts import _


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


def preview_lines(code: str, found: PlanPreview) -> Iterable[str]:
    """A preview for a person: how many, what would become of them, and some of them."""
    yield f"{code}:"
    yield _("in the audience: {count}").format(count=found.audience)
    yield _("picked by the trigger: {count}").format(count=found.picked)
    yield _("would get a task: {made} of {decided}").format(made=found.made, decided=found.decided)
    if found.merged:
        yield _("added to tasks that are there: {count}").format(count=found.merged)
    yield from (
        f"{text} {found.skipped[skip]}" for skip, text in _skip_words().items() if found.skipped.get(skip)
    )
    for one in found.sample:
        yield "\t".join(str(one.customer[name] or "") for name in ("code", "name", "tier"))


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
