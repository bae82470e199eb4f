"""The columns of the table of agents: the KPI dictionary's rates and counts in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo

from agent_app.features.team.state import Span
from agent_app.store.queries.task_parts import Part
from agent_app.store.queries.team import Figures, Member
from agent_app.ui import formats
from agent_app.ui.i18n import translate
from agent_app.ui.rows import Cell, Column
from agent_app.ui.takers import presence_mark
from agent_app.ui.tokens import Tone


@dataclass(frozen=True)
class Measure:
    """A column of the table of agents: what it shows, by what it sorts, and which tasks stand behind it (None: the
    person himself)."""

    column: Column[Member]
    key: Callable[[Member], tuple[float, str]]
    part: Part | None = None


def nps_words(nps: float | None) -> str:
    """A whole number from −100 to 100."""
    return formats.number(nps)


def measures(span: Span, now: int, tz: tzinfo) -> tuple[Measure, ...]:
    """The columns of the table of agents."""
    done = {
        Span.TODAY: translate("Team", "Done today"),
        Span.WEEK: translate("Team", "Done this week"),
        Span.MONTH: translate("Team", "Done this month"),
    }[span]

    def presence(member: Member) -> Cell:
        mark, told = presence_mark(member, now, tz)
        return Cell(mark.words, mark.tone, badge=True, tooltip=told)

    def count(title: str, value: Callable[[Figures], int], part: Part, tone: Tone | None = None) -> Measure:
        def cell(member: Member) -> Cell:
            counted = value(member.figures)
            return Cell(formats.number(counted), tone if counted else None)

        return Measure(Column(title, cell, 88, number=True), lambda member: (value(member.figures), ""), part)

    def rate(
        title: str, value: Callable[[Figures], float | None], words: Callable[[Figures], Cell], part: Part
    ) -> Measure:
        def key(member: Member) -> tuple[float, str]:
            rated = value(member.figures)
            return -1_000.0 if rated is None else rated, ""

        return Measure(Column(title, lambda member: words(member.figures), 88, number=True), key, part)

    return (
        Measure(
            Column(translate("Team", "Agent"), lambda one: Cell(one.name), 128), lambda one: (0, one.name)
        ),
        Measure(Column(translate("Team", "State"), presence, 0), lambda one: (0, one.state or "")),
        count(translate("Team", "Waiting"), lambda f: f.waiting, Part.WAITING),
        count(translate("Team", "Overdue"), lambda f: f.overdue, Part.OVERDUE, Tone.DANGER),
        count(done, lambda f: f.done, Part.DONE),
        rate(translate("Team", "Completion"), lambda f: f.completion, _completion, Part.DUE),
        rate(translate("Team", "Connected"), lambda f: f.connect, _connect, Part.DIALLED),
        rate(translate("Team", "CSAT"), lambda f: f.csat, _csat, Part.RATED),
        rate(translate("Team", "NPS"), lambda f: f.nps, _nps, Part.RECOMMENDED),
    )


def _completion(figures: Figures) -> Cell:
    told = translate("Team", "{completed} completed of {due} due").format(
        completed=figures.completed, due=figures.due
    )
    return Cell(formats.percent(figures.completion), tooltip=told)


def _connect(figures: Figures) -> Cell:
    told = translate("Team", "{answered} answered of {dialled} calls").format(
        answered=figures.answered, dialled=figures.dialled
    )
    return Cell(formats.percent(figures.connect), tooltip=told)


def _csat(figures: Figures) -> Cell:
    return Cell(
        formats.NONE if figures.csat is None else formats.number(figures.csat, 1),
        tooltip=f"n={figures.csat_count}",
    )


def _nps(figures: Figures) -> Cell:
    return Cell(nps_words(figures.nps), tooltip=f"n={figures.nps_count}")
