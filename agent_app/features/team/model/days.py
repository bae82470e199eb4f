"""The columns of the roster: a person and the days of a week, in words."""

from collections.abc import Sequence
from datetime import date, timedelta, tzinfo

from agent_app.store.queries.roster import DAYS, DayOf, RosterRow
from agent_app.ui import formats
from agent_app.ui.i18n import translate
from agent_app.ui.rows import Cell, Column
from agent_app.ui.tokens import Tone

_EPOCH = date(1970, 1, 1)


def day_words(day: int, today: int) -> str:
    """A day as the head of its column: 周一 11-23, 今天 11-23."""
    names = (
        translate("Team", "Mon"),
        translate("Team", "Tue"),
        translate("Team", "Wed"),
        translate("Team", "Thu"),
        translate("Team", "Fri"),
        translate("Team", "Sat"),
        translate("Team", "Sun"),
    )
    that = _EPOCH + timedelta(days=day)
    name = translate("Team", "Today") if day == today else names[that.weekday()]
    return f"{name} {that:%m-%d}"


def week_words(monday: int) -> str:
    """From its first to its last day: 2026-11-23 – 11-29."""
    first = _EPOCH + timedelta(days=monday)
    return f"{first:%Y-%m-%d} – {first + timedelta(days=DAYS - 1):%m-%d}"


def roster_columns(monday: int, today: int, tz: tzinfo) -> Sequence[Column[RosterRow]]:
    """A person's name, then a column for each day."""

    def of(number: int) -> Column[RosterRow]:
        head = day_words(monday + number, today)
        return Column(head, lambda row: _cell(row, number, tz), 112)

    name: Column[RosterRow] = Column(translate("Team", "Agent"), lambda row: Cell(row.name), 0)
    return (name, *(of(number) for number in range(DAYS)))


def _cell(row: RosterRow, number: int, tz: tzinfo) -> Cell:
    day = row.days[number]
    spans = ", ".join(
        f"{formats.clock_time(begins, tz)}–{formats.clock_time(ends, tz)}" for begins, ends in day.spans
    )
    match day.kind:
        case DayOf.LEAVE:
            return Cell(translate("Team", "Leave"), Tone.WARNING, badge=True, tooltip=spans)
        case DayOf.WORK:
            return Cell(spans, Tone.ACCENT)
        case DayOf.OFF:
            return Cell(translate("Team", "Off"), Tone.NEUTRAL)
    return Cell(translate("Team", "Usual hours"))
