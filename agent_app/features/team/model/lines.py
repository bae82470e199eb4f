"""The lines of the list column, in words."""

from datetime import tzinfo

from agent_app.features.team.state import Entry
from agent_app.store.queries.team import Member, TeamSheet
from agent_app.ui import formats
from agent_app.ui.i18n import translate
from agent_app.ui.rows import TwoLine
from agent_app.ui.takers import presence_mark
from agent_app.ui.tokens import Tone


def entry_line(entry: Entry, sheet: TeamSheet) -> TwoLine:
    """One of the entries before the members."""
    total = sheet.total
    if entry is Entry.ALL:
        waiting = translate("Team", "{waiting} waiting · {overdue} overdue").format(
            waiting=formats.number(total.waiting), overdue=formats.number(total.overdue)
        )
        note = translate("Team", "{share} completed").format(share=formats.percent(total.completion))
        return TwoLine(translate("Team", "All agents"), note=note, second=waiting)
    if entry is Entry.OVERDUE:
        return TwoLine(
            translate("Team", "Overdue"),
            note=formats.number(total.overdue),
            note_tone=Tone.DANGER if total.overdue else None,
            second=translate("Team", "Due before now and still open"),
        )
    return TwoLine(
        translate("Team", "Unassigned"),
        note=formats.number(sheet.nobodys.waiting),
        note_tone=Tone.WARNING if sheet.nobodys.waiting else None,
        second=translate("Team", "In the team's pool, or waiting for an owner"),
    )


def member_line(member: Member, now: int, tz: tzinfo) -> TwoLine:
    """A person: presence, what waits, what is overdue."""
    figures = member.figures
    mark, told = presence_mark(member, now, tz)
    overdue = translate("Team", "{count} overdue").format(count=formats.number(figures.overdue))
    return TwoLine(
        member.name,
        marks=(mark,),
        note=overdue if figures.overdue else "",
        note_tone=Tone.DANGER,
        second=translate("Team", "{waiting} waiting · {share} completed").format(
            waiting=formats.number(figures.waiting), share=formats.percent(figures.completion)
        ),
        tooltip=told,
    )
