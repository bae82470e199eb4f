"""What is wrong with working hours or a calendar, in words; whose they are and where is said by who asks."""

from collections.abc import Mapping

from agent_app.ui.i18n import mark
from agent_app.ui.words import word_of

_PROBLEMS: Mapping[str, str] = {
    "not_an_object": mark("Errors", "they are not laid out as a calendar is"),
    "unknown_key": mark("Errors", "something stands there that no calendar knows"),
    "timezone_unknown": mark("Errors", "there is no such timezone"),
    "not_a_day": mark("Errors", "there is no such day"),
    "interval_malformed": mark("Errors", "hours are typed as 9:00-12:00, 13:30-18:00"),
    "interval_empty": mark("Errors", "an end lies before its beginning"),
    "intervals_overlap": mark("Errors", "two spans lie over each other"),
    "too_many": mark("Errors", "these are too many"),
}
"""By the `problem` of CALENDAR_INVALID."""


def calendar_problem(code: str) -> str:
    """ "intervals_overlap" → 两个时段重叠."""
    return word_of("Errors", _PROBLEMS, code)
