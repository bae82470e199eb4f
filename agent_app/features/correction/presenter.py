"""What happens while answers are corrected: the form opens with them in the version they were given in, is kept as it
is typed, and becomes the next edition."""

from collections.abc import Callable
from dataclasses import replace

from agent_app.actions.corrections import (
    content,
    correct_answers,
    drop_correction,
    kept_correction,
    open_correction,
    save_correction,
)
from agent_app.actions.drafts import renew_draft
from agent_app.actions.session import DeskSession
from agent_app.actions.sittings import FormDraft, Sitting
from agent_app.features.correction.state import CorrectionState, Phase
from agent_app.ports import SealedFiles
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import response_sheet
from agent_app.store.queries.response_sheet import ResponseSheet
from agent_app.ui.forms.filling import Filling
from agent_app.ui.forms.presenter import FormPresenter
from server_sync.domain.errors import KnownError
from server_sync.domain.forms.session import Session


class CorrectionPresenter(FormPresenter):
    """One correction at a time; others wait in their drafts."""

    def __init__(
        self, session: DeskSession, files: SealedFiles, render: Callable[[CorrectionState], object]
    ) -> None:
        super().__init__(session, files)
        self._render = render
        self._state = CorrectionState()
        self._sheet: ResponseSheet | None = None
        self._kept = False

    @property
    def state(self) -> CorrectionState:
        """What is drawn now."""
        return self._state

    def open(self, response_id: bytes | None) -> None:
        """Correct the answers that this edition belongs to, from where the correction was left."""
        self._leave()
        self._filling, self._sheet, self._kept = None, None, False
        self._show(CorrectionState(response_id=response_id))
        if response_id is not None:
            actor = self._session.desk.actor
            self._session.read(
                lambda connection: response_sheet.load(connection, response_id, actor),
                lambda sheet: self._loaded(response_id, sheet),
                self._failed,
                key="correction",
            )

    def on_changed(self, changes: StoreChanges) -> None:
        """Show who else corrected these answers meanwhile; what is being typed stays, and goes behind it."""
        response_id, sheet = self._state.response_id, self._sheet
        if response_id is None or sheet is None or self._state.phase is Phase.DONE:
            return
        if changes.concerns("response", "outbox", customer_id=sheet.customer_id):
            actor = self._session.desk.actor
            self._session.read(
                lambda connection: response_sheet.load(connection, response_id, actor),
                lambda newer: self._looked_again(response_id, newer),
                key="correction editions",
            )

    def on_save(self) -> None:
        """Record the correction as the next edition."""
        sheet, sitting = self._sheet, self._sitting
        if sheet is None or sitting is None:
            return
        draft, zone = sitting.draft(), self._session.timezone
        self._session.act(
            lambda desk: correct_answers(desk, sheet, draft, zone), lambda changes: self._end(), self._failed
        )

    def on_let_be(self) -> None:
        """Drop the correction: the answers stay as they are."""
        sheet = self._sheet
        if sheet is not None:
            self._session.act(
                lambda desk: drop_correction(desk, sheet), lambda changes: self._end(), self._failed
            )

    def on_left(self) -> None:
        """Away from it; what was typed waits."""
        self._leave()
        self._end()

    # ------------------------------------------------------------------------------------------------ the form

    def _loaded(self, response_id: bytes, sheet: ResponseSheet | None) -> None:
        if response_id != self._state.response_id:
            return
        if sheet is None:
            self._show(replace(self._state, phase=Phase.MISSING))
            return
        self._sheet = sheet
        title = sheet.form.title if sheet.form else ""
        self._show(replace(self._state, title=title, editions=sheet.editions))
        if not sheet.may_correct:
            self._show(replace(self._state, phase=Phase.FROZEN))
            return
        now, zone = self._session.now(), self._session.timezone
        self._session.read(
            lambda connection: open_correction(sheet, now, zone),
            lambda opened: self._opened(sheet, *opened),
            self._unreadable,
            key="correction form",
        )

    def _opened(self, sheet: ResponseSheet, filled: Session, draft: FormDraft) -> None:
        if sheet is not self._sheet or sheet.form is None:
            return
        monotonic = self._session.desk.clock.monotonic
        version_id, now = sheet.form.form_version_id, self._session.now()
        self._sitting = Sitting(filled, draft, version_id, sheet.customer_id, now, monotonic)
        self._filling = Filling(filled, self._session.now, self._session.timezone, takes_files=True)
        self._kept = kept_correction(sheet) is not None
        resumed = sheet.draft.saved_at if sheet.draft and self._kept else None
        self._show(replace(self._state, phase=Phase.OPEN, resumed_at=resumed))

    def _looked_again(self, response_id: bytes, newer: ResponseSheet | None) -> None:
        if response_id == self._state.response_id and newer is not None:
            self._show(replace(self._state, editions=newer.editions))

    def _form_changed(self, *, save: bool) -> None:
        if self._sitting is not None:
            self._sitting.followed()
        if save:
            self._save()
        self._show(self._state)

    def _form_left(self) -> None:
        """Behind the last page nothing is saved by Enter alone."""

    def _save(self) -> None:
        sheet, sitting = self._sheet, self._sitting
        if sheet is not None and sitting is not None:
            draft = sitting.draft()
            self._session.act(lambda desk: save_correction(desk, sheet, draft), self._saved, self._failed)

    def _saved(self, changes: StoreChanges) -> None:
        self._kept = True
        self._show(replace(self._state, saved_at=self._session.now()))

    def _leave(self) -> None:
        sheet = self._sheet
        if sheet is None or not self._kept:
            self._sitting = None
            return

        def keep(sitting: Sitting) -> None:
            kept = content(sitting.draft())
            # It may be recorded already, and nobody have told us yet.
            self._session.act(
                lambda desk: renew_draft(desk, sheet.corrects_id, sheet.customer_id, kept),
                on_error=self._failed,
            )

        self._leave_sitting(keep)

    def _end(self) -> None:
        self._filling, self._sitting, self._sheet = None, None, None
        self._show(replace(self._state, phase=Phase.DONE))

    # ------------------------------------------------------------------------------------------------- drawing

    def _unreadable(self, error: Exception) -> None:
        self._state = replace(self._state, phase=Phase.UNREADABLE)
        self._failed(error)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._show(replace(self._state, error=error.kind, error_values=error.values))

    def _show(self, state: CorrectionState) -> None:
        form = None if self._filling is None else self._filling.state()
        self._state = replace(state, form=form, now=self._session.now())
        self._render(self._state)
