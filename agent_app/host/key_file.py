"""A store's key in a file, wrapped by a passphrase: scrypt makes a key of the passphrase, AES-GCM wraps with it."""

import hashlib
import json
import secrets
import unicodedata
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from agent_app.host.files import write_atomically
from server_sync.domain.errors import ErrorKind, KnownError

KEY_FILE = "store.key"
KEY_BYTES = 32
_SALT, _NONCE = 16, 12
_FORMAT = "huifang-key-1"
_BLOCK, _LANES = 8, 1
COST = 17
"""The exponent of scrypt's work factor: 2**17 blocks of 1 KiB are 128 MiB and some 0.3 s (OWASP's first choice)."""
_COST_LIMIT = 20


def stretch(passphrase: str, salt: bytes, cost: int) -> bytes:
    """32 bytes from a passphrase; the same characters give the same bytes however the keyboard composed them."""
    text = unicodedata.normalize("NFC", passphrase).encode()
    return Scrypt(salt=salt, length=KEY_BYTES, n=2**cost, r=_BLOCK, p=_LANES).derive(text)


def wrap(file: Path, key: bytes, passphrase: str, cost: int = COST) -> None:
    """Write the key, wrapped; an older file is replaced in one step."""
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    wrapped = AESGCM(stretch(passphrase, salt, cost)).encrypt(nonce, key, _FORMAT.encode())
    content = {
        "format": _FORMAT, "cost": cost, "salt": salt.hex(), "nonce": nonce.hex(), "wrapped": wrapped.hex()
    }  # fmt: skip
    write_atomically(file, json.dumps({**content, "sum": _sum(content)}).encode())


def unwrap(file: Path, passphrase: str) -> bytes | None:
    """The key; None when there is no such file.

    Raises KnownError: PASSPHRASE_WRONG, or STORE_KEY_MISSING when the file itself is damaged.
    """
    try:
        content = json.loads(file.read_bytes())
        noted = content.pop("sum")
        if noted != _sum(content) or content["format"] != _FORMAT or content["cost"] > _COST_LIMIT:
            raise ValueError("not a key file")
        salt, nonce, wrapped = (bytes.fromhex(content[name]) for name in ("salt", "nonce", "wrapped"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise KnownError(ErrorKind.STORE_KEY_MISSING) from None
    try:
        return AESGCM(stretch(passphrase, salt, content["cost"])).decrypt(nonce, wrapped, _FORMAT.encode())
    except InvalidTag:
        raise KnownError(ErrorKind.PASSPHRASE_WRONG) from None


def _sum(content: dict[str, Any]) -> str:
    """Tells a damaged file from a wrong passphrase, which AES-GCM alone cannot; it protects nothing."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
