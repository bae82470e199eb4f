"""The computers that this desk's teams work at, as the server last told."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from agent_app.store.queries import settings
from server_sync.domain.clock import DAY
from server_sync.domain.model import desk_device, person, team


@dataclass(frozen=True)
class Computer:
    """One computer of one person. Times in ms; `lease_until`: until when it may work without the server; `rows_held`
    and `unsent` (mutations) None where that is not known, nor by how much its clock is ahead."""

    id: bytes
    name: str
    person: str
    team: str | None
    app_version: str
    last_contact_at: int
    rows_held: int | None
    unsent: int | None
    revoked_at: int | None
    wipe: bool
    wiped_at: int | None
    clock_skew_ms: int | None
    lease_until: int


def load(connection: Connection) -> tuple[Computer, ...]:
    """All that this desk may see: who was heard of last comes first, those that are gone last."""
    found = (
        select(
            desk_device.c.id,
            desk_device.c.name,
            func.coalesce(person.c.name, "").label("person"),
            team.c.name.label("team"),
            desk_device.c.app_version,
            desk_device.c.last_contact_at,
            desk_device.c.rows_held,
            desk_device.c.unsent,
            desk_device.c.revoked_at,
            desk_device.c.wipe,
            desk_device.c.wiped_at,
            desk_device.c.clock_skew_ms,
        )
        .outerjoin(person, person.c.id == desk_device.c.person_id)
        .outerjoin(team, team.c.id == desk_device.c.team_id)
        .order_by(desk_device.c.wiped_at.is_not(None), desk_device.c.last_contact_at.desc(), desk_device.c.id)
    )
    lease = settings.load(connection, "lease")["days"] * DAY
    return tuple(
        Computer(**row, lease_until=row["last_contact_at"] + lease)
        for row in connection.execute(found).mappings()
    )
