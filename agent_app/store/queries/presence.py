"""What one is doing, as last recorded here."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from server_sync.domain.model import presence


@dataclass(frozen=True)
class OwnPresence:
    """State, pause reason (None but on a break), since when (ms)."""

    state: str
    pause_reason: str | None
    since_at: int


def load(connection: Connection, person_id: bytes) -> OwnPresence | None:
    """The person's presence, None before the first word of it."""
    columns = (presence.c.state, presence.c.pause_reason, presence.c.since_at)
    row = connection.execute(select(*columns).where(presence.c.id == person_id)).one_or_none()
    return None if row is None else OwnPresence(*row)
