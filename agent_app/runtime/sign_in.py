"""Signing in at this desk: the server is asked first, a known device opens without it; ends with an open
store. No Qt."""

import os
import platform
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from agent_app.host.files import disk_errors, write_atomically
from agent_app.host.paths import Places, server_address
from agent_app.host.secrets import PassphraseKeystore, keystore
from agent_app.host.single_instance import ProfileLock
from agent_app.store import wiping
from agent_app.store.database import Store, open_store
from agent_app.store.desk_state import recall, remember
from agent_app.store.keys import (
    change_passphrase,
    is_known_device,
    key_after_online_sign_in,
    key_for_offline_sign_in,
)
from agent_app.store.lease import LeaseWatch
from agent_app.store.queries import settings as company_settings
from agent_app.store.tables import ALL
from agent_app.sync.client import Granted, HttpNet, Server
from agent_app.sync.engine import Engine
from agent_app.sync.farewell import REFUSED, hand_over
from server_sync.domain.clock import DAY, Clock
from server_sync.domain.commands import Actor
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import Ids, is_id
from server_sync.domain.model import Role

DEVICE_FILE = "device"
CERTIFICATE_VARIABLE = "HUIFANG_CERTIFICATE"
# The server does not speak to us now; NOT_A_SERVER is the sign-in page of a hotel's network in its place.
_AWAY = frozenset({ErrorKind.OFFLINE, ErrorKind.SERVER_FAILED, ErrorKind.SERVER_BUSY, ErrorKind.NOT_A_SERVER})


@dataclass
class SignedIn:
    """A desk that is open: who sits at it, his store, the way to the server, and the lock that keeps others out."""

    login: str
    server_address: str
    name: str
    actor: Actor
    device: bytes
    store: Store
    net: HttpNet
    server: Server
    lock: ProfileLock
    online: bool
    timezone: ZoneInfo
    """The company's."""

    def close(self) -> None:
        """Give everything back."""
        self.store.close()
        self.net.close()
        self.lock.release()


def sign_in(
    places: Places,
    clock: Clock,
    ids: Ids,
    server: str,
    login: str,
    password: str,
    earlier_password: str = "",
) -> SignedIn:
    """Sign in and open the store. Takes as long as the network and scrypt take: never on the main thread.

    `earlier_password` opens, once, a key that is still wrapped by it after the password was changed at the server.

    Raises KnownError: NOT_A_SERVER (also for an address that is none), BAD_CREDENTIALS, TOO_MANY_TRIES,
    ACCOUNT_DISABLED and DEVICE_REVOKED {wipe} (what was not sent has been handed over, and is gone from here where that
    was ordered), OFFLINE or SERVER_FAILED (away, and this device does not know the person), LEASE_OVER {days} (away for
    longer than this device may do without the server, SYNC E4), PROFILE_IN_USE, PASSPHRASE_WRONG (the earlier password
    is needed, or is another), and those of `open_store` and `keys`.
    """
    try:
        address = server_address(server)
    except ValueError:
        raise KnownError(ErrorKind.NOT_A_SERVER) from None
    profile = places.profile_dir(address, login)
    with disk_errors(), ExitStack() as if_it_fails:
        lock = ProfileLock(profile)
        if_it_fails.callback(lock.release)
        net = HttpNet(address, certificate=os.environ.get(CERTIFICATE_VARIABLE) or None)
        if_it_fails.callback(net.close)
        way = Server(net)
        if wiping.is_begun(profile):
            wipe(profile, way)
        device = _device(profile, ids)
        try:
            key, reply = _admitted(profile, way, device, login, password, earlier_password)
        except KnownError as error:
            if error.kind in REFUSED and is_known_device(profile):
                _take_leave(
                    profile, way, net, device, password, clock, ids, and_wipe=error.values.get("wipe") is True
                )
            raise
        store = open_store(profile, key, ALL)
        if_it_fails.callback(store.close)
        person = _person(store, net, reply)
        if reply is None:
            _check_lease(store, clock)
        device = _renewed(profile, store, device)
        with store.read() as connection:
            timezone = ZoneInfo(company_settings.load(connection, "company")["timezone"])
        if_it_fails.pop_all()
    return SignedIn(
        login=login,
        server_address=address,
        name=person["name"],
        actor=_actor(person),
        device=device,
        store=store,
        net=net,
        server=way,
        lock=lock,
        online=reply is not None,
        timezone=timezone,
    )


def _admitted(
    profile: Path, way: Server, device: bytes, login: str, password: str, earlier_password: str
) -> tuple[bytes, Granted | None]:
    """The store's key, and the server's answer, None when it is away and this device knows the person."""
    keys = keystore(profile, password)
    try:
        reply = way.sign_in(login, password, device, platform.node()[:80])
    except KnownError as error:
        if error.kind not in _AWAY or not is_known_device(profile):
            raise
        return key_for_offline_sign_in(profile, keys, password), None
    if earlier_password:
        change_passphrase(PassphraseKeystore(profile, earlier_password), keys)
    return key_after_online_sign_in(profile, keys, password), reply


def wipe(profile: Path, way: Server) -> None:
    """Delete everything of a profile whose store is closed, and tell the server; the lock and its folder stay."""
    wiping.begin(profile, keystore(profile, ""))
    wiping.finish(profile)
    way.say_wiped()


def _take_leave(
    profile: Path,
    way: Server,
    net: HttpNet,
    device: bytes,
    password: str,
    clock: Clock,
    ids: Ids,
    *,
    and_wipe: bool,
) -> None:
    """Hand over what this device has not sent, then wipe it if that was ordered. Broken off, it is done next time."""
    key = key_for_offline_sign_in(profile, keystore(profile, password), password)
    store = open_store(profile, key, ALL)
    try:
        person = _person(store, net, None)
        engine = Engine(device, lambda: _actor(person), ids)
        done = hand_over(store, engine, way.exchange, clock)
    finally:
        store.close()
    if done and and_wipe:
        wipe(profile, way)


def _check_lease(store: Store, clock: Clock) -> None:
    """Without the server only for as long as it allowed. Raises KnownError LEASE_OVER {days}."""
    with store.write() as connection:
        held = LeaseWatch(clock).look(connection)
    now = clock.now()
    if held.is_over(now):
        raise KnownError(ErrorKind.LEASE_OVER, days=held.used(now) // DAY)


def _person(store: Store, net: HttpNet, reply: Granted | None) -> dict[str, Any]:
    """Who sits here, as the server said now or last; the token goes to the way to the server."""
    if reply is not None:
        with store.write() as connection:
            remember(connection, "person", msgspec.to_builtins(reply.person))
            remember(connection, "token", reply.token)
    with store.read() as connection:
        person: dict[str, Any] | None = recall(connection, "person")
        net.token = recall(connection, "token")
    if person is None:
        raise KnownError(ErrorKind.OFFLINE)
    return person


def _actor(person: dict[str, Any]) -> Actor:
    team = person["team_id"]
    return Actor(bytes.fromhex(person["id"]), Role(person["role"]), bytes.fromhex(team) if team else None)


def keep_device(profile: Path, device: bytes) -> None:
    """Be this device from now on."""
    write_atomically(profile / DEVICE_FILE, device.hex().encode())


def _renewed(profile: Path, store: Store, device: bytes) -> bytes:
    """The device that this desk had to become (SYNC P2), if it was stopped before that was noted in the profile."""
    with store.read() as connection:
        stored = recall(connection, "device")
    if stored is None or bytes.fromhex(stored) == device:
        return device
    keep_device(profile, bytes.fromhex(stored))
    raise KnownError(ErrorKind.DEVICE_CLONED)


def _device(profile: Path, ids: Ids) -> bytes:
    """This profile's device id, made once. It is no secret; the server's token is, and lies in the store."""
    file = profile / DEVICE_FILE
    try:
        device = bytes.fromhex(file.read_text())
    except (OSError, ValueError):
        device = b""
    if not is_id(device):
        device = ids.new()
        profile.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(file, device.hex().encode())
    return device
