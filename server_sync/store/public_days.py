"""The public calendar as rows of `calendar_day`: holidays and 调休 as far as published, then a provisional year;
what a company's own week makes of them stands in the domain's rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import select

from server_sync.domain.commands import Change, Insert, Update
from server_sync.domain.model import calendar_day
from server_sync.domain.rules.working_calendar import calendar_day_id
from server_sync.store import changes
from server_sync.store.changes import Delete
from server_sync.store.transaction import Transaction

FRIDAY = 4


@dataclass(frozen=True)
class PublicDays:
    """`differing`: day → (whether it is worked, the holiday's name), of the days that are not as their weekday says, up
    to the end of `last_year`."""

    differing: Mapping[date, tuple[bool, str]]
    last_year: int


@cache
def published() -> PublicDays:
    """What the State Council has published, as the library has it."""
    from chinese_calendar import constants

    names = {holiday.value: holiday.chinese for holiday in constants.Holiday}
    differing = {day: (False, names[name]) for day, name in constants.holidays.items()}
    differing |= {day: (True, names[name]) for day, name in constants.workdays.items()}
    return PublicDays(differing, max(differing).year)


def renew(tx: Transaction, known: PublicDays) -> int:
    """Bring the calendar up to what is known; returns how many of its days changed.

    A year is provisional until it is published: each of its days then stands there by its weekday alone. A day that is
    not provisional stays as it is: the company may have corrected it.
    """
    rows = tx.connection.execute(select(calendar_day.c.id, calendar_day.c.day, calendar_day.c.provisional))
    held = {row.day: row for row in rows}
    wanted: list[Change | Delete] = []
    for day, (working, name) in sorted(known.differing.items()):
        row = held.get(day.isoformat())
        if row is None:
            wanted.append(_day(day, working, name, provisional=False))
        elif row.provisional:
            values: dict[str, Any] = {"working": working, "name": name, "provisional": False}
            wanted.append(Update("calendar_day", row.id, values))
    ordinary = {on for on, row in held.items() if row.provisional} - {
        day.isoformat() for day in known.differing
    }
    wanted += [
        Delete("calendar_day", held[on].id) for on in sorted(ordinary) if int(on[:4]) <= known.last_year
    ]
    day = date(known.last_year + 1, 1, 1)
    while day.year == known.last_year + 1:
        if day.isoformat() not in held:
            wanted.append(_day(day, day.weekday() <= FRIDAY, None, provisional=True))
        day += timedelta(days=1)
    changes.write(tx, wanted)
    return len(wanted)


def _day(day: date, working: bool, name: str | None, *, provisional: bool) -> Insert:
    on = day.isoformat()
    row = {"id": calendar_day_id(on), "day": on, "working": working, "name": name, "provisional": provisional}
    return Insert("calendar_day", row)
