"""Signing in: login and password, checked against guessing, become a token for one device."""

from dataclasses import dataclass

from sqlalchemy import select

from server_sync.accounts import devices, passwords, people
from server_sync.accounts.throttle import Throttle
from server_sync.domain.clock import Clock
from server_sync.domain.commands import Row
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import is_id
from server_sync.store.database import Database
from server_sync.store.tables import account


@dataclass(frozen=True)
class Granted:
    """A new token, told this once, and the row of whom it stands for."""

    token: str
    person: Row


class SignIn:
    """The door of one process; any thread may use it. Each password costs 19 MiB and 50 ms of a core."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._throttle = Throttle(clock)

    def __call__(
        self,
        login: str,
        password: str,
        device_id: bytes,
        device_name: str,
        address: str,
        app_version: str = "",
    ) -> Granted:
        """Let a person in on a device. `address` is where he asks from: only a hash of it is kept, for a while.

        Raises KnownError BAD_CREDENTIALS (nobody of that login, or a wrong password), TOO_MANY_TRIES {seconds},
        ACCOUNT_DISABLED and DEVICE_REVOKED {wipe} (told only to who knows the password), MALFORMED {what: "device"},
        DEVICE_CLONED.
        """
        if not is_id(device_id):
            raise KnownError(ErrorKind.MALFORMED, what="device")
        if "\0" in login or "\0" in device_name:  # PostgreSQL takes none
            raise KnownError(ErrorKind.MALFORMED, what="text")
        who = people.folded(login)
        self._throttle.enter(who, address)
        with self._database.read() as connection:
            person = people.find(connection, login)
            kept = None
            if person is not None:
                kept = connection.scalar(
                    select(account.c.password_hash).where(account.c.person_id == person["id"])
                )
        right = passwords.matches(password, kept)
        if person is None or not right:
            raise KnownError(ErrorKind.BAD_CREDENTIALS)
        self._throttle.succeeded(who, address)
        if not person["active"]:
            raise KnownError(ErrorKind.ACCOUNT_DISABLED)
        with self._database.write(self._clock.now()) as tx:
            return Granted(devices.issue(tx, person["id"], device_id, device_name, app_version), person)
