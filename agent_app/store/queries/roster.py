"""A week of a team's roster: who works when, by his shifts or by the company's hours; changes are an action's part."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select

from agent_app.store.queries import working_time
from server_sync.domain.clock import DAY
from server_sync.domain.model import Role, ShiftKind, person, shift
from server_sync.domain.rules.shifts import Window, works_on
from server_sync.domain.rules.working_time import WorkingTime

DAYS = 7


class DayOf(StrEnum):
    """What a day is to somebody."""

    HOURS = "hours"
    """No word of it in the roster: the company's hours, where it has any on that day."""
    WORK = "work"
    LEAVE = "leave"
    OFF = "off"
    """His roster of the week leaves it out, or the company is closed."""


@dataclass(frozen=True)
class RosterDay:
    """One day of a person: `spans` are his shifts of the kind that it is (ms); `shift_ids` are all that touch it."""

    kind: DayOf
    spans: tuple[Window, ...] = ()
    shift_ids: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class RosterRow:
    """A person's week."""

    person_id: bytes
    name: str
    days: tuple[RosterDay, ...]


@dataclass(frozen=True)
class RosterWeek:
    """A week from `monday` on (days since the epoch): its days as moments, and the first and last open moment of the
    company on each, None where it is closed."""

    monday: int
    days: tuple[Window, ...]
    hours: tuple[Window | None, ...]
    rows: tuple[RosterRow, ...]


def load(connection: Connection, team_id: bytes | None, monday: int) -> RosterWeek:
    """The agents of a team (None: of all) by name, with the week."""
    time = working_time.load(connection, None, team_id)
    days = tuple(_day(time, monday + number) for number in range(DAYS))
    hours = tuple(_hours(time, monday + number) for number in range(DAYS))
    found = select(person.c.id, person.c.name).where(person.c.role == Role.AGENT, person.c.active)
    if team_id is not None:
        found = found.where(person.c.team_id == team_id)
    week = days[0][0], days[-1][1]
    shifts: dict[bytes, list[dict[str, Any]]] = defaultdict(list)
    held = select(shift).where(shift.c.starts_at < week[1], shift.c.ends_at > week[0])
    for row in connection.execute(held.order_by(shift.c.starts_at)).mappings():
        if row["starts_at"] < row["ends_at"]:
            shifts[row["person_id"]].append(dict(row))
    rows = tuple(
        RosterRow(
            row.id,
            row.name,
            tuple(
                _of(shifts[row.id], day, time.open_spans(monday + number), week)
                for number, day in enumerate(days)
            ),
        )
        for row in connection.execute(found.order_by(person.c.name, person.c.id))
    )
    return RosterWeek(monday, days, hours, rows)


def _of(shifts: Sequence[dict[str, Any]], day: Window, hours: list[Window], week: Window) -> RosterDay:
    on = [one for one in shifts if one["starts_at"] < day[1] and one["ends_at"] > day[0]]
    ids = tuple(one["id"] for one in on)
    works = works_on(shifts, day, hours, week)
    leaves = [_clipped(one, day) for one in on if one["kind"] == ShiftKind.LEAVE]
    if leaves:
        return RosterDay(DayOf.LEAVE, tuple(leaves), ids)
    spans = tuple(_clipped(one, day) for one in on if one["kind"] == ShiftKind.WORK)
    if spans:
        return RosterDay(DayOf.WORK, spans, ids)
    return RosterDay(DayOf.HOURS if works and hours else DayOf.OFF)


def _clipped(one: dict[str, Any], day: Window) -> Window:
    return max(one["starts_at"], day[0]), min(one["ends_at"], day[1])


def _day(time: WorkingTime, day: int) -> Window:
    return time.zone.moment(day * DAY), time.zone.moment((day + 1) * DAY)


def _hours(time: WorkingTime, day: int) -> Window | None:
    spans = time.open_spans(day)
    return (spans[0][0], spans[-1][1]) if spans else None
