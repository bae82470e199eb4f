"""What the server refused or merged and nobody has dealt with yet (SYNC P3)."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from agent_app.store.tables import conflict
from server_sync.domain.errors import KnownError
from server_sync.domain.model import customer
from server_sync.domain.wire.codec import decode_command


@dataclass(frozen=True)
class Conflict:
    """One entry: `status` rejected, merged or set_aside; `arguments` are those of the command, {} when unreadable."""

    mid: int
    status: str
    command: str
    arguments: dict[str, Any]
    kind: str
    values: dict[str, Any]
    customer_id: bytes | None
    customer: str | None
    recorded_at: int
    answered_at: int


def unsettled(connection: Connection) -> tuple[Conflict, ...]:
    """The open entries, the latest first."""
    found = (
        select(conflict, customer.c.name.label("customer"))
        .outerjoin(customer, customer.c.id == conflict.c.customer_id)
        .where(conflict.c.settled_at.is_(None))
        .order_by(conflict.c.answered_at.desc(), conflict.c.mid.desc())
    )
    return tuple(
        Conflict(
            row.mid,
            row.status,
            row.command.partition("@")[0],
            _arguments(row.command, row.args),
            row.kind,
            row.values,
            row.customer_id,
            row.customer,
            row.recorded_at,
            row.answered_at,
        )
        for row in connection.execute(found)
    )


def count(connection: Connection) -> int:
    """How many wait for somebody."""
    counted = select(func.count()).select_from(conflict).where(conflict.c.settled_at.is_(None))
    return connection.execute(counted).scalar_one()


def _arguments(name: str, args: bytes) -> dict[str, Any]:
    try:
        return dict(vars(decode_command(name, args)))
    except KnownError:
        return {}
