"""The job that hands a promised callback to the team when its owner is away at its time (journey A2)."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from server_sync.domain.clock import MINUTE
from server_sync.domain.commands import Change, Insert, ReleaseCallback, Row
from server_sync.domain.model import CallbackState, Presence, callback, presence, setting, task
from server_sync.domain.rules.permissions import OPEN_STATES
from server_sync.domain.rules.settings import setting_id, setting_value
from server_sync.jobs import server_command
from server_sync.store import job_table
from server_sync.store.job_table import Job
from server_sync.store.tables import device
from server_sync.store.transaction import Transaction

RELEASE = "release_callback"
AWAY = (Presence.BREAK, Presence.OFFLINE)


def enqueue(tx: Transaction, changes: Iterable[Change]) -> None:
    """Put in a job for every callback that these changes book; in the transaction that writes them."""
    booked = [change for change in changes if isinstance(change, Insert) and change.table == callback.name]
    if booked:
        minutes = _minutes(tx.connection)
        job_table.enqueue(tx, [_release_of(change, minutes) for change in booked])


def _release_of(booked: Insert, minutes: Mapping[str, Any]) -> Job:
    name = booked.row_id.hex()
    return Job(RELEASE, {"callback": name}, _late_at(booked.row["callback_at"], minutes), f"{RELEASE}:{name}")


def release(tx: Transaction, payload: Mapping[str, Any]) -> int | None:
    """Hand the callback over if its owner has been away long enough; else look again in a minute while it is open."""
    found = select(callback).where(callback.c.id == bytes.fromhex(payload["callback"]))
    promised = tx.connection.execute(found).mappings().first()
    if promised is None or promised["state"] != CallbackState.OPEN:
        return None
    if tx.connection.scalar(select(task.c.state).where(task.c.id == promised["task_id"])) not in OPEN_STATES:
        return None
    minutes = _minutes(tx.connection)
    late_at = _late_at(promised["callback_at"], minutes)
    if tx.now < late_at:  # the setting has changed since
        return late_at
    since = away_since(tx.connection, dict(promised))
    if since is None or tx.now - since <= minutes["absent_minutes"] * MINUTE:
        return tx.now + MINUTE
    command = ReleaseCallback(
        promised["id"], promised["task_id"], promised["customer_id"], released_at=tx.now
    )
    server_command.run(tx, command, promised["customer_id"])
    return None


def away_since(connection: Connection, promised: Row) -> int | None:
    """Since when the owner is away (ms), None while he is there.

    One who never said what he is doing is taken to be there while any of his devices is heard of.
    """
    owner_id = promised["owner_id"]
    said = connection.execute(select(presence).where(presence.c.id == owner_id)).mappings().first()
    if said is not None:
        since: int = said["since_at"]
        return since if said["state"] in AWAY else None
    last = select(func.max(device.c.last_contact_at)).where(device.c.person_id == owner_id)
    heard: int | None = connection.scalar(last)
    booked: int = promised["booked_at"]
    return booked if heard is None else heard


def _late_at(callback_at: int, minutes: Mapping[str, Any]) -> int:
    """When nobody may be expected to keep it any more: a minute after the time that its owner has."""
    late: int = minutes["late_minutes"]
    return callback_at + (late + 1) * MINUTE


def _minutes(connection: Connection) -> Mapping[str, Any]:
    row = (
        connection.execute(select(setting).where(setting.c.id == setting_id("callbacks"))).mappings().first()
    )
    return setting_value("callbacks", None if row is None else dict(row))
