"""Devices and their tokens: one token a device, kept only as a hash, revocable; who may sign in stands in `sign_in`."""

import hashlib
import secrets
from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from server_sync.accounts import desks
from server_sync.domain.clock import DAY
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.store import partitions
from server_sync.store.tables import device
from server_sync.store.transaction import Transaction

TOKEN_BYTES = 32
IDLE_FOR = 30 * DAY
"""A device that was silent for so long has to sign in again."""
LONGEST_NAME = 100


def token_hash(token: str) -> bytes:
    """What is kept of a token. It is random, so a fast hash is enough."""
    return hashlib.sha256(token.encode(errors="replace")).digest()


def issue(tx: Transaction, person_id: bytes, device_id: bytes, name: str, app_version: str = "") -> str:
    """A new token for a person on a device; an earlier one of this device ends.

    Raises KnownError DEVICE_CLONED when the device belongs to somebody else: a desk's store has one person, so
    this one is a copy and has to take an id of its own (SYNC P2); DEVICE_REVOKED {wipe} when it is admitted no more.
    """
    token, name = secrets.token_urlsafe(TOKEN_BYTES), name.strip()[:LONGEST_NAME]
    values = {
        "person_id": person_id,
        "name": name,
        "token_hash": token_hash(token),
        "issued_at": tx.now,
        "last_contact_at": tx.now,
        "revoked_at": None,
    }
    # One device may ask twice at the same time.
    insert = (sqlite if tx.connection.dialect.name == "sqlite" else postgresql).insert(device)
    new = insert.values(id=device_id, **values).on_conflict_do_nothing(index_elements=["id"])
    tx.connection.execute(new)
    known = select(device.c.person_id).where(device.c.id == device_id).with_for_update()
    if tx.connection.scalar(known) != person_id:
        raise KnownError(ErrorKind.DEVICE_CLONED)
    tx.connection.execute(update(device).where(device.c.id == device_id).values(values))
    partitions.open_partitions(tx, partitions.Scope.DEVICE, [device_id])
    desks.signed_in(tx, person_id, device_id, name, app_version)
    return token


def name_of(connection: Connection, device_id: bytes) -> str:
    """What a device is called."""
    return connection.scalar(select(device.c.name).where(device.c.id == device_id)) or ""


def revoke(tx: Transaction, device_id: bytes) -> None:
    """End a device's token."""
    tx.connection.execute(
        update(device)
        .where(device.c.id == device_id, device.c.revoked_at.is_(None))
        .values(revoked_at=tx.now)
    )


def revoke_all(tx: Transaction, person_id: bytes) -> None:
    """End the tokens of all of a person's devices."""
    tx.connection.execute(
        update(device)
        .where(device.c.person_id == person_id, device.c.revoked_at.is_(None))
        .values(revoked_at=tx.now)
    )


def record_contacts(tx: Transaction, contacts: Mapping[bytes, int]) -> None:
    """Note when devices were last heard of; an earlier time never replaces a later one."""
    known = update(device).where(
        device.c.id == bindparam("of"),
        func.coalesce(device.c.last_contact_at, 0) < bindparam("at"),
    )
    rows = [{"of": device_id, "at": at} for device_id, at in sorted(contacts.items())]
    if rows:
        tx.connection.execute(known.values(last_contact_at=bindparam("at")), rows)


def contacts_by_person(connection: Connection) -> dict[bytes, tuple[int, int | None]]:
    """person → (devices signed in, last contact of any)."""
    rows = connection.execute(
        select(device.c.person_id, func.count(), func.max(device.c.last_contact_at))
        .where(device.c.revoked_at.is_(None))
        .group_by(device.c.person_id)
    )
    return {person_id: (count, last) for person_id, count, last in rows}
