"""The moment that a run of plans looks back from, with its local day; how it is written on the command line."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from server_sync.domain.clock import DAY, SECOND
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.rules.conditions import AsOf
from server_sync.domain.rules.local_time import Zone, iso_day, zone


@dataclass(frozen=True)
class Moment:
    """A moment (ms) and the company's time zone."""

    at: int
    zone: Zone

    @property
    def day(self) -> int:
        """The local day."""
        return self.zone.day(self.at)

    @property
    def as_of(self) -> AsOf:
        """The day as conditions take it."""
        return AsOf(iso_day(self.day), self.zone.name)

    def day_back(self, days: int) -> str:
        """The day so many days before, as ISO text."""
        return iso_day(self.day - days)

    def start_of(self, day: int) -> int:
        """The first moment of a local day."""
        return self.zone.moment(day * DAY)


def read_moment(text: str, timezone: str) -> int:
    """The moment of "2017-12-31" or "2017-12-31T09:00" (with an offset behind, or on the company's wall clock).

    A day stands for its last millisecond: everything that happened on it counts. Raises KnownError FIELD_INVALID,
    also for what is not of the years 1971 to 9989, so that a plan may look back and forth from it.
    """
    try:
        if not "1971" <= text[:4] < "9990":
            raise ValueError
        if len(text) == 10:
            last = date.fromisoformat(text).toordinal() + 1 - date(1970, 1, 1).toordinal()
            return zone(timezone).moment(last * DAY) - 1
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return round(moment.timestamp() * SECOND)
        wall = round(moment.replace(tzinfo=UTC).timestamp() * SECOND)
        return zone(timezone).moment(wall)
    except (ValueError, OverflowError) as error:
        raise KnownError(ErrorKind.FIELD_INVALID, field="as_of", value=text) from error
