"""A value beside the store that tells a wrong key from a damaged file; it reveals nothing of the key.

SQLCipher gives one and the same error for both, so the answer has to lie outside the encrypted file.
"""

import hashlib
import hmac
from pathlib import Path

from agent_app.host.files import write_atomically

KEY_CHECK_FILE = "store.check"
_LABEL = b"huifang store key check 1"


def key_check(key: bytes) -> str:
    """HMAC-SHA256 of a fixed label under the key, in hex: one-way, as the key is 32 random bytes."""
    return hmac.new(key, _LABEL, hashlib.sha256).hexdigest()


def write_key_check(profile_dir: Path, key: bytes) -> None:
    """Note which key the store of this profile has, if it is not noted yet."""
    path = profile_dir / KEY_CHECK_FILE
    if _noted(path) != key_check(key):
        write_atomically(path, key_check(key).encode())


def is_other_key(profile_dir: Path, key: bytes) -> bool:
    """Whether the store is noted to have another key than this one; False without a readable note."""
    noted = _noted(profile_dir / KEY_CHECK_FILE)
    return noted is not None and noted != key_check(key)


def _noted(path: Path) -> str | None:
    try:
        text = path.read_text(encoding="ascii").strip()
        return text if len(bytes.fromhex(text)) == hashlib.sha256().digest_size else None
    except (OSError, ValueError):
        return None
