"""Wall clocks of a time zone as plain numbers, exact where clocks jump; no working hours live here.

A *wall time* is what the wall clock shows, as milliseconds since 1970-01-01T00:00 on that clock; a *day* is a number of days
since 1970-01-01, as an ISO text at the borders of the rules.
"""

from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.errors import ErrorKind, KnownError

MINUTES_OF_A_DAY = 24 * 60
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)  # noqa: UP017 - `datetime.UTC` is the same object, kept for clarity
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
# Offsets from UTC range from -12 to +14 hours: every moment of a wall day lies within these of its UTC namesake.
_EARLIEST = 15 * HOUR
_LATEST = 13 * HOUR
