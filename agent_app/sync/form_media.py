"""Pictures, sounds and films beside a form's words: fetched once, then sealed beside the store, there offline too.

A sealed file begins with its length: one that a kill cut off is fetched anew.
"""

import hashlib
from collections.abc import Iterable
from urllib.parse import quote

from agent_app.ports import SEALED_BLOCK, Net, SealedFiles
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.bundle import media_names

FOLDER = "form_media"
_LENGTH_BYTES = 8
_ROAD = "/sync/forms"


class FormMedia:
    """All calls wait for the disk, and for the network where a file is not here."""

    def __init__(self, net: Net, files: SealedFiles, key: bytes) -> None:
        self._net, self._files, self._key = net, files, key

    def get(self, version_id: bytes, name: str) -> bytes | None:
        """The content of a file; None where nobody has it, or the server cannot be asked now."""
        found = self._kept(_sealed_name(version_id, name))
        if found is not None:
            return found
        try:
            return self._fetch(version_id, name)
        except KnownError:
            return None

    def keep(self, forms: Iterable[tuple[bytes, str]]) -> int:
        """Have the files of these versions here, and no others; `forms` are their ids and XForms. Returns how many the
        server could not be asked for now."""
        wanted = {_sealed_name(one, name): (one, name) for one, xform in forms for name in media_names(xform)}
        there = self._files.names()
        for gone in there - wanted.keys():
            self._files.remove(gone)
        unasked = 0
        for missing in sorted(wanted.keys() - there):
            try:
                self._fetch(*wanted[missing])
            except KnownError:
                unasked += 1
        return unasked

    def _kept(self, sealed: str) -> bytes | None:
        try:
            head = self._files.read(sealed, self._key_of(sealed), 0, SEALED_BLOCK)
            whole = _LENGTH_BYTES + int.from_bytes(head[:_LENGTH_BYTES], "big")
            found = self._files.read(sealed, self._key_of(sealed), 0, whole) if whole > len(head) else head
        except KnownError as error:
            if error.kind is not ErrorKind.FILE_DAMAGED:
                raise
            return None
        return found[_LENGTH_BYTES:whole] if len(found) >= whole else None

    def _fetch(self, version_id: bytes, name: str) -> bytes | None:
        """What the server has, sealed; None where it has none. Raises KnownError when it cannot be asked."""
        reply = self._net.send("GET", f"{_ROAD}/{version_id.hex()}/{quote(name, safe='')}")
        if reply.status != 200:
            return None
        sealed, size = _sealed_name(version_id, name), len(reply.body).to_bytes(_LENGTH_BYTES, "big")
        self._files.write(sealed, self._key_of(sealed), 0, size + reply.body)
        return reply.body

    def _key_of(self, sealed: str) -> bytes:
        """Each file has a key of its own, so that no block of one fits into another."""
        return hashlib.blake2b(sealed.encode(), key=self._key, digest_size=32).digest()


def _sealed_name(version_id: bytes, name: str) -> str:
    """What it is called on the disk, which tells nothing."""
    return hashlib.blake2b(name.encode(), key=version_id, digest_size=16).hexdigest()
