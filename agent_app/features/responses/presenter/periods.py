"""The period of the filters on the company's wall clock."""

from datetime import date

from agent_app.features.responses.state import Filters, Span
from server_sync.domain.clock import DAY
from server_sync.domain.rules.local_time import FIRST_DAY, LAST_DAY, day_number, zone

_DAYS_BACK = {Span.TODAY: 0, Span.WEEK: 6, Span.MONTH: 29}


def period(filters: Filters, now: int, timezone: str) -> tuple[int | None, int | None]:
    """From when, and until when (ms, itself outside); None where the period is open."""
    local = zone(timezone)
    if filters.span is Span.OWN:
        since, until = _number(filters.since_on), _number(filters.until_on)
        return (
            None if since is None else local.moment(since * DAY),
            None if until is None else local.moment((until + 1) * DAY),
        )
    back = _DAYS_BACK.get(filters.span)
    return None if back is None else local.moment((local.day(now) - back) * DAY), None


def _number(on: date | None) -> int | None:
    """A day of the calendar as the clocks count it, within the years that they know."""
    return None if on is None else min(max(day_number(on.isoformat()), FIRST_DAY), LAST_DAY)
