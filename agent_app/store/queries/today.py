"""The figures of one's own day for the status bar: contacts, connect rate, mean score."""

from dataclasses import dataclass

from sqlalchemy import Connection, case, func, select

from agent_app.store.queries import settings
from agent_app.store.queries.task_parts import score
from server_sync.domain.model import attempt, response


@dataclass(frozen=True)
class Today:
    """Finished calls, of which answered (接通), of which effective contacts; mean CSAT of `scored` answers;
    the target."""

    dialled: int
    answered: int
    completed: int
    csat_sum: int
    scored: int
    target: int


def load(connection: Connection, person_id: bytes, day_began_at: int) -> Today:
    """The person's own figures since a moment."""
    calls = select(
        func.count(),
        func.coalesce(func.sum(case((attempt.c.answered, 1), else_=0)), 0),
        func.coalesce(func.sum(case((attempt.c.disposition_group == "I", 1), else_=0)), 0),
    ).where(attempt.c.person_id == person_id, attempt.c.ended_at >= day_began_at)
    dialled, answered, completed = connection.execute(calls).one()
    csat = score("csat")
    scores = select(func.coalesce(func.sum(csat), 0), func.count(csat)).where(
        response.c.edition == 1, response.c.person_id == person_id, response.c.recorded_at >= day_began_at
    )
    total, scored = connection.execute(scores).one()
    target = settings.load(connection, "daily_target")["contacts"]
    return Today(dialled, answered, completed, total, scored, target)
