"""Days, plans and results as bars, in words."""

from datetime import tzinfo

from agent_app.store.queries.team import Day, PlanCount, ResultCount
from agent_app.ui import formats
from agent_app.ui.charts import Bar
from agent_app.ui.i18n import translate
from agent_app.ui.words import disposition_label


def day_bar(day: Day, now: int, tz: tzinfo) -> Bar:
    """One day of the trend: the completion rate as a bar, the connect rate as the line."""
    figures = day.figures
    on = formats.today(day.period.begins_at, tz)
    told = translate(
        "Team",
        "{day}: {completed} of {due} completed ({completion}), {answered} of {dialled} connected ({connect})",
    ).format(
        day=formats.day(on, formats.today(now, tz)),
        completed=figures.completed,
        due=figures.due,
        completion=formats.percent(figures.completion),
        answered=figures.answered,
        dialled=figures.dialled,
        connect=formats.percent(figures.connect),
    )
    return Bar(
        key=day.period,
        label=f"{on:%m-%d}",
        value=100 * (figures.completion or 0.0),
        shown=_points(figures.completion),
        line=None if figures.connect is None else 100 * figures.connect,
        line_shown=_points(figures.connect),
        tooltip=told,
    )


def _points(share: float | None) -> str:
    """A share in per cent without the sign, which the legend has: many stand side by side."""
    return "" if share is None else formats.number(100 * share)


def plan_bar(plan: PlanCount) -> Bar:
    """The tasks of a plan that are due, and how many are completed."""
    share = formats.percent(plan.completed / plan.due)
    name = plan.name or translate("Team", "Without a plan")
    return Bar(
        key=plan,
        label=name,
        value=plan.due,
        shown=f"{formats.number(plan.completed)} / {formats.number(plan.due)}",
        tooltip=translate("Team", "{plan}: {share} completed").format(plan=name, share=share),
    )


def result_bar(result: ResultCount) -> Bar:
    """The calls that ended with a result."""
    label = disposition_label(result.disposition)
    told = translate("Team", "{result}: %n call(s)", result.calls).format(result=label)
    return Bar(key=result, label=label, value=result.calls, shown=formats.number(result.calls), tooltip=told)
