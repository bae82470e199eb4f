"""Files encrypted at rest in one folder: AES-256-GCM block by block, the key in the caller's hands; no row, no network.

A file is a row of blocks, each a random nonce, up to SEALED_BLOCK bytes and the tag; a block is bound to its place, so
that blocks can neither be exchanged nor moved. That a file was cut at its end is seen by who knows its length.
"""

import os
import secrets
import shutil
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from agent_app.host.files import disk_errors
from agent_app.ports import SEALED_BLOCK
from server_sync.domain.disk import settle_folder
from server_sync.domain.errors import ErrorKind, KnownError

KEY_BYTES = 32
_NONCE, _TAG = 12, 16
_STORED = _NONCE + SEALED_BLOCK + _TAG
_BINARY = getattr(os, "O_BINARY", 0)


class SealedFolder:
    """`ports.SealedFiles` in a folder that is made when it is first needed. Any thread may use it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def new_key(self) -> bytes:
        """See `SealedFiles`."""
        return secrets.token_bytes(KEY_BYTES)

    def write(self, name: str, key: bytes, offset: int, content: bytes) -> None:
        """See `SealedFiles`."""
        first, seal = _block(offset), AESGCM(key)
        with disk_errors():
            if not self.folder.is_dir():
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                settle_folder(self.folder.parent)
            handle = os.open(self.folder / name, os.O_WRONLY | os.O_CREAT | _BINARY, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.seek(first * _STORED)
                file.truncate()
                for place, start in enumerate(range(0, len(content), SEALED_BLOCK), first):
                    nonce = secrets.token_bytes(_NONCE)
                    plain = content[start : start + SEALED_BLOCK]
                    file.write(nonce + seal.encrypt(nonce, plain, place.to_bytes(8)))
                file.flush()
                os.fsync(file.fileno())
            if offset == 0:
                settle_folder(self.folder)

    def read(self, name: str, key: bytes, offset: int, size: int) -> bytes:
        """See `SealedFiles`."""
        first, seal = _block(offset), AESGCM(key)
        blocks = []
        with disk_errors():
            try:
                file = (self.folder / name).open("rb")
            except FileNotFoundError:
                raise KnownError(ErrorKind.FILE_DAMAGED) from None
            with file:
                file.seek(first * _STORED)
                for place in range(first, first + -(-size // SEALED_BLOCK)):
                    stored = file.read(_STORED)
                    if not stored:
                        break
                    blocks.append(_opened(seal, stored, place))
        return b"".join(blocks)[:size]

    def remove(self, name: str) -> None:
        """See `SealedFiles`."""
        with disk_errors():
            (self.folder / name).unlink(missing_ok=True)

    def names(self) -> set[str]:
        """See `SealedFiles`."""
        with disk_errors():
            return {file.name for file in self.folder.iterdir()} if self.folder.is_dir() else set()

    def free(self) -> int:
        """See `SealedFiles`."""
        with disk_errors():
            return shutil.disk_usage(self.folder if self.folder.is_dir() else self.folder.parent).free


def _block(offset: int) -> int:
    place, beside = divmod(offset, SEALED_BLOCK)
    if beside:
        raise ValueError("not the beginning of a block")
    return place


def _opened(seal: AESGCM, stored: bytes, place: int) -> bytes:
    try:
        return seal.decrypt(stored[:_NONCE], stored[_NONCE:], place.to_bytes(8))
    except (InvalidTag, ValueError):
        raise KnownError(ErrorKind.FILE_DAMAGED) from None
