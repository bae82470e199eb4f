"""The ladders of reminders with what they go by: the company's hours, its quiet hours, and the plans they may name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from agent_app.store.queries import settings, working_time
from server_sync.domain.model import escalation_policy, plan
from server_sync.domain.rules.working_time import WorkingTime

COLUMNS = ("code", "name", "active", "position", "applies_to", "steps", "source")


@dataclass(frozen=True)
class Company:
    """`plans` as (code, name); `quiet` as {"from", "to"}; `time` None until it was read."""

    plans: tuple[tuple[str, str], ...] = ()
    quiet: Mapping[str, str] = field(default_factory=dict)
    time: WorkingTime | None = None


def load(connection: Connection) -> dict[bytes, Mapping[str, Any]]:
    """All ladders by id, as they are asked: by position."""
    rows = connection.execute(
        select(escalation_policy).order_by(escalation_policy.c.position, escalation_policy.c.code)
    ).mappings()
    return {row["id"]: {name: row[name] for name in COLUMNS} for row in rows}


def company(connection: Connection) -> Company:
    """What they go by. Raises KnownError CALENDAR_INVALID."""
    plans = connection.execute(select(plan.c.code, plan.c.name).order_by(plan.c.name))
    return Company(
        tuple((row.code, row.name) for row in plans),
        settings.load(connection, "quiet_hours"),
        working_time.load(connection, None, None),
    )
