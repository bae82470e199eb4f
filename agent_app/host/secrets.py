"""Where the key of a store is kept: the operating system's keyring, else a file wrapped by a passphrase.

Nothing else of the program touches a keyring.
"""

import base64
import binascii
import os
from pathlib import Path
from typing import TYPE_CHECKING

from agent_app.host.key_file import COST, KEY_FILE, unwrap, wrap
from agent_app.ports import Keystore
from server_sync.domain.disk import settle_folder
from server_sync.domain.errors import ErrorKind, KnownError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

PASSPHRASE_VARIABLE = "HUIFANG_PASSPHRASE"
_SERVICE = "huifang"
# Backends that refuse everything, forget silently, or write plain text.
_NONE = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")


class KeyringKeystore:
    """The key of one profile in the keyring, under the name of the profile's folder."""

    def __init__(self, profile_dir: Path, backend: "KeyringBackend") -> None:
        self._name = profile_dir.name
        self._backend = backend

    def load(self) -> bytes | None:
        """See `ports.Keystore`. A locked or broken keyring is STORE_KEY_MISSING."""
        from keyring.errors import KeyringError

        try:
            kept = self._backend.get_password(_SERVICE, self._name)
            return None if kept is None else base64.b64decode(kept, validate=True)
        except (KeyringError, binascii.Error):
            raise KnownError(ErrorKind.STORE_KEY_MISSING) from None

    def keep(self, key: bytes) -> None:
        """See `ports.Keystore`. What the keyring does not give back at once counts as not kept."""
        from keyring.errors import KeyringError

        try:
            self._backend.set_password(_SERVICE, self._name, base64.b64encode(key).decode())
        except KeyringError:
            raise KnownError(ErrorKind.STORE_KEY_MISSING) from None
        if self.load() != key:
            raise KnownError(ErrorKind.STORE_KEY_MISSING)

    def forget(self) -> None:
        """See `ports.Keystore`. Raises KnownError(STORE_KEY_MISSING) when the keyring does not let it go."""
        from keyring.errors import KeyringError, PasswordDeleteError

        try:
            self._backend.delete_password(_SERVICE, self._name)
        except PasswordDeleteError:
            if self.load() is not None:
                raise KnownError(ErrorKind.STORE_KEY_MISSING) from None
        except KeyringError:
            raise KnownError(ErrorKind.STORE_KEY_MISSING) from None


class PassphraseKeystore:
    """The key of one profile in a file beside its store, wrapped by a passphrase."""

    def __init__(self, profile_dir: Path, passphrase: str, cost: int = COST) -> None:
        self._file = profile_dir / KEY_FILE
        self._passphrase = passphrase
        self._cost = cost

    def load(self) -> bytes | None:
        """See `ports.Keystore`."""
        return unwrap(self._file, self._passphrase)

    def keep(self, key: bytes) -> None:
        """See `ports.Keystore`. Keeping the same key again under another passphrase is how that is changed."""
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        wrap(self._file, key, self._passphrase, self._cost)

    def forget(self) -> None:
        """See `ports.Keystore`. The wrapped key is written over before the file goes."""
        if self._file.exists():
            with self._file.open("rb+") as content:
                content.write(bytes(self._file.stat().st_size))
                content.flush()
                os.fsync(content.fileno())
            self._file.unlink()
            settle_folder(self._file.parent)


def keystore(profile_dir: Path, password: str, passphrase: str | None = None) -> Keystore:
    """The keystore of a profile.

    A passphrase given here or in HUIFANG_PASSPHRASE chooses the wrapped file; so does a wrapped file that is
    there. Else it is the keyring, and on a machine without one the file, wrapped by the password of the
    sign-in.
    """
    chosen = passphrase or os.environ.get(PASSPHRASE_VARIABLE)
    if chosen:
        return PassphraseKeystore(profile_dir, chosen)
    backend = None if (profile_dir / KEY_FILE).exists() else usable_keyring()
    return (
        PassphraseKeystore(profile_dir, password)
        if backend is None
        else KeyringKeystore(profile_dir, backend)
    )


def usable_keyring() -> "KeyringBackend | None":
    """A keyring that keeps secrets and keeps them secret, None when this machine has none."""
    import keyring
    from keyring.backends.chainer import ChainerBackend

    chosen = keyring.get_keyring()
    candidates = chosen.backends if isinstance(chosen, ChainerBackend) else [chosen]
    return next((one for one in candidates if not type(one).__module__.startswith(_NONE)), None)
