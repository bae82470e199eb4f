"""The company's settings and working time as the database holds them; what they mean stands in the domain's rules."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from server_sync.domain.model import calendar_day, setting
from server_sync.domain.rules.settings import setting_value
from server_sync.domain.rules.working_calendar import WorkingCalendar
from server_sync.domain.rules.working_time import WorkingTime


def setting_of(connection: Connection, key: str) -> Mapping[str, Any]:
    """The value of one setting."""
    row = connection.execute(select(setting).where(setting.c.key == key)).mappings().first()
    return setting_value(key, None if row is None else dict(row))


def working_time(connection: Connection) -> WorkingTime:
    """The company's week with its holidays and make-up days. Of provisional days its own week decides: they say no more
    than their weekday. Raises KnownError CALENDAR_INVALID."""
    timezone, week = setting_of(connection, "company")["timezone"], setting_of(connection, "working_week")
    rows = connection.execute(
        select(calendar_day.c.day, calendar_day.c.working).where(~calendar_day.c.provisional)
    )
    days = ((row.day, row.working) for row in rows)
    return WorkingTime(WorkingCalendar.from_json({"timezone": timezone, "week": week}).with_days(days))
