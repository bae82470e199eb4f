"""What happens with a file on its way to be a form's version: read, checked at the server, compared, published."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import Connection

from agent_app.actions.form_files import read_form_files
from agent_app.actions.session import DeskSession
from agent_app.features.forms.presenter.room import differences
from agent_app.features.forms.state import ImportState, Phase, Standing, Trouble, Waiting
from agent_app.ports import Running
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import forms
from agent_app.sync.forms import FormFile, FormsOffice
from server_sync.domain.errors import KnownError
from server_sync.domain.forms.bundle import MEDIA_SUFFIXES
from server_sync.domain.forms.comparison import FormChange
from server_sync.domain.forms.xlsform.findings import FindingKind
from server_sync.domain.wire.forms import FormChecked, FormPublished


@dataclass(frozen=True)
class _Known:
    """What this desk knows of the form of a code: the version it would follow, and what stays on earlier ones."""

    standing: Standing
    before: str = ""
    xform: str = ""
    waiting: Waiting = field(default_factory=Waiting)


class ImportPresenter:
    """One import at a time; `render` gets None when there is none."""

    def __init__(
        self, session: DeskSession, office: FormsOffice, render: Callable[[ImportState | None], object]
    ) -> None:
        self._session = session
        self._office = office
        self._render = render
        self._state: ImportState | None = None
        self._file: FormFile | None = None
        self._paths: tuple[Path, ...] = ()
        self._running: Running | None = None

    @property
    def state(self) -> ImportState | None:
        """What is shown."""
        return self._state

    def on_files_given(self, paths: Sequence[Path]) -> None:
        """A workbook was chosen or dropped, perhaps with the files that it names: check it. Files that the one under
        way names are taken into it, and replace those of their names."""
        state = self._state
        if state is not None and state.phase is Phase.PUBLISHING:
            return
        if state is not None and all(_belongs(path, state) for path in paths):
            given = {path.name for path in paths}
            self._paths = (*(path for path in self._paths if path.name not in given), *paths)
            self._check(replace(state, phase=Phase.CHECKING, findings=(), trouble=None))
        else:
            self._paths = tuple(paths)
            self._check(ImportState(paths[0].name))

    def on_again(self) -> None:
        """The same files once more, as they are by now: somebody has corrected them."""
        state = self._state
        if state is not None and state.may_check_again:
            self._check(replace(state, phase=Phase.CHECKING, findings=(), trouble=None))

    def on_changed(self, changes: StoreChanges) -> None:
        """Somebody else may have published, or taken up work, meanwhile."""
        state = self._state
        if (
            state is not None
            and state.phase is Phase.CHECKED
            and changes.concerns("form", "form_version", "task")
        ):
            self._look_up()

    def _check(self, state: ImportState) -> None:
        self._stop()
        self._file = None
        self._draw(state)
        paths = self._paths

        def read_and_check() -> tuple[FormFile, FormChecked]:
            bundle = read_form_files(paths)
            file = FormFile(bundle.name, bundle.content)
            return file, self._office.check(file)

        self._running = self._session.load(read_and_check, self._checked, self._failed)

    def on_code_given(self, code: str) -> None:
        """Publish it as the form of this code."""
        state = self._state
        if state is not None and state.form is not None and code.strip() and code.strip() != state.code:
            self._draw(replace(state, code=code.strip()))
            self._look_up()

    def on_publish_asked(self, note: str) -> None:
        """Make it the form's current version."""
        state, file = self._state, self._file
        if state is None or file is None or not state.publishable:
            return
        self._draw(replace(state, phase=Phase.PUBLISHING, trouble=None))
        self._running = self._session.load(
            lambda: self._office.publish(file, state.code, note.strip()), self._published, self._failed
        )

    def on_closed(self) -> None:
        """Leave the import; one that is being published is no longer stopped."""
        if self._state is not None and self._state.phase is Phase.PUBLISHING:
            return
        self._stop()
        self._file = None
        self._draw(None)

    def _checked(self, found: tuple[FormFile, FormChecked]) -> None:
        self._file, checked = found
        if self._state is None:
            return
        before = self._state.form
        # What somebody wrote over the code of the file holds for the file as it is corrected.
        written = before is not None and self._state.code != before.code
        self._state = replace(self._state, file_name=self._file.name)
        findings = tuple(sorted(checked.findings, key=lambda one: not one.error))
        code = self._state.code if written else checked.form.code if checked.form is not None else ""
        self._draw(
            replace(
                self._state,
                phase=Phase.CHECKED,
                findings=findings,
                form=checked.form,
                code=code,
                trouble=None,
            )
        )
        self._look_up()

    def _look_up(self) -> None:
        """What this desk has of the form of the code."""
        state = self._state
        if state is None or state.form is None:
            return
        made, code = state.form, state.code

        def read(connection: Connection) -> _Known:
            versions = forms.by_code(connection, code)
            if not versions:
                return _Known(Standing.NEW)
            before, (_, xform) = next(iter(versions.items()))
            same = next((name for name, (_, text) in versions.items() if text == made.xform), None)
            taken = made.version in versions and same is None
            standing = Standing.SAME if same else Standing.TAKEN if taken else Standing.NEXT
            lines = forms.versions_of_code(connection, code)
            waiting = Waiting(sum(one.open_tasks for one in lines), sum(one.drafts for one in lines))
            return _Known(standing, same or before, "" if same else xform, waiting)

        self._session.read(read, lambda known: self._known(code, known), key="form of code")

    def _known(self, code: str, known: _Known) -> None:
        state = self._state
        if state is None or state.form is None or state.code != code:
            return
        made = state.form
        self._draw(
            replace(state, standing=known.standing, before=known.before, waiting=known.waiting, changes=())
        )
        if known.xform:

            def compared(changes: tuple[FormChange, ...]) -> None:
                if self._state is not None and self._state.code == code:
                    self._draw(replace(self._state, changes=changes))

            self._session.load(lambda: differences(known.xform, made.xform), compared, self._failed)

    def _published(self, published: FormPublished) -> None:
        if self._state is not None:
            self._draw(replace(self._state, phase=Phase.PUBLISHED, published=published, trouble=None))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        if self._state is not None:
            phase = Phase.CHECKED if self._state.phase is Phase.PUBLISHING else self._state.phase
            self._draw(replace(self._state, phase=phase, trouble=Trouble(error.kind, error.values)))

    def _stop(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def _draw(self, state: ImportState | None) -> None:
        self._state = state
        self._render(state)


def _belongs(path: Path, state: ImportState) -> bool:
    """Whether a file is one that the form under way names, or can be nothing else than such a one."""
    missing = {one.values.get("name") for one in state.findings if one.kind == FindingKind.FILE_MISSING}
    return path.name in missing or path.suffix.lower() in MEDIA_SUFFIXES
