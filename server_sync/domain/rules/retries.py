"""When a task is tried again after an attempt, and when it has been tried often enough; what a code means stands in
`dispositions`."""

from collections.abc import Mapping, Sequence
from typing import Any

from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.rules.dispositions import Disposition
from server_sync.domain.rules.local_time import weekday, zone

# Parts of the day among which retries rotate (CONVENTIONS: 上午/下午/晚间/周末): name, first and last minute of
# the day.
DAY_PARTS = (
    ("morning", 9 * 60, 12 * 60),
    ("afternoon", 13 * 60 + 30, 18 * 60),
    ("evening", 18 * 60, 21 * 60),
)


def closing_disposition(disposition: Disposition, attempts: int, retries: Mapping[str, Any]) -> str | None:
    """The code that closes a task because it has been tried often enough (3.90, 2.30 when once contacted), or None."""
    if attempts < retries["attempts"]:
        return None
    return "2.30" if disposition.eligible else "3.90"


def next_attempt(
    disposition: Disposition, started: Sequence[int], ended: int, retries: Mapping[str, Any], timezone: str
) -> int:
    """The earliest next attempt: the code's delay, then, after a few hours without contact, another part of the day,
    and no more than the day's number of attempts. `started` are the moments of all attempts of the task."""
    local = zone(timezone)
    earliest = ended + (disposition.delay or 0)
    today = [at for at in started if local.day(at) == local.day(earliest)]
    if len(today) >= retries["attempts_per_day"]:
        earliest = local.moment((local.day(earliest) + 1) * DAY + DAY_PARTS[0][1] * MINUTE)
    if disposition.delay is None or disposition.delay < 3 * HOUR or disposition.contacted:
        return earliest
    tried = {day_part(at, timezone) for at in started}
    if len(tried) >= len(DAY_PARTS):
        return earliest
    return _first_other_part(earliest, tried, timezone)


def day_part(at: int, timezone: str) -> str:
    """The part of the day of a moment: "morning", "afternoon", "evening", "weekend", or "night" between them."""
    local = zone(timezone)
    if weekday(local.day(at)) >= 5:
        return "weekend"
    minute = local.minute(at)
    return next((name for name, first, last in DAY_PARTS if first <= minute < last), "night")


def _first_other_part(earliest: int, tried: set[str], timezone: str) -> int:
    """The first moment from `earliest` on in a part of the day that was not tried yet."""
    local = zone(timezone)
    day = local.day(earliest)
    for ahead in range(8):
        for name, first, last in DAY_PARTS:
            start = local.moment((day + ahead) * DAY + first * MINUTE)
            end = local.moment((day + ahead) * DAY + last * MINUTE)
            part = "weekend" if weekday(day + ahead) >= 5 else name
            if end > earliest and part not in tried:
                return max(start, earliest)
    return earliest
