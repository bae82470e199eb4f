"""The agents of the company with what they have to do: read from the database for `assignment`."""

import sys

from sqlalchemy import ColumnElement, Connection, func, select

from server_sync.automation.assignment import Agent, Assigner
from server_sync.domain.model import Role, person, task
from server_sync.domain.rules.permissions import OPEN_STATES


def assigner(connection: Connection, day_began_at: int) -> Assigner:
    """An assigner over the active agents. A day's room is the capacity, if he has one, less what is open
    and was closed today."""
    opened = _counts(connection, task.c.state.in_(OPEN_STATES))
    closed = _counts(connection, task.c.state.not_in(OPEN_STATES), task.c.done_at >= day_began_at)
    rows = connection.execute(
        select(person).where(person.c.role == Role.AGENT, person.c.active).order_by(person.c.login)
    )
    return Assigner(
        [
            Agent(
                row.id,
                row.login,
                row.team_id,
                row.skills,
                opened.get(row.id, 0),
                _room(row.daily_capacity, opened.get(row.id, 0) + closed.get(row.id, 0)),
            )
            for row in rows
        ]
    )


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
