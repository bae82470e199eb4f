"""Words of the calendar: kinds of days, what may be said of one, and what is wrong with what was typed."""

from collections.abc import Mapping
from datetime import tzinfo

from agent_app.features.calendar.state import DayChoice, DayKind, Fault
from agent_app.store.queries.calendars import Subject
from agent_app.ui.calendar_words import calendar_problem
from agent_app.ui.error_words import error_text
from agent_app.ui.i18n import mark, translate
from agent_app.ui.tokens import Tone
from agent_app.ui.words import toned_word_of, word_of
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import HoursSubject
from server_sync.domain.rules.working_time import Unit

_CONTEXT = "Calendar"
_KINDS: Mapping[str, tuple[str, Tone]] = {
    DayKind.WORKING: (mark("Calendar", "Working day"), Tone.NEUTRAL),
    DayKind.REST: (mark("Calendar", "Day off"), Tone.NEUTRAL),
    DayKind.HOLIDAY: (mark("Calendar", "Holiday"), Tone.DANGER),
    DayKind.MAKE_UP: (mark("Calendar", "Make-up day"), Tone.WARNING),
    DayKind.OWN: (mark("Calendar", "Other hours"), Tone.ACCENT),
}
_CHOICES: Mapping[str, str] = {
    DayChoice.USUAL: mark("Calendar", "As usual"),
    DayChoice.CLOSED: mark("Calendar", "Closed"),
    DayChoice.WORKING: mark("Calendar", "Worked"),
    DayChoice.HOURS: mark("Calendar", "Other hours"),
}
_UNITS: Mapping[str, str] = {
    Unit.WORKING_HOURS: mark("Calendar", "working hours"),
    Unit.WORKING_DAYS: mark("Calendar", "working days"),
    Unit.NATURAL_HOURS: mark("Calendar", "hours"),
    Unit.NATURAL_DAYS: mark("Calendar", "days"),
}


def kind_words(kind: DayKind) -> tuple[str, Tone]:
    """What a day is, with its tone."""
    return toned_word_of(_CONTEXT, _KINDS, kind)


def choice_words(choice: DayChoice) -> str:
    """What may be said of a day."""
    return word_of(_CONTEXT, _CHOICES, choice)


def units() -> tuple[tuple[str, str], ...]:
    """The units of a trial by code."""
    return tuple((unit, word_of(_CONTEXT, _UNITS, unit)) for unit in _UNITS)


def subject_words(subject: Subject) -> str:
    """Whose hours: the company's, a team's, a person's."""
    if subject.kind is HoursSubject.COMPANY:
        return translate("Calendar", "Company")
    if subject.kind is HoursSubject.TEAM:
        return translate("Calendar", "Team {name}").format(name=subject.name)
    return subject.name


def fault_words(fault: Fault, now: int, tz: tzinfo) -> str:
    """What is wrong, as the line beneath the field says it."""
    if fault.kind is ErrorKind.CALENDAR_INVALID and "at" in fault.values:
        problem = calendar_problem(fault.values["problem"])
        return translate("Calendar", "“{at}”: {problem}").format(at=fault.values["at"], problem=problem)
    if fault.kind is ErrorKind.OUT_OF_RANGE:
        return translate("Calendar", "Type a number that is not negative; days are whole.")
    if fault.kind is ErrorKind.FIELD_INVALID and fault.values.get("field") == "since":
        return translate("Calendar", "Type a day and a time, such as Fri 16:30 or 3/15 9:00.")
    return error_text(fault.kind, fault.values, now, tz)
