"""The lines of the list of conflicts, in words."""

from datetime import tzinfo

from agent_app.features.conflicts.words import status_label, title, why
from agent_app.store.queries.conflicts import Conflict
from agent_app.ui import formats
from agent_app.ui.i18n import translate
from agent_app.ui.rows import Mark, TwoLine
from agent_app.ui.tokens import Tone


def conflict_line(entry: Conflict, now: int, tz: tzinfo) -> TwoLine:
    """What it was and since when; beneath, whose it is, or why it is here."""
    words, tone = status_label(entry.status)
    marks = [Mark(words, tone)]
    if entry.mid is None and entry.awaits_lead:
        marks.append(Mark(translate("Conflicts", "To decide"), Tone.DANGER))
    whose = " · ".join(part for part in (entry.customer, entry.person) if part)
    return TwoLine(
        title=title(entry),
        marks=tuple(marks),
        note=formats.brief(entry.recorded_at, now, tz),
        second=whose or why(entry, now, tz),
        tooltip=formats.exact(entry.recorded_at, tz),
    )
