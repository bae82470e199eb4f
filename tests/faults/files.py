"""The files of a desk in these tests: attached, abandoned, fetched and moved by the desk's own machine (SYNC F1)."""

import hashlib
from dataclasses import replace
from pathlib import Path

from agent_app.actions import attachments as actions
from agent_app.actions.desk import Desk
from agent_app.host.sealed_files import SealedFolder
from agent_app.store import attachments
from agent_app.store.attachments import FileState, LocalFile
from agent_app.store.changes import StoreChanges
from agent_app.sync.attachments import Transfers
from agent_app.sync.carrier import Carrier
from agent_app.sync.client import HttpNet
from agent_app.sync.schedule import Schedule
from agent_app.sync.transfers import TransferRounds
from server_sync.domain.rules.settings import DEFAULTS
from tests.agent_app.deferred import DeferredWork
from tests.agent_app.sync.attachments.road import photo

FOLDER = "attachments"
CONTENT = photo(150_000)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


class DeskFiles:
    """What a desk does with files; its rows go by the desk's own rounds."""

    def __init__(self, desk: Desk, profile: Path, net: HttpNet, work: DeferredWork) -> None:
        self.desk = desk
        self._work = work
        self._sealed = SealedFolder(profile / FOLDER)
        self._source = profile.parent / f"{profile.name}.jpg"
        self.changes: list[StoreChanges] = []
        carrier = Carrier(net, self._sealed)
        self._rounds = TransferRounds(
            work, desk.store, Transfers(self._sealed), carrier, desk.clock, Schedule(0.5), self.changes.append
        )
        self._rounds.start()
        work.finish()

    def attach(self, customer_id: bytes) -> bytes:
        """Attach a file; when this returns, the person has seen that it is saved."""
        sealed = self._sealed_file(customer_id)
        actions.finish_attachment(self.desk, sealed)
        return sealed.attachment_id

    def abandon(self, customer_id: bytes) -> None:
        """Begin to attach one and think better of it."""
        actions.abandon_attachment(self.desk, self._sealed_file(customer_id))

    def fetch(self, attachment_id: bytes, customer_id: bytes) -> None:
        """Have a file come from the server."""
        file = replace(self._new(customer_id), attachment_id=attachment_id, state=FileState.FETCHING)
        actions.fetch_attachment(self.desk, replace(file, size=len(CONTENT), sha256=SHA256))

    def move(self) -> None:
        """A round to its end."""
        self._rounds.insist()
        self._work.finish()

    def moving(self) -> list[bytes]:
        """Which files are still on their way."""
        states = (FileState.SENDING, FileState.FETCHING)
        with self.desk.store.read() as connection:
            rows = connection.exec_driver_sql("SELECT attachment_id, state FROM attachment_file").all()
        return [row[0] for row in rows if row[1] in states]

    def kept_are_whole(self) -> None:
        """What is kept here is what was attached."""
        with self.desk.store.read() as connection:
            rows = connection.exec_driver_sql("SELECT attachment_id FROM attachment_file").all()
            files = [attachments.load(connection, row[0]) for row in rows]
        for file in files:
            assert file is not None
            assert actions.content(self._sealed, file) == CONTENT

    def _sealed_file(self, customer_id: bytes) -> actions.Sealed:
        file = self._new(customer_id)
        self._source.write_bytes(CONTENT)
        actions.begin_attachment(self.desk, file)
        return actions.seal(self._sealed, file, self._source, dict(DEFAULTS["attachments"]))

    def _new(self, customer_id: bytes) -> LocalFile:
        ids = self.desk.ids
        return LocalFile(ids.new(), customer_id, ids.new().hex(), self._sealed.new_key(), FileState.WRITING)
