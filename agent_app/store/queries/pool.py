"""The team's pool as an agent sees it: how much he could pull, and what he has pulled; pulling is the server's word."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, or_, select

from agent_app.store import pulled
from agent_app.store.queries import settings
from server_sync.domain.model import TaskState, task
from server_sync.domain.rules.permissions import OPEN_STATES


@dataclass(frozen=True)
class PoolSheet:
    """`waiting`: tasks of the team's pool whose time has come; `held`: those pulled and still open, the first of them
    until `ends_at` (ms, by this desk's clock); `most`: as many may be asked for at once."""

    waiting: int = 0
    held: int = 0
    ends_at: int | None = None
    most: int = 0


def load(connection: Connection, person_id: bytes, team_id: bytes | None, now: int) -> PoolSheet:
    """The pool of a team; without a team there is none."""
    ready = or_(task.c.not_before_at.is_(None), task.c.not_before_at <= now)
    lying = (
        select(func.count())
        .select_from(task)
        .where(
            task.c.in_pool,
            task.c.assignee_id.is_(None),
            task.c.team_id == team_id,
            task.c.state == TaskState.OPEN,
            task.c.available_at <= now,
            ready,
        )
    )
    ahead = pulled.ahead(connection, now)
    mine = select(func.count(), func.min(task.c.leased_until)).where(
        task.c.assignee_id == person_id, task.c.state.in_(OPEN_STATES), task.c.leased_until > now + ahead
    )
    held, until = connection.execute(mine).one()
    most: int = settings.load(connection, "pool")["most"]
    return PoolSheet(connection.scalar(lying) or 0, held, None if until is None else until - ahead, most)
