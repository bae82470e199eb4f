"""The people of the company with what they have to do and when they work: read from the database for `assignment`."""

import sys
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, func, select

from server_sync.automation import optimum
from server_sync.automation.assignment import Agent, Assigner
from server_sync.domain.clock import DAY
from server_sync.domain.model import Presence, Role, ShiftKind, person, presence, shift, task
from server_sync.domain.rules.local_time import weekday
from server_sync.domain.rules.permissions import OPEN_STATES
from server_sync.domain.rules.shifts import Row, Window, works_on
from server_sync.domain.rules.working_time import WorkingTime

FURTHEST = 92
"""So many days ahead the roster is asked."""


def assigner(connection: Connection, time: WorkingTime, now: int) -> Assigner:
    """An assigner over the active agents and supervisors, for batches at the least cost where the extra is installed. A
    day's room is the capacity, if he has one, less what is open and was closed today."""
    midnight = time.zone.moment(time.zone.day(now) * DAY)
    opened = _counts(connection, task.c.state.in_(OPEN_STATES))
    closed = _counts(connection, task.c.state.not_in(OPEN_STATES), task.c.done_at >= midnight)
    rosters = _rosters(connection, midnight)
    there = set(connection.scalars(select(presence.c.id).where(presence.c.state != Presence.OFFLINE)))
    rows = connection.execute(
        select(person)
        .where(person.c.role.in_((Role.AGENT, Role.SUPERVISOR)), person.c.active)
        .order_by(person.c.login)
    )
    found: list[Agent] = []
    for row in rows:
        load = opened.get(row.id, 0)
        room = _room(row.daily_capacity, load + closed.get(row.id, 0))
        away_on, leave_on = days_off(rosters[row.id], time, now)
        agent = Agent(row.id, row.login, row.team_id, row.skills, load, room, row.role == Role.SUPERVISOR)
        agent.away_on, agent.leave_on, agent.there = away_on, leave_on, row.id in there
        found.append(agent)
    return optimum.Optimiser(found) if optimum.installed() else Assigner(found)


def days_off(shifts: Sequence[Row], time: WorkingTime, now: int) -> tuple[frozenset[int], frozenset[int]]:
    """The days (since the epoch) from today on of which the roster says that a person does not work, and of these the
    days of leave."""
    today = time.zone.day(now)
    days: set[int] = set()
    for span in shifts:
        first, last = time.zone.day(span["starts_at"]), time.zone.day(span["ends_at"] - 1)
        if span["kind"] == ShiftKind.WORK:
            first, last = first - weekday(first), last - weekday(last) + 6
        days.update(range(max(first, today), min(last, today + FURTHEST) + 1))
    leaves = [span for span in shifts if span["kind"] == ShiftKind.LEAVE]
    away = frozenset(day for day in days if not _works(shifts, time, day))
    return away, frozenset(day for day in away if not _works(leaves, time, day))


def _works(shifts: Sequence[Row], time: WorkingTime, day: int) -> bool:
    monday = day - weekday(day)
    return works_on(shifts, _window(time, day, 1), time.open_spans(day), _window(time, monday, 7))


def _window(time: WorkingTime, day: int, days: int) -> Window:
    return time.zone.moment(day * DAY), time.zone.moment((day + days) * DAY)


def _rosters(connection: Connection, midnight: int) -> defaultdict[bytes, list[Row]]:
    """Everybody's spans of this week and later."""
    rosters: defaultdict[bytes, list[Row]] = defaultdict(list)
    for row in connection.execute(select(shift).where(shift.c.ends_at > midnight - 7 * DAY)).mappings():
        rosters[row["person_id"]].append(dict(row))
    return rosters


def _room(capacity: int | None, taken: int) -> int:
    """How many more a day holds; without a capacity there is no end to it."""
    return sys.maxsize if capacity is None else capacity - taken


def _counts(connection: Connection, *conditions: ColumnElement[bool]) -> dict[bytes, int]:
    """Tasks by assignee."""
    counted = (
        select(task.c.assignee_id, func.count())
        .where(task.c.assignee_id.is_not(None), *conditions)
        .group_by(task.c.assignee_id)
    )
    return {row[0]: row[1] for row in connection.execute(counted)}
