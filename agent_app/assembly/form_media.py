"""Keeps what stands beside the words of forms at this desk: looks what there is when versions come, and fetches it."""

from pathlib import Path

from sqlalchemy import or_, select

from agent_app.host.sealed_files import SealedFolder
from agent_app.ports import Lane, Net, Work
from agent_app.store.changes import StoreChanges
from agent_app.store.database import Store
from agent_app.store.desk_state import recall, remember
from agent_app.sync.form_media import FOLDER, FormMedia
from server_sync.domain.model import form_version

_KEY = "form_media_key"
"""Where the store keeps the key of the files, as hex."""
_KINDS = ("images", "audio", "video")


class FormMediaRounds:
    """Main thread, but for `get`. What could not be fetched is asked for again at each half-minute."""

    def __init__(self, store: Store, net: Net, profile: Path, work: Work) -> None:
        self._store, self._net, self._work = store, net, work
        self._files = SealedFolder(profile / FOLDER)
        self._media: FormMedia | None = None
        self._missing = 0

    def get(self, version_id: bytes, name: str) -> bytes | None:
        """The content of a file, None where it cannot be had; waits for the disk or the network."""
        return None if self._media is None else self._media.get(version_id, name)

    def look(self) -> None:
        """Look which versions have such files."""
        self._work.run(self._read, self._keep, lane=Lane.BACKGROUND, key="form media")

    def on_changed(self, changes: StoreChanges) -> None:
        """Versions came, or went."""
        if changes.concerns("form_version"):
            self.look()

    def on_half_minute(self) -> None:
        """Once more for what could not be fetched."""
        if self._missing:
            self.look()

    def _read(self) -> tuple[bytes, list[tuple[bytes, str]]]:
        named = or_(*(form_version.c.xform.contains(f"jr://{kind}/") for kind in _KINDS))
        with self._store.write() as connection:
            key: str | None = recall(connection, _KEY)
            if key is None:
                key = self._files.new_key().hex()
                remember(connection, _KEY, key)
            rows = connection.execute(select(form_version.c.id, form_version.c.xform).where(named)).all()
        return bytes.fromhex(key), [(row.id, row.xform) for row in rows]

    def _keep(self, found: tuple[bytes, list[tuple[bytes, str]]]) -> None:
        key, versions = found
        media = self._media = FormMedia(self._net, self._files, key)
        self._work.run(lambda: media.keep(versions), self._kept, lane=Lane.NETWORK, key="form media files")

    def _kept(self, missing: int) -> None:
        self._missing = missing
