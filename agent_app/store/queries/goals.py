"""The goals that are being worked towards, with how far they have come; measured by the server, so that a desk shows
what was measured last (M1.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from server_sync.domain.model import GoalState, Role, goal, person, plan, team
from server_sync.domain.rules.goals import Progress, progress


@dataclass(frozen=True)
class Goal:
    """One goal. `value` and `target` are exact decimals as text, `value` None where nothing could be measured."""

    code: str
    name: str
    metric: str
    value: str | None
    target: str
    sample: int
    deadline_on: str
    progress: Progress


def load(connection: Connection, day: int) -> tuple[Goal, ...]:
    """The active goals on a local day, the nearest deadline first."""
    rows = connection.execute(
        select(goal).where(goal.c.state == GoalState.ACTIVE).order_by(goal.c.deadline_on, goal.c.code)
    ).mappings()
    return tuple(
        Goal(
            row["code"],
            row["name"],
            row["metric"],
            row["value"],
            row["target"],
            row["sample"] or 0,
            row["deadline_on"],
            progress(dict(row), day),
        )
        for row in rows
    )


@dataclass(frozen=True)
class Measured:
    """How a goal stands: its state, what was measured last and when, how far that is."""

    state: str
    value: str | None
    sample: int
    measured_at: int | None
    progress: Progress


@dataclass(frozen=True)
class Choices:
    """What a goal may name, each as (code, words): teams, plans, and who may answer for it (ids as text)."""

    teams: tuple[tuple[str, str], ...] = ()
    plans: tuple[tuple[str, str], ...] = ()
    people: tuple[tuple[str, str], ...] = ()


def every(connection: Connection, day: int) -> dict[bytes, tuple[Mapping[str, Any], Measured]]:
    """All goals by id on a local day, those that are worked towards first, then by deadline: the row and how it
    stands."""
    rows = connection.execute(
        select(goal).order_by(goal.c.state != GoalState.ACTIVE, goal.c.deadline_on.desc(), goal.c.code)
    ).mappings()
    return {
        row["id"]: (
            dict(row),
            Measured(
                row["state"],
                row["value"],
                row["sample"] or 0,
                row["measured_at"],
                progress(dict(row), day),
            ),
        )
        for row in rows
    }


def choices(connection: Connection) -> Choices:
    """What a goal may name."""
    teams = connection.scalars(select(team.c.name).order_by(team.c.name)).all()
    plans = connection.execute(select(plan.c.code, plan.c.name).order_by(plan.c.name))
    people = select(person.c.id, person.c.name).where(person.c.active, person.c.role != Role.AGENT)
    found = connection.execute(people.order_by(person.c.name))
    return Choices(
        tuple((name, name) for name in teams),
        tuple((row.code, row.name) for row in plans),
        tuple((row.id.hex(), row.name) for row in found),
    )
