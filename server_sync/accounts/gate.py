"""Whom a token stands for, asked at every request: looked up once in a while, remembered in between, contacts noted."""

import threading
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam, select

from server_sync.accounts import desks, devices
from server_sync.accounts.desks import Contact
from server_sync.domain.clock import Clock
from server_sync.domain.commands import Actor
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import Role, desk_device, person
from server_sync.store.changes import batches
from server_sync.store.database import Database
from server_sync.store.statement import Statement
from server_sync.store.tables import device

REMEMBERED_SECONDS = 2.0
"""For so long a token revoked by another process is still good."""
MOST_REMEMBERED = 20_000
MOST_UNSENT = 1_000_000


@dataclass(frozen=True)
class Visitor:
    """A signed-in person on his device. `refused`: why he gets nothing any more, ACCOUNT_DISABLED or DEVICE_REVOKED;
    what he did before is still taken (SYNC E4)."""

    actor: Actor
    person_id: bytes
    device_id: bytes
    refused: ErrorKind | None = None
    wipe: bool = False


_FOUND = (
    select(
        device.c.token_hash,
        device.c.id,
        device.c.revoked_at,
        device.c.last_contact_at,
        person.c.id,
        person.c.role,
        person.c.team_id,
        person.c.active,
        desk_device.c.revoked_at,
        desk_device.c.wipe,
    )
    .join(person, person.c.id == device.c.person_id)
    .outerjoin(desk_device, desk_device.c.id == device.c.id)
)

_BY_KEY = Statement(_FOUND.where(device.c.token_hash == bindparam("key")))


class Gate:
    """Tokens to visitors, for one process; any thread may use it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._lock = threading.Lock()
        self._remembered: dict[bytes, tuple[float, Visitor]] = {}
        self._contacts: dict[bytes, Contact] = {}

    def visitor(self, token: str) -> Visitor:
        """Who sends this token. Raises KnownError TOKEN_INVALID (unknown, ended, idle for too long), ACCOUNT_DISABLED
        or DEVICE_REVOKED {wipe}."""
        visitor = self.anybody(token)
        if visitor.refused is ErrorKind.DEVICE_REVOKED:
            raise KnownError(visitor.refused, wipe=visitor.wipe)
        if visitor.refused is not None:
            raise KnownError(visitor.refused)
        return visitor

    def anybody(self, token: str) -> Visitor:
        """Who sends this token, also one who is refused and may only hand over what he has done (SYNC E4).

        Raises KnownError TOKEN_INVALID.
        """
        known = self._known(token)
        if known is not None:
            return known
        key = devices.token_hash(token)
        now = self._clock.monotonic()
        visitor = self._look_up(key)
        with self._lock:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = (now + REMEMBERED_SECONDS, visitor)
            self._heard(visitor.device_id)
        return visitor

    def remembered(self, token: str) -> Visitor | None:
        """Who sends this token, if that was asked a moment ago and he is not refused; never waits for the database."""
        visitor = self._known(token)
        return None if visitor is None or visitor.refused is not None else visitor

    def holds(self, device_id: bytes, rows: int) -> None:
        """A desk has pulled to the head: it holds so many rows, and has sent all it had, as that comes first."""
        with self._lock:
            self._heard(device_id, rows=rows, unsent=0)

    def waits(self, device_id: bytes, unsent: int, skew: int | None = None) -> None:
        """A desk has said how many mutations it has not sent, and by how much its clock is ahead (ms), if it does."""
        with self._lock:
            self._heard(device_id, unsent=min(max(unsent, 0), MOST_UNSENT), skew=skew)

    def standing(self, tokens: Collection[str]) -> dict[str, Visitor]:
        """By token whom it stands for by now, without those that are good no more; one question for all of them."""
        by_key = {devices.token_hash(token): token for token in tokens}
        with self._database.read() as connection:
            rows = [
                row
                for keys in batches(by_key)
                for row in connection.execute(_FOUND.where(device.c.token_hash.in_(keys)))
            ]
        found = {}
        for row in rows:
            with suppress(KnownError):
                visitor = self._visitor(row)
                if visitor.refused is None:
                    found[by_key[row.token_hash]] = visitor
        return found

    def sign_out(self, token: str) -> None:
        """End a token. One that is not good any more is no error."""
        try:
            visitor = self.visitor(token)
        except KnownError:
            return
        with self._database.write(self._clock.now()) as tx:
            devices.revoke(tx, visitor.device_id)
        with self._lock:
            self._remembered.pop(devices.token_hash(token), None)

    def write_contacts(self) -> None:
        """Write down which devices were heard of since the last time; one transaction for all of them."""
        with self._lock:
            contacts, self._contacts = self._contacts, {}
        if contacts:
            with self._database.write(self._clock.now()) as tx:
                devices.record_contacts(tx, {device_id: one.at for device_id, one in contacts.items()})
                desks.note(tx, contacts)

    def _known(self, token: str) -> Visitor | None:
        now = self._clock.monotonic()
        with self._lock:
            until, visitor = self._remembered.get(devices.token_hash(token), (now, None))
            if visitor is None or now >= until:
                return None
            self._heard(visitor.device_id)
            return visitor

    def _heard(self, device_id: bytes, **told: int | None) -> None:
        contact = self._contacts.get(device_id) or Contact(0)
        news = {name: value for name, value in told.items() if value is not None}
        self._contacts[device_id] = replace(contact, at=self._clock.now(), **news)

    def _look_up(self, key: bytes) -> Visitor:
        with self._database.read() as connection:
            row = _BY_KEY.first(connection, {"key": key})
        if row is None:
            raise KnownError(ErrorKind.TOKEN_INVALID)
        return self._visitor(row)

    def _visitor(self, row: Sequence[Any]) -> Visitor:
        _, device_id, ended_at, last_contact_at, person_id, role, team_id, active, revoked_at, wipe = row
        visitor = Visitor(Actor(person_id, Role(role), team_id), person_id, device_id)
        if revoked_at is not None:
            return replace(visitor, refused=ErrorKind.DEVICE_REVOKED, wipe=bool(wipe))
        if not active:
            return replace(visitor, refused=ErrorKind.ACCOUNT_DISABLED)
        if ended_at is not None or self._clock.now() - (last_contact_at or 0) > devices.IDLE_FOR:
            raise KnownError(ErrorKind.TOKEN_INVALID)
        return visitor
