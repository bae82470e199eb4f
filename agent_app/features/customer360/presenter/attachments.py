"""What happens to the files of a customer: listed, attached, looked at, saved, fetched, taken back (SYNC F1)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, select

from agent_app.actions import attachments as actions
from agent_app.actions.attachments import Sealed
from agent_app.actions.session import DeskSession
from agent_app.features.customer360.state import AttachmentsState
from agent_app.ports import SealedFiles
from agent_app.store import attachments as local_files
from agent_app.store.attachments import FileState, LocalFile
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import settings
from agent_app.store.queries.attachments import Attached, Standing, of_customer
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import attachment, customer
from server_sync.domain.rules.permissions import leads

TABLES = ("attachment", "attachment_file", "customer")


@dataclass(frozen=True)
class _Loaded:
    customer_id: bytes
    files: tuple[Attached, ...]
    leads: bool
    policy: Mapping[str, int]


Viewed = TypeVar("Viewed")


class AttachmentsPresenter(Generic[Viewed]):
    """Shows the files of one customer at a time. A file that somebody wanted to see and that is here now is opened by
    `view`, away from the main thread, with what reads its bytes; `on_viewed` gets what came of that."""

    def __init__(
        self,
        session: DeskSession,
        files: SealedFiles,
        render: Callable[[AttachmentsState], object],
        view: Callable[[Attached, Callable[[], bytes]], Viewed],
        on_viewed: Callable[[Attached, Viewed], object],
    ) -> None:
        self._session = session
        self._files = files
        self._render = render
        self._view = view
        self._on_viewed = on_viewed
        self._state = AttachmentsState()
        self._customer_id: bytes | None = None
        self._task_id: bytes | None = None
        self._policy: Mapping[str, int] = {}
        # whose name is being sealed, and for whom
        self._adding: dict[bytes, tuple[bytes, str]] = {}
        self._wanted: bytes | None = None

    def open(self, customer_id: bytes | None, task_id: bytes | None) -> None:
        """Show this customer's files; what is attached from now on belongs to the task, too."""
        if customer_id != self._customer_id:
            self._wanted = None
            self._state = AttachmentsState()
        self._customer_id, self._task_id = customer_id, task_id
        if customer_id is None:
            self._render(self._state)
        else:
            self._reload()

    def on_changed(self, changes: StoreChanges) -> None:
        """Look again when it concerns this customer's files."""
        if self._customer_id is not None and changes.concerns(*TABLES, customer_id=self._customer_id):
            self._reload()

    def on_files_given(self, paths: Sequence[Path]) -> None:
        """Attach these files to the customer who is shown, whoever is shown when they are sealed."""
        if self._customer_id is None or not self._state.loaded:
            return
        self._say(None)
        for path in paths:
            self._begin(path, self._customer_id, self._task_id)

    def on_open_asked(self, attachment_id: bytes) -> None:
        """Somebody wants to see a file; one that is not here comes first."""
        file = self._file(attachment_id)
        if file is None or file.standing is Standing.ABSENT:
            return
        self._say(None)
        if file.is_here:
            self._show(file)
        else:
            self._wanted = attachment_id
            self._fetch(file)

    def on_save_asked(self, attachment_id: bytes, target: Path) -> None:
        """Write a copy where a person wants it."""
        file = self._file(attachment_id)
        if file is not None and file.is_here:
            self._with_local(file, lambda local: actions.save_copy(self._files, local, target), self._saved)

    def on_cancelled(self, attachment_id: bytes) -> None:
        """It need not come any more."""
        file = self._file(attachment_id)
        self._wanted = None
        if file is not None:
            self._act(lambda desk: actions.cancel_fetch(desk, file.id, file.customer_id))

    def on_again_asked(self, attachment_id: bytes) -> None:
        """Offer the server once more what it refused."""
        file = self._file(attachment_id)
        if file is not None:
            self._act(lambda desk: actions.send_again(desk, file.id, file.customer_id))

    def on_removed(self, attachment_id: bytes) -> None:
        """Take a file back, for good."""
        file = self._file(attachment_id)
        if file is not None:
            self._act(lambda desk: actions.remove_attachment(desk, file.id, file.customer_id))

    def _begin(self, path: Path, customer_id: bytes, task_id: bytes | None) -> None:
        ids, key = self._session.new_id, self._files.new_key()
        file = LocalFile(
            ids(), customer_id, ids().hex(), key, FileState.WRITING, looked_at=self._session.now()
        )
        policy = self._policy
        self._adding[file.attachment_id] = customer_id, path.name
        self._show_adding()

        def seal(_: StoreChanges) -> None:
            self._session.load(lambda: actions.seal(self._files, file, path, policy), finish, fail)

        def finish(sealed: Sealed) -> None:
            self._session.act(lambda desk: actions.finish_attachment(desk, sealed, task_id), done, fail)

        def done(_: StoreChanges) -> None:
            self._adding.pop(file.attachment_id)
            self._show_adding()

        def fail(error: Exception) -> None:
            self._adding.pop(file.attachment_id)
            self._session.act(lambda desk: actions.abandon_attachment(desk, file))
            self._failed(error, path.name)

        self._session.act(lambda desk: actions.begin_attachment(desk, file), seal, fail)

    def _fetch(self, file: Attached) -> None:
        name, key, now = self._session.new_id().hex(), self._files.new_key(), self._session.now()

        def query(connection: Connection) -> LocalFile | None:
            found = select(attachment.c.sha256).where(attachment.c.id == file.id)
            sha256 = connection.execute(found).scalar_one_or_none()
            state = FileState.FETCHING
            if sha256 is None:
                return None
            return LocalFile(file.id, file.customer_id, name, key, state, file.size, sha256, looked_at=now)

        def fetch(local: LocalFile | None) -> None:
            if local is not None:
                self._act(lambda desk: actions.fetch_attachment(desk, local))

        self._session.read(query, fetch)

    def _show(self, file: Attached) -> None:
        def view(local: LocalFile) -> Viewed:
            return self._view(file, lambda: actions.content(self._files, local))

        def viewed(made: Viewed) -> None:
            if file.customer_id == self._customer_id:
                self._on_viewed(file, made)

        self._with_local(file, view, viewed)

    def _with_local(
        self, file: Attached, work: Callable[[LocalFile], Any], on_done: Callable[[Any], object]
    ) -> None:
        """Work on a sealed file, away from the store's thread. One that was damaged here is fetched anew, if it can."""

        def failed(error: Exception) -> None:
            damaged = isinstance(error, KnownError) and error.kind is ErrorKind.FILE_DAMAGED
            if damaged and file.standing is Standing.HERE:
                self._wanted = file.id
                self._fetch(file)
            else:
                self._failed(error, file.file_name)

        def found(local: LocalFile | None) -> None:
            if local is not None:
                self._act(lambda desk: actions.note_look(desk, file.id))
                self._session.load(lambda: work(local), on_done, failed)

        self._session.read(lambda connection: local_files.load(connection, file.id), found)

    def _saved(self, _: object) -> None:
        self._say(None)

    def _act(self, action: Callable[[Any], StoreChanges]) -> None:
        self._session.act(action, None, lambda error: self._failed(error, ""))

    def _failed(self, error: Exception, name: str) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._state = replace(self._state, adding=self._names())
        self._say(error, name)

    def _say(self, error: KnownError | None, name: str = "") -> None:
        self._state = replace(
            self._state,
            error=None if error is None else error.kind,
            error_values={} if error is None else error.values,
            error_name=name,
            now=self._session.now(),
        )
        self._render(self._state)

    def _show_adding(self) -> None:
        self._state = replace(self._state, adding=self._names())
        self._render(self._state)

    def _names(self) -> tuple[str, ...]:
        return tuple(name for owner, name in self._adding.values() if owner == self._customer_id)

    def _file(self, attachment_id: bytes) -> Attached | None:
        return next((file for file in self._state.files if file.id == attachment_id), None)

    def _reload(self) -> None:
        customer_id, actor = self._customer_id, self._session.desk.actor
        if customer_id is None:
            return
        person_id = self._session.desk.person_id

        def load(connection: Connection) -> _Loaded:
            found = select(customer.c.team_id).where(customer.c.id == customer_id)
            team_id = connection.execute(found).scalar_one_or_none()
            files = of_customer(connection, customer_id, person_id)
            policy = settings.load(connection, "attachments")
            return _Loaded(customer_id, files, leads(actor, team_id), policy)

        self._session.read(load, self._loaded, key="attachments")

    def _loaded(self, loaded: _Loaded) -> None:
        if loaded.customer_id != self._customer_id:
            return
        self._policy = loaded.policy
        self._state = replace(
            self._state,
            files=loaded.files,
            leads=loaded.leads,
            loaded=True,
            adding=self._names(),
            now=self._session.now(),
        )
        self._render(self._state)
        wanted = None if self._wanted is None else self._file(self._wanted)
        if wanted is not None and wanted.is_here:
            self._wanted = None
            self._show(wanted)
