"""Hours in which nobody's telephone rings for a reminder: what would be sent then waits for their end."""

from collections.abc import Mapping
from typing import Any

from server_sync.domain.clock import DAY, MINUTE
from server_sync.domain.rules.local_time import clock_minute, zone
from server_sync.domain.rules.reason import Reason, reason


def wait(at: int, timezone: str, hours: Mapping[str, Any]) -> Reason | None:
    """Why something due at `at` waits: "quiet_hours" {from_at, to_at}, or None where it need not.

    `hours`: {"from": "21:00", "to": "08:00"} on the wall clock of the zone, the end not included, over midnight where
    the end is the earlier one; the same twice: there are none.
    """
    local, start, end = zone(timezone), clock_minute(hours["from"]), clock_minute(hours["to"])
    day, minute = local.day(at), local.minute(at)
    if start < end:
        quiet, last = start <= minute < end, day
    else:
        quiet, last = start != end and not end <= minute < start, day + (minute >= start)
    if not quiet:
        return None
    return reason("quiet_hours", from_at=at, to_at=local.moment(last * DAY + end * MINUTE))
