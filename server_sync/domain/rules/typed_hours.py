"""Working hours of a day as people type and read them; what they add up to stands in `working_time`."""

import re
import unicodedata
from collections.abc import Iterable

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.rules.working_calendar import WorkingCalendar

_INTERVAL = re.compile(r"(\d{1,2})(?::?(\d{2}))?\s*(?:-|~|to|至|到)\s*(\d{1,2})(?::?(\d{2}))?")
_PLAIN = str.maketrans({"–": "-", "—": "-", "−": "-", "点": None, "时": None})
_BETWEEN = " ,;、，"


def parse_hours(text: str) -> list[list[str]]:
    """The intervals of a typed text such as "9-12, 13:30-18", "09:00–12:00 13:30–18:00" or "9点到12点".

    In the form of the calendar's JSON, sorted; none for an empty text. Raises CALENDAR_INVALID {problem, at}.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_PLAIN).strip(_BETWEEN)
    found: list[list[str]] = []
    while plain:
        match = _INTERVAL.match(plain)
        if match is None:
            raise KnownError(ErrorKind.CALENDAR_INVALID, problem="interval_malformed", at=text)
        start, start_minute, end, end_minute = match.groups(default="00")
        found.append([f"{start:0>2}:{start_minute}", f"{end:0>2}:{end_minute}"])
        plain = plain[match.end() :].lstrip(_BETWEEN)
    try:
        WorkingCalendar.from_json({"timezone": "UTC", "week": {"mon": found}})
    except KnownError as error:
        raise KnownError(error.kind, **{**error.values, "at": text}) from error
    return sorted(found)


def write_hours(intervals: Iterable[Iterable[str]]) -> str:
    """Such intervals as a text that `parse_hours` reads: "09:00–12:00, 13:30–18:00"."""
    return ", ".join("–".join(interval) for interval in intervals)
