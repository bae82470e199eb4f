"""Joins the room's columns with their presenters, and what the shell calls."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.forms.presenter import ImportPresenter, RoomPresenter, TrialPresenter
from agent_app.features.forms.state import FormsState, ImportState, TrialState
from agent_app.features.forms.view.detail import FormDetail
from agent_app.features.forms.view.dropping import PATTERNS
from agent_app.features.forms.view.importing import ImportColumn
from agent_app.features.forms.view.listing import FormList
from agent_app.features.forms.view.trial import TrialColumn
from agent_app.ports import KeyBinding, Route
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.guide_facts import GuideFacts
from agent_app.sync.forms import FormFile, FormsOffice
from agent_app.ui import i18n
from agent_app.ui.file_dialogs import FileDialogs, SystemFileDialogs
from agent_app.ui.i18n import translate


class RoomPart(QObject):
    """The work column for the shell: a form, an import or a trial. Main thread."""

    def __init__(
        self,
        session: DeskSession,
        office: FormsOffice,
        prefill: Callable[[GuideFacts], Mapping[str, str]],
        route: Callable[[Route], object],
        listing: FormList,
    ) -> None:
        super().__init__()
        self._session, self._route, self._list = session, route, listing
        self._stack = QStackedWidget()
        self.file_dialogs: FileDialogs = SystemFileDialogs(self._stack)
        self._detail = FormDetail(session.timezone)
        self._import = ImportColumn(session.timezone)
        self.room = RoomPresenter(session, office, self._draw, self._ask_where)
        self.importing = ImportPresenter(session, office, self._draw_import)
        self.trial = TrialPresenter(session, i18n.language(), prefill, self._draw_trial)
        self._trial = TrialColumn(self.trial, session.timezone)
        for one in (self._detail, self._import, self._trial):
            self._stack.addWidget(one)
        self._join()

    def _join(self) -> None:
        self._list.seen.connect(self._on_seen)
        self._list.chosen.connect(self._on_form)
        self._list.import_asked.connect(self.ask_for_file)
        detail, importing = self._detail, self._import
        detail.version_chosen.connect(self._on_version)
        detail.try_asked.connect(self.try_version)
        detail.file_asked.connect(self._on_file_asked)
        detail.stopped.connect(self._on_stopped)
        detail.responses_asked.connect(self._on_responses)
        detail.trouble_seen.connect(self._on_trouble_seen)
        detail.files_dropped.connect(self._on_files)
        importing.closed.connect(self.go_back)
        importing.another_asked.connect(self.ask_for_file)
        importing.again_asked.connect(self.check_again)
        importing.try_asked.connect(self.try_version)
        importing.code_given.connect(self._on_code)
        importing.publish_asked.connect(self._on_publish)
        importing.files_dropped.connect(self._on_files)
        self._trial.closed.connect(self.go_back)

    @property
    def widget(self) -> QWidget:
        return self._stack

    def open(self, item: bytes | None, detail: object = None) -> None:
        """Show this form."""
        if item is not None:
            self.room.on_form_chosen(item)

    def on_changed(self, changes: StoreChanges) -> None:
        self.room.on_changed(changes)
        self.importing.on_changed(changes)

    def on_tick(self, now: int) -> None:
        """Nothing here counts down."""

    def shortcuts(self) -> Sequence[KeyBinding]:
        return (
            KeyBinding("forms.import", "Alt+I", translate("Forms", "Import a workbook"), self.ask_for_file),
            KeyBinding("forms.again", "Alt+C", translate("Forms", "Check again"), self.check_again),
            KeyBinding("forms.try", "Alt+T", translate("Forms", "Try it"), self.try_version),
            KeyBinding("forms.publish", "Alt+P", translate("Forms", "Publish"), self._import.publish),
            KeyBinding("forms.file", "Alt+E", translate("Forms", "Save the file"), self._on_file_asked),
            KeyBinding("forms.responses", "Alt+R", translate("Forms", "Responses"), self._on_responses),
            KeyBinding("forms.back", "Esc", translate("Forms", "Back"), self.go_back),
        )

    # --------------------------------------------------------------------------------------- what is shown

    def _draw(self, state: FormsState) -> None:
        self._list.draw(state)
        self._detail.draw(state)

    def _draw_import(self, state: ImportState | None) -> None:
        if state is not None:
            self._import.draw(state, self._session.now())
        self._show_column()

    def _draw_trial(self, state: TrialState | None) -> None:
        if state is not None:
            self._trial.draw(state)
        self._show_column()

    def _show_column(self) -> None:
        """A trial lies over an import, an import over the form."""
        if self.trial.state is not None:
            self._stack.setCurrentWidget(self._trial)
        elif self.importing.state is not None:
            self._stack.setCurrentWidget(self._import)
        else:
            self._stack.setCurrentWidget(self._detail)

    def _ask_where(self, file: FormFile) -> None:
        self.file_dialogs.save_as(
            translate("Forms", "Save the file"),
            file.name,
            lambda target: self.room.on_place_chosen(file, target),
        )

    # ------------------------------------------------------------------------------------------ what is asked

    @Slot()
    def ask_for_file(self) -> None:
        """Ask which workbook is to be imported."""
        kinds = f"{translate('Forms', 'Forms')} ({PATTERNS})"
        self.file_dialogs.choose(translate("Forms", "Import a workbook"), kinds, self._on_files)

    @Slot()
    def check_again(self) -> None:
        """The files of the import, as they are by now."""
        if self.trial.state is None:
            self.importing.on_again()

    @Slot()
    def try_version(self) -> None:
        """Try what is shown: the import's form, else the chosen version."""
        importing, state = self.importing.state, self.room.state
        if self.trial.state is not None:
            return
        if importing is not None:
            if importing.form is not None:
                self.trial.open_xform(importing.form.xform, importing.form.title)
        elif state.version is not None and state.form is not None:
            self.trial.open_version(state.version, state.form.title)

    @Slot()
    def go_back(self) -> None:
        """Out of the trial, then out of the import."""
        if self.trial.state is not None:
            self.trial.on_closed()
        elif self.importing.state is not None:
            published = self.importing.state.published
            self.importing.on_closed()
            if published is not None:
                self._show_code(published.code)

    def _show_code(self, code: str) -> None:
        """Show the form of a code, if it has come already."""
        found = next((one.id for one in self.room.state.forms if one.code == code), None)
        if found is not None:
            self.room.on_form_chosen(found)

    @Slot(object)
    def _on_files(self, paths: Sequence[Path]) -> None:
        if not paths:
            return
        if self.trial.state is not None:
            self.trial.on_closed()
        self.importing.on_files_given(paths)

    @Slot(bool)
    def _on_seen(self, seen: bool) -> None:
        self.room.on_seen(seen)

    @Slot(object)
    def _on_form(self, form_id: bytes) -> None:
        while self.trial.state is not None or self.importing.state is not None:
            before = self._stack.currentWidget()
            self.go_back()
            if self._stack.currentWidget() is before:
                return
        self.room.on_form_chosen(form_id)

    @Slot(object)
    def _on_version(self, version_id: bytes) -> None:
        self.room.on_version_chosen(version_id)

    @Slot(object)
    def _on_code(self, code: str) -> None:
        self.importing.on_code_given(code)

    @Slot(object)
    def _on_publish(self, note: str) -> None:
        self.importing.on_publish_asked(note)

    @Slot()
    def _on_file_asked(self) -> None:
        self.room.on_file_asked()

    @Slot()
    def _on_stopped(self) -> None:
        self.room.on_fetching_stopped()

    @Slot()
    def _on_trouble_seen(self) -> None:
        self.room.on_trouble_seen()

    @Slot()
    def _on_responses(self) -> None:
        if self.room.state.chosen is not None:
            self._route(Route("responses", self.room.state.chosen))


class FormsFeature:
    """The forms' place: what is shown of a form, and the list beside it; main thread. `prefill` puts a customer's data
    into the words that a form's texts are filled with."""

    def __init__(
        self,
        session: DeskSession,
        office: FormsOffice,
        prefill: Callable[[GuideFacts], Mapping[str, str]],
        route: Callable[[Route], object],
    ) -> None:
        self.listing = FormList(session.timezone)
        self.room = RoomPart(session, office, prefill, route, self.listing)
