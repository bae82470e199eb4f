"""Wall clocks of a time zone as plain numbers, exact where clocks jump; no working hours live here.

A *wall time* is what the wall clock shows, as milliseconds since 1970-01-01T00:00 on that clock. A *day* is a
number of days since 1970-01-01 inside the rules and an ISO text (`*_on`) at their borders. A *minute* is one
of a day, 0–1440.
"""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.errors import ErrorKind, KnownError

MINUTES_A_DAY = 24 * 60
FIRST_DAY = date(1900, 1, 1).toordinal() - date(1970, 1, 1).toordinal()
LAST_DAY = date(9990, 12, 31).toordinal() - date(1970, 1, 1).toordinal()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_CLOCK_FACE = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)


class Zone:
    """One time zone. Offsets are milliseconds that the wall clock is ahead of UTC."""

    def __init__(self, name: str) -> None:
        try:
            self._info = ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:  # unknown, malformed, or a folder of the database
            raise KnownError(ErrorKind.CALENDAR_INVALID, problem="timezone_unknown", timezone=name) from error
        self.name = name

    def offset(self, at: int) -> int:
        """How far the wall clock is ahead of UTC at a moment."""
        offset = (_EPOCH + timedelta(milliseconds=at)).astimezone(self._info).utcoffset()
        assert offset is not None
        return offset // timedelta(milliseconds=1)

    def wall(self, at: int) -> int:
        """What the wall clock shows at a moment."""
        return at + self.offset(at)

    def day(self, at: int) -> int:
        """The local day of a moment."""
        return self.wall(at) // DAY

    def minute(self, at: int) -> int:
        """The minute of the local day, 0–1439."""
        return self.wall(at) % DAY // MINUTE

    def moments(self, start: int, end: int) -> list[tuple[int, int]]:
        """The moments at which one day's wall clock reads from `start` to before `end` (wall times).

        One span on ordinary days; none, a shorter one or two where the clock jumps.
        """
        day = start // DAY * DAY
        # every moment of a wall day lies within 15 hours before and 13 hours after its namesake in UTC
        before, after = self.offset(day - 15 * HOUR), self.offset(day + DAY + 13 * HOUR)
        if before == after:
            return [(start - before, end - before)]
        jump = self._jump(day - 15 * HOUR, day + DAY + 13 * HOUR, before)
        spans = [(start - before, min(end - before, jump)), (max(start - after, jump), end - after)]
        return [(first, last) for first, last in spans if first < last]

    def moment(self, wall: int) -> int:
        """The first moment at which the wall clock shows `wall`, or that of the jump over it."""
        day = wall // DAY * DAY
        before, after = self.offset(day - 15 * HOUR), self.offset(day + DAY + 13 * HOUR)
        if before == after:
            return wall - before
        jump = self._jump(day - 15 * HOUR, day + DAY + 13 * HOUR, before)
        return wall - before if wall - before < jump else max(wall - after, jump)

    def _jump(self, low: int, high: int, before: int) -> int:
        """The moment between `low` and `high` from which the offset is no longer `before`."""
        while high - low > 1:
            middle = (low + high) // 2
            if self.offset(middle) == before:
                low = middle
            else:
                high = middle
        return high


@lru_cache(maxsize=64)
def zone(name: str) -> Zone:
    """The zone of an IANA name such as "Asia/Shanghai".

    Raises KnownError CALENDAR_INVALID {problem: "timezone_unknown", timezone}.
    """
    return Zone(name)


def iso_day(day: int) -> str:
    """A day as ISO text."""
    return date.fromordinal(day + _EPOCH_ORDINAL).isoformat()


def day_number(on: str) -> int:
    """The day of an ISO text "YYYY-MM-DD"; ValueError for anything else."""
    if len(on) != 10 or not on.isascii() or on[7] != "-":  # 2026-W01-1 is a day of a week
        raise ValueError(on)
    return date.fromisoformat(on).toordinal() - _EPOCH_ORDINAL


def weekday(day: int) -> int:
    """0 for Monday to 6 for Sunday."""
    return (day + 3) % 7


def clock_minute(text: str) -> int:
    """The minute of "HH:MM", "24:00" being 1440; ValueError for anything else."""
    if text == "24:00":
        return MINUTES_A_DAY
    face = _CLOCK_FACE.fullmatch(text)
    if face is None:
        raise ValueError(text)
    return int(face[1]) * 60 + int(face[2])


def clock_face(minute: int) -> str:
    """A minute of the day as "HH:MM"."""
    return f"{minute // 60:02d}:{minute % 60:02d}"
