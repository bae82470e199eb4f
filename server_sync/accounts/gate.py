"""Whom a token stands for, asked at every request: looked up once in a while, remembered in between, contacts noted."""

import threading
from dataclasses import dataclass

from sqlalchemy import select

from server_sync.accounts import devices
from server_sync.domain.clock import Clock
from server_sync.domain.commands import Actor
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import Role, person
from server_sync.store.database import Database
from server_sync.store.tables import device

REMEMBERED_SECONDS = 2.0
"""For so long a token revoked by another process is still good."""
MOST_REMEMBERED = 20_000


@dataclass(frozen=True)
class Visitor:
    """A signed-in person on his device."""

    actor: Actor
    person_id: bytes
    device_id: bytes


class Gate:
    """Tokens to visitors, for one process; any thread may use it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._lock = threading.Lock()
        self._remembered: dict[bytes, tuple[float, Visitor]] = {}
        self._contacts: dict[bytes, int] = {}

    def visitor(self, token: str) -> Visitor:
        """Who sends this token. Raises KnownError TOKEN_INVALID (unknown, revoked, idle for too long) or
        ACCOUNT_DISABLED."""
        known = self.remembered(token)
        if known is not None:
            return known
        key = devices.token_hash(token)
        now = self._clock.monotonic()
        visitor = self._look_up(key)
        with self._lock:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = (now + REMEMBERED_SECONDS, visitor)
            self._contacts[visitor.device_id] = self._clock.now()
        return visitor

    def remembered(self, token: str) -> Visitor | None:
        """Who sends this token, if that was asked a moment ago; never waits for the database."""
        now = self._clock.monotonic()
        with self._lock:
            until, visitor = self._remembered.get(devices.token_hash(token), (now, None))
            if visitor is None or now >= until:
                return None
            self._contacts[visitor.device_id] = self._clock.now()
            return visitor

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
                devices.record_contacts(tx, contacts)

    def _look_up(self, key: bytes) -> Visitor:
        found = (
            select(
                device.c.id,
                device.c.revoked_at,
                device.c.last_contact_at,
                person.c.id,
                person.c.role,
                person.c.team_id,
                person.c.active,
            )
            .join(person, person.c.id == device.c.person_id)
            .where(device.c.token_hash == key)
        )
        with self._database.read() as connection:
            row = connection.execute(found).first()
        if row is None:
            raise KnownError(ErrorKind.TOKEN_INVALID)
        device_id, revoked_at, last_contact_at, person_id, role, team_id, active = row
        if not active:
            raise KnownError(ErrorKind.ACCOUNT_DISABLED)
        if revoked_at is not None or self._clock.now() - (last_contact_at or 0) > devices.IDLE_FOR:
            raise KnownError(ErrorKind.TOKEN_INVALID)
        return Visitor(Actor(person_id, Role(role), team_id), person_id, device_id)
