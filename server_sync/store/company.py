"""The company's settings and working time as the database holds them; what they mean stands in the domain's rules."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from server_sync.domain.model import setting, working_hours
from server_sync.domain.rules.settings import setting_value
from server_sync.domain.rules.working_calendar import COMPANY_HOURS, WorkingCalendar
from server_sync.domain.rules.working_hours import PUBLIC_DAYS, calendar_of
from server_sync.domain.rules.working_time import WorkingTime


def setting_of(connection: Connection, key: str) -> Mapping[str, Any]:
    """The value of one setting."""
    row = connection.execute(select(setting).where(setting.c.key == key)).mappings().first()
    return setting_value(key, None if row is None else dict(row))


class WorkingTimes:
    """Whose clock says what, as the database holds it now; keep it for one transaction.

    Raises KnownError CALENDAR_INVALID where hours are not valid.
    """

    def __init__(self, connection: Connection) -> None:
        self._company = {
            "timezone": setting_of(connection, "company")["timezone"],
            "week": setting_of(connection, "working_week"),
        }
        self._days = [(row.day, row.working) for row in connection.execute(PUBLIC_DAYS)]
        self._own = {row["id"]: dict(row) for row in connection.execute(select(working_hours)).mappings()}
        self._known: dict[bytes | None, WorkingTime] = {}

    @property
    def company(self) -> WorkingTime:
        """The company's week with its holidays and make-up days."""
        return self._of(None)

    def of(self, person_id: bytes | None, team_id: bytes | None) -> WorkingTime:
        """The clock of a person, else of his team, else of the company: the first that has hours of its own."""
        return self._of(next((one for one in (person_id, team_id) if one in self._own), None))

    def _of(self, subject_id: bytes | None) -> WorkingTime:
        if subject_id not in self._known:
            self._known[subject_id] = WorkingTime(self._calendar(subject_id))
        return self._known[subject_id]

    def _calendar(self, subject_id: bytes | None) -> WorkingCalendar:
        own = None if subject_id is None else self._own[subject_id]
        return calendar_of(self._company, self._days, self._own.get(COMPANY_HOURS), own)


def working_time(connection: Connection) -> WorkingTime:
    """The company's clock. Raises KnownError CALENDAR_INVALID."""
    return WorkingTimes(connection).company
