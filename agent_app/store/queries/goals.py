"""The goals that are being worked towards, with how far they have come; measured by the server, so that a desk shows
what was measured last (M1.1)."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from server_sync.domain.model import GoalState, goal
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
