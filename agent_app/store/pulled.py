"""How long this desk may offer what it pulled out of the pool: told by the server's time as far as a desk can know it,
never too long (docs/protocol.md, `POST /sync/take`)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from agent_app.store import lease
from server_sync.domain.errors import ErrorKind

MARGIN = lease.NOTED_EVERY
"""What the time may be off by: as often it is noted how far it has come."""


def ahead(connection: Connection, now: int) -> int:
    """By how much earlier than its `leased_until` a lease ends by this desk's clock at `now`, ms."""
    contact = lease.load(connection)
    return MARGIN if contact is None else max(contact.server_time(now) - now, 0) + MARGIN


def own_end(task: Mapping[str, Any], ahead_ms: int) -> int | None:
    """The end of a task's lease by this desk's clock; None for what is not leased."""
    until: int | None = task["leased_until"]
    return None if until is None else until - ahead_ms


def in_pool(task: Mapping[str, Any]) -> bool:
    """Whether it lies in the pool: the server has to give it first."""
    return bool(task["in_pool"]) and task["assignee_id"] is None


def refusal(connection: Connection, task: Mapping[str, Any], now: int) -> ErrorKind | None:
    """Why a task may not be begun here: it lies in the pool, or the lease of it is over."""
    if in_pool(task):
        return ErrorKind.NOT_PULLED
    ends_at = own_end(task, ahead(connection, now))
    return ErrorKind.PULL_OVER if ends_at is not None and ends_at <= now else None
