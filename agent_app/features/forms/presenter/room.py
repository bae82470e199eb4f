"""What happens among the forms: one is chosen, a version is compared with the one before, a file is given back."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection

from agent_app.actions.form_files import write_form_file
from agent_app.actions.session import DeskSession
from agent_app.features.forms.state import FormsState, Trouble
from agent_app.ports import Running
from agent_app.store.queries import forms
from agent_app.store.queries.forms import FormLine, VersionLine
from agent_app.sync.forms import FormFile, FormsOffice
from agent_app.ui.while_seen import WhileSeen
from server_sync.domain.errors import KnownError
from server_sync.domain.forms.comparison import FormChange, compare_forms
from server_sync.domain.forms.reading import read_form


class RoomPresenter(WhileSeen):
    """`ask_where` asks for a place for a file of this name, and is answered by `on_place_chosen`."""

    tables = ("form", "form_version", "plan", "response", "task", "person")

    def __init__(
        self,
        session: DeskSession,
        office: FormsOffice,
        render: Callable[[FormsState], object],
        ask_where: Callable[[FormFile], object],
    ) -> None:
        super().__init__()
        self._session = session
        self._office = office
        self._render = render
        self._ask_where = ask_where
        self._state = FormsState()
        self._fetching: Running | None = None

    @property
    def state(self) -> FormsState:
        """What is shown."""
        return self._state

    def on_form_chosen(self, form_id: bytes | None) -> None:
        """Another form."""
        if form_id == self._state.chosen:
            return
        self._state = replace(
            self._state, chosen=form_id, versions=(), version=None, earlier=None, changes=None
        )
        self._state = replace(self._state, saved="", trouble=None)
        self._draw(self._state)
        self._load_versions()

    def on_version_chosen(self, version_id: bytes) -> None:
        """What is new in this version."""
        if version_id != self._state.version:
            self._show_version(version_id)

    def on_file_asked(self) -> None:
        """The file of the version that is shown, as it came."""
        version_id = self._state.version
        if version_id is None or self._state.fetching:
            return
        self._draw(replace(self._state, fetching=True, saved="", trouble=None))
        self._fetching = self._session.load(
            lambda: self._office.file(version_id), self._fetched, self._failed
        )

    def on_fetching_stopped(self) -> None:
        """The file is not wanted any more."""
        if self._fetching is not None:
            self._fetching.cancel()
        self._draw(replace(self._state, fetching=False))

    def on_place_chosen(self, file: FormFile, target: Path) -> None:
        """Write the file there."""
        self._session.load(
            lambda: write_form_file(target, file.content),
            lambda _: self._draw(replace(self._state, saved=target.name, trouble=None)),
            self._failed,
        )

    def on_trouble_seen(self) -> None:
        """The banner was closed."""
        self._draw(replace(self._state, saved="", trouble=None))

    def _reload(self) -> None:
        self._session.read(forms.load, self._loaded, key="forms")

    def _loaded(self, lines: tuple[FormLine, ...]) -> None:
        known = {line.id for line in lines}
        chosen = self._state.chosen if self._state.chosen in known else None
        if chosen is None and lines:
            chosen = lines[0].id
        self._draw(replace(self._state, forms=lines, loaded=True, chosen=chosen))
        self._load_versions()

    def _load_versions(self) -> None:
        form_id = self._state.chosen
        if form_id is None:
            return

        def read(connection: Connection) -> tuple[bytes, tuple[VersionLine, ...]]:
            return form_id, forms.versions(connection, form_id)

        self._session.read(read, self._versions_loaded, key="form versions")

    def _versions_loaded(self, found: tuple[bytes, tuple[VersionLine, ...]]) -> None:
        form_id, lines = found
        if form_id != self._state.chosen:
            return
        shown, before, now = self._state.version, _current(self._state.versions), _current(lines)
        self._state = replace(self._state, versions=lines)
        # Who looks at the current version goes along when there is a newer one.
        if any(line.id == shown for line in lines) and not (shown == before and now != before):
            self._draw(self._state)
        else:
            self._show_version(now)

    def _show_version(self, version_id: bytes | None) -> None:
        ids = [line.id for line in self._state.versions]
        at = ids.index(version_id) if version_id in ids else len(ids)
        earlier = next(iter(self._state.versions[at + 1 :]), None)
        self._draw(replace(self._state, version=version_id, earlier=earlier, changes=None))
        if version_id is None or earlier is None:
            return

        def read(connection: Connection) -> tuple[str | None, str | None]:
            return forms.xform(connection, earlier.id), forms.xform(connection, version_id)

        self._session.read(read, lambda found: self._compare(version_id, *found), key="form comparison")

    def _compare(self, version_id: bytes, before: str | None, after: str | None) -> None:
        if before is None or after is None:
            return

        def compared(changes: tuple[FormChange, ...]) -> None:
            if version_id == self._state.version:
                self._draw(replace(self._state, changes=changes))

        self._session.load(lambda: differences(before, after), compared, self._failed)

    def _fetched(self, file: FormFile) -> None:
        self._draw(replace(self._state, fetching=False))
        self._ask_where(file)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._draw(replace(self._state, fetching=False, trouble=Trouble(error.kind, error.values)))

    def _draw(self, state: FormsState) -> None:
        self._state = replace(state, now=self._session.now())
        self._render(self._state)


def _current(lines: tuple[VersionLine, ...]) -> bytes | None:
    return next((line.id for line in lines if line.current), None)


def differences(before: str, after: str) -> tuple[FormChange, ...]:
    """What is different between two XForms. Raises KnownError as `read_form` does."""
    return compare_forms(read_form(before), read_form(after))
