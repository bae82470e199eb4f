"""Whose hours count: those of the company, and where a team or a person has others, theirs; no clock counts here."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from server_sync.domain.model import calendar_day
from server_sync.domain.rules.working_calendar import WorkingCalendar

Row = Mapping[str, Any]

PUBLIC_DAYS = select(calendar_day.c.day, calendar_day.c.working).where(~calendar_day.c.provisional)
"""The public days that count. Of provisional ones their own week decides: they say no more than their weekday."""


def calendar_of(
    company: Mapping[str, Any], days: Iterable[tuple[str, bool]], ours: Row | None, own: Row | None
) -> WorkingCalendar:
    """The calendar of a subject: his own row over the company's row over its settings {"timezone", "week"}, and over
    both the public days (day, working), which exceptions go before. Raises KnownError CALENDAR_INVALID."""
    hours: dict[str, Any] = dict(company)
    exceptions: dict[str, Any] = {}
    for row in (ours, own):
        if row is not None:
            hours |= {key: row[key] for key in ("timezone", "week") if row[key] is not None}
            exceptions |= row["exceptions"]
    special = WorkingCalendar.from_json({**hours, "exceptions": exceptions})
    public = replace(special, exceptions={}).with_days(days)
    return replace(special, exceptions={**public.exceptions, **special.exceptions})
