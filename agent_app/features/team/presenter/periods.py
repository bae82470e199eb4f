"""The periods of the figures around a moment, on the company's wall clock."""

from agent_app.features.team.state import Span
from agent_app.store.queries.task_parts import Period
from server_sync.domain.clock import DAY
from server_sync.domain.rules.local_time import day_number, iso_day, weekday, zone

TREND_DAYS = 14


def period_of(span: Span, now: int, timezone: str) -> Period:
    """The whole day, week (from Monday) or month that `now` lies in."""
    today = zone(timezone).day(now)
    if span is Span.TODAY:
        return _days(today, today + 1, timezone)
    if span is Span.WEEK:
        monday = today - weekday(today)
        return _days(monday, monday + 7, timezone)
    first = day_number(f"{iso_day(today)[:8]}01")
    after = day_number(f"{iso_day(first + 31)[:8]}01")
    return _days(first, after, timezone)


def trend_days(now: int, timezone: str) -> list[Period]:
    """The last fourteen days, the oldest first, today at the end."""
    today = zone(timezone).day(now)
    return [_days(day, day + 1, timezone) for day in range(today - TREND_DAYS + 1, today + 1)]


def _days(first: int, after: int, timezone: str) -> Period:
    local = zone(timezone)
    return Period(local.moment(first * DAY), local.moment(after * DAY))
