"""Attempts by two clocks: the device's, and the server's when it got them; what is off is said by `clock_skew`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from server_sync.domain.commands.decision import derived_id
from server_sync.domain.model import activity, attempt


@dataclass(frozen=True)
class DeviceClock:
    """When an attempt ended by the device's clock, when the server got it by its own (None: not yet), by how much the
    first was ahead (None: not known), ms; and where it took place, None for a call."""

    device_at: int
    received_at: int | None
    skew_ms: int | None
    place: Mapping[str, Any] | None


def load(connection: Connection, attempt_ids: Collection[bytes]) -> dict[bytes, DeviceClock]:
    """Those of some attempts, by their ids."""
    rows = connection.execute(select(attempt).where(attempt.c.id.in_(attempt_ids))).all()
    told = select(activity.c.id, activity.c.details).where(
        activity.c.id.in_([derived_id(row.id, 1) for row in rows])
    )
    details = {row.id: row.details for row in connection.execute(told)}
    return {
        row.id: DeviceClock(
            # What was ahead of the server was taken back to its time; the end of the timeline's row kept it.
            details.get(derived_id(row.id, 1), {}).get("device_at") or row.ended_at or row.started_at,
            row.received_at,
            row.clock_skew_ms,
            row.place,
        )
        for row in rows
    }
