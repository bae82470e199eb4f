"""Promised calls that are near: what a reminder speaks of (journey A2)."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from agent_app.store.queries import settings
from server_sync.domain.clock import MINUTE
from server_sync.domain.model import CallbackState, callback, customer
from server_sync.domain.rules.names import mask_firm, mask_person


@dataclass(frozen=True)
class NearCallback:
    """One's own callback that is about to be due; `name` is masked."""

    id: bytes
    task_id: bytes
    callback_at: int
    name: str
    with_whom: str


def near(connection: Connection, person_id: bytes, now: int) -> tuple[NearCallback, ...]:
    """One's own open callbacks from the reminder's time on until they are handed over, the earliest first."""
    times = settings.load(connection, "callbacks")
    found = (
        select(callback, customer.c.name, customer.c.kind)
        .join(customer, customer.c.id == callback.c.customer_id)
        .where(
            callback.c.owner_id == person_id,
            callback.c.state == CallbackState.OPEN,
            callback.c.callback_at <= now + times["remind_minutes"] * MINUTE,
            callback.c.callback_at > now - times["late_minutes"] * MINUTE,
        )
        .order_by(callback.c.callback_at, callback.c.id)
    )
    return tuple(
        NearCallback(
            row.id,
            row.task_id,
            row.callback_at,
            mask_firm(row.name) if row.kind == "company" else mask_person(row.name),
            row.with_whom,
        )
        for row in connection.execute(found)
    )
