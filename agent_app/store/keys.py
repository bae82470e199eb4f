"""Signing in at this machine: finding or making the key of a profile's store, and who may use it without the server.

The password itself is never stored. What is: HMAC(store key, scrypt(password)), which without the store key
does not even serve to try passwords (docs/decisions/0001).
"""

import hmac
import json
import secrets
from pathlib import Path

from agent_app.host.files import write_atomically
from agent_app.host.key_file import stretch
from agent_app.ports import Keystore
from agent_app.store.database import KEY_BYTES, has_store
from server_sync.domain.errors import ErrorKind, KnownError

SIGN_IN_FILE = "sign-in.json"
_SALT = 16
COST = 15
"""Work factor exponent for the verifier: 32 MiB and some 80 ms a try, on top of the need for the store key."""


def is_known_device(profile_dir: Path) -> bool:
    """Whether this user has signed in here before, so that he may do so again without the server."""
    return (profile_dir / SIGN_IN_FILE).exists()


def key_after_online_sign_in(profile_dir: Path, keystore: Keystore, password: str, cost: int = COST) -> bytes:
    """The store's key once the server has accepted the password, which from now on opens this profile offline too.

    A new profile gets a new key. Raises KnownError: STORE_KEY_MISSING when there is a store but no key to it
    (never a new key then), PASSPHRASE_WRONG when the key is wrapped by an earlier password: see
    `change_passphrase`.
    """
    key = keystore.load()
    if key is None:
        if has_store(profile_dir):
            raise KnownError(ErrorKind.STORE_KEY_MISSING)
        key = secrets.token_bytes(KEY_BYTES)
        keystore.keep(key)
    if not _accepts(profile_dir, key, password):
        salt = secrets.token_bytes(_SALT)
        content = {"cost": cost, "salt": salt.hex(), "verifier": _verifier(key, password, salt, cost)}
        write_atomically(profile_dir / SIGN_IN_FILE, json.dumps(content).encode())
    return key


def key_for_offline_sign_in(profile_dir: Path, keystore: Keystore, password: str) -> bytes:
    """The store's key if this is the password that the server accepted last on this device.

    Raises KnownError: BAD_CREDENTIALS, STORE_KEY_MISSING, OFFLINE when the user never signed in here.
    """
    if not is_known_device(profile_dir):
        raise KnownError(ErrorKind.OFFLINE)
    try:
        key = keystore.load()
    except KnownError as error:
        if error.kind is ErrorKind.PASSPHRASE_WRONG:
            raise KnownError(ErrorKind.BAD_CREDENTIALS) from None
        raise
    if key is None:
        raise KnownError(ErrorKind.STORE_KEY_MISSING)
    if not _accepts(profile_dir, key, password):
        raise KnownError(ErrorKind.BAD_CREDENTIALS)
    return key


def change_passphrase(earlier: Keystore, later: Keystore) -> None:
    """Wrap the key anew after a password was changed at the server. Raises KnownError as `Keystore.load` does."""
    key = earlier.load()
    if key is None:
        raise KnownError(ErrorKind.STORE_KEY_MISSING)
    later.keep(key)


def _accepts(profile_dir: Path, key: bytes, password: str) -> bool:
    try:
        content = json.loads((profile_dir / SIGN_IN_FILE).read_bytes())
        expected = str(content["verifier"])
        given = _verifier(key, password, bytes.fromhex(content["salt"]), int(content["cost"]))
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return hmac.compare_digest(expected, given)


def _verifier(key: bytes, password: str, salt: bytes, cost: int) -> str:
    return hmac.new(key, b"huifang sign-in 1" + stretch(password, salt, cost), "sha256").hexdigest()
