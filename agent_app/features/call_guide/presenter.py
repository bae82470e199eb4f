"""What happens in the work column: open a task, dial, step through the guide, leave for the wrap-up or a callback."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from agent_app.actions.drafts import renew_draft, save_draft
from agent_app.actions.guides import content, kept_before, kept_guide, read_guide, resume
from agent_app.actions.session import DeskSession
from agent_app.actions.sittings import FormDraft, Sitting, question_number
from agent_app.features.call_guide.calling import Calling
from agent_app.features.call_guide.countdown import Countdown
from agent_app.features.call_guide.heading import heading, place_kept
from agent_app.features.call_guide.loading import Loaded, call_of, is_wrapped_up, load
from agent_app.features.call_guide.state import (
    Call,
    CallGuideState,
    CallPhase,
    GuidePhase,
    Locating,
    Notice,
    Place,
    StartingOver,
)
from agent_app.features.call_guide.visiting import Visiting
from agent_app.ports import Dialler, Lack, Positions, Route, SealedFiles
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.guide_facts import GuideFacts
from agent_app.store.queries.task_sheet import TaskSheet
from agent_app.ui.forms.filling import Filling
from agent_app.ui.forms.presenter import FormPresenter
from server_sync.domain.errors import KnownError
from server_sync.domain.forms.session import Session
from server_sync.domain.rules.dialling_modes import DiallingMode
from server_sync.domain.rules.places import typed_position

TABLES = ("task", "customer", "contact_point", "attempt", "callback")
APPOINTMENT = "2.12a"


class CallGuidePresenter(FormPresenter):
    """`prefill` puts the facts into the words that a guide's texts are filled with, by name; `files` are the desk's."""

    def __init__(
        self,
        session: DeskSession,
        route: Callable[[Route], object],
        dialler: Dialler,
        prefill: Callable[[GuideFacts], Mapping[str, str]],
        files: SealedFiles,
        positions: Callable[[], Positions | Lack],
        render: Callable[[CallGuideState], object],
    ) -> None:
        super().__init__(session, files)
        self._route = route
        self._prefill = prefill
        self._render = render
        self._state = CallGuideState()
        self._sheet: TaskSheet | None = None
        self._before: FormDraft | None = None
        self._language = ""
        self._kept = False
        self._calling = Calling(session, dialler, self._call_changed, self._failed)
        told = self._call_changed, self._place_found, self._locating_changed, self._failed
        self._visiting = Visiting(session, positions, *told)
        self._countdown = Countdown(self._countdown_moved, self.on_dial)
        self._offered = False

    @property
    def state(self) -> CallGuideState:
        """What is drawn now."""
        return self._state

    @property
    def task_id(self) -> bytes | None:
        """The task that is open."""
        return self._state.task_id

    # ---------------------------------------------------------------------------------------- opening a task

    def open(self, task_id: bytes | None, *, offered: bool = False) -> None:
        """Show a task; the one on the screen keeps its place. `offered` is what came up as the next: that alone is
        dialled by itself, where it is so arranged."""
        if task_id is None or task_id != self._state.task_id:
            self._countdown.stop()
            self._offered = offered
            self._visiting.stop()
            self._leave_form()
            self._sheet, self._filling, self._kept = None, None, False
            self._show(CallGuideState(task_id=task_id))
        elif self._sheet is not None:
            # Somebody else may have been looked up meanwhile.
            self._route(Route("customer", self._sheet.customer_id, task_id))
        if task_id is not None:
            self._reload(task_id)

    def on_changed(self, changes: StoreChanges) -> None:
        """Re-query when it concerns this task's customer; a wrap-up saved elsewhere ends the call here."""
        customer_id = self._sheet.customer_id if self._sheet else None
        if self._state.task_id is not None and changes.concerns(*TABLES, customer_id=customer_id):
            self._reload(self._state.task_id)

    def _reload(self, task_id: bytes) -> None:
        person_id = self._session.desk.person_id
        self._session.read(
            lambda connection: load(connection, task_id, person_id),
            lambda loaded: self._loaded(task_id, loaded),
            key="call guide",
        )

    def _loaded(self, task_id: bytes, loaded: Loaded | None) -> None:
        if task_id != self._state.task_id:
            return
        if loaded is None:
            self._sheet, self._filling, self._sitting = None, None, None
            self._show(CallGuideState(task_id=task_id, missing=True))
            return
        first, wrapped_up = self._sheet is None, self._kept and is_wrapped_up(loaded.sheet, self._state.call)
        self._sheet = loaded.sheet
        header = heading(loaded.sheet, loaded.customer)
        answered = None if header.is_open else loaded.sheet.response_id
        if not first and not wrapped_up:
            number_id = self._state.number_id or next((one.id for one in header.numbers), None)
            self._show(replace(self._state, header=header, number_id=number_id, response_id=answered))
            return
        if wrapped_up:
            self._calling.wrapped_up(task_id)
            self._visiting.stop()
        self._begin(loaded, replace(CallGuideState(task_id=task_id), header=header, response_id=answered))
        if first:
            self._route(Route("customer", loaded.sheet.customer_id, task_id))
            self._count_down(loaded)

    def _begin(self, loaded: Loaded, state: CallGuideState) -> None:
        """Show the task as it was left, or for the first time."""
        sheet, draft = loaded.sheet, loaded.sheet.draft
        self._filling, self._sitting, self._kept = None, None, draft is not None
        self._before, self._language = kept_before(sheet), loaded.facts.language
        guide = GuidePhase.NONE if sheet.guide is None else GuidePhase.LOADING
        numbers = state.header.numbers if state.header else ()
        self._show(
            replace(
                state,
                guide=guide,
                call=call_of(sheet),
                place=place_kept(sheet),
                number_id=next((one.id for one in numbers), None),
                dialling=sheet.dialling,
                resumed_at=draft.saved_at if draft else None,
            )
        )
        kept = replace(kept_guide(sheet), prefill=dict(self._prefill(loaded.facts)))
        self._read_form(sheet, kept, lambda: None)

    def _read_form(self, sheet: TaskSheet, kept: FormDraft, then: Callable[[], object]) -> None:
        """Fill in the guide from what was kept, in the version of the sheet; `then` is called when it is on the
        screen."""
        guide = sheet.guide
        if guide is None:
            return
        now, zone, language = self._session.now(), self._session.timezone, self._language

        def read(filled: Session) -> None:
            if self._state.task_id == sheet.id:
                monotonic = self._session.desk.clock.monotonic
                version_id, customer_id = guide.form_version_id, sheet.customer_id
                self._sitting = Sitting(filled, kept, version_id, customer_id, now, monotonic)
                self._filling = Filling(filled, self._session.now, zone, takes_files=True)
                resumed = question_number(filled) if kept.answers else None
                self._show_form(replace(self._state, guide=GuidePhase.READY, resumed_question=resumed))
                then()

        self._session.read(
            lambda connection: resume(read_guide(guide.xform), kept, sheet, now, zone, language),
            read,
            self._guide_failed,
            key="call guide form",
        )

    def _guide_failed(self, error: Exception) -> None:
        self._show(replace(self._failed_state(error), guide=GuidePhase.UNREADABLE, form=None))

    # --------------------------------------------------------------------------------------------- the guide

    def _form_changed(self, *, save: bool) -> None:
        if save:
            self._countdown.stop()
        if self._sitting is not None:
            self._sitting.followed()
        if save:
            self._save()
        self._show_form(self._state)

    def _form_left(self) -> None:
        self.on_wrap_up_asked()

    def _leave_form(self) -> None:
        """Something else comes on the screen: what was measured to this moment is kept with the answers."""
        sheet, before = self._sheet, self._before
        if sheet is None or not self._kept:
            self._sitting = None
            return

        def keep(sitting: Sitting) -> None:
            kept = content(sitting.draft(), before)
            # Its wrap-up may be saved already, and nobody have told us yet.
            self._session.act(
                lambda desk: renew_draft(desk, sheet.id, sheet.customer_id, kept), on_error=self._failed
            )

        self._leave_sitting(keep)

    def on_dismissed(self) -> None:
        """A notice, an error or a question has been read, and all stays as it is."""
        shown = replace(self._state, notice=None, error=None, resumed_at=None, again=StartingOver.NO)
        self._show(shown)

    # -------------------------------------------------------------------------------------------- starting over

    def on_start_over(self) -> None:
        """The first time it is asked whether the guide shall begin anew, the second time it does."""
        sheet, sitting = self._sheet, self._sitting
        if sheet is None or sitting is None or not sitting.session.tally().answered:
            return
        if self._state.again is not StartingOver.ASKED:
            self._show(replace(self._state, again=StartingOver.ASKED, notice=None, error=None))
            return
        self._turn_to(sheet, FormDraft(prefill=sitting.draft().prefill), sitting.draft(), StartingOver.DONE)

    def on_bring_back(self) -> None:
        """The answers from before the guide was started over come back; those given since are kept in their place."""
        sheet, sitting, before = self._sheet, self._sitting, self._before
        if sheet is not None and sitting is not None and before is not None:
            self._turn_to(sheet, before, sitting.draft(), StartingOver.NO)

    def _turn_to(self, sheet: TaskSheet, kept: FormDraft, before: FormDraft, again: StartingOver) -> None:
        def turned() -> None:
            self._before = before
            self._save()
            self._show_form(replace(self._state, again=again, resumed_at=None))

        self._read_form(sheet, kept, turned)

    def _save(self) -> None:
        sheet, sitting = self._sheet, self._sitting
        if sheet is None or sitting is None:
            return
        task_id, customer_id, attempt_id = sheet.id, sheet.customer_id, self._state.call.attempt_id
        # The version that is on the screen: the task may have another one meanwhile.
        version_id, kept = sitting.version_id, content(sitting.draft(), self._before)
        self._session.act(
            lambda desk: save_draft(desk, task_id, customer_id, version_id, attempt_id, kept),
            lambda changes: self._saved(task_id),
            self._failed,
        )

    def _saved(self, task_id: bytes) -> None:
        if task_id == self._state.task_id:
            self._kept = True
            self._show(replace(self._state, saved_at=self._session.now()))

    # ---------------------------------------------------------------------------------------------- the call

    def on_number_chosen(self, number_id: bytes) -> None:
        """Another of the customer's numbers is to be dialled."""
        self._countdown.stop()
        self._show(replace(self._state, number_id=number_id))

    def on_tick(self, now: int, *, typing: bool) -> None:
        """Time passes, while somebody types or not."""
        self._countdown.on_tick(now, typing=typing)

    def on_countdown_stopped(self) -> None:
        """This one is not dialled by itself."""
        self._countdown.stop()

    def _count_down(self, loaded: Loaded) -> None:
        """Only what was offered, on a line that is free, by somebody who takes calls."""
        state, progressive = self._state, loaded.sheet.dialling.mode is DiallingMode.PROGRESSIVE
        header, free = state.header, state.call.phase is CallPhase.NONE and not state.visits
        if not (progressive and self._offered and loaded.ready and free):
            return
        if header is not None and header.is_open and header.numbers:
            self._countdown.begin(self._session.now(), loaded.sheet.dialling.countdown)

    def _countdown_moved(self, dials_at: int | None) -> None:
        self._show(replace(self._state, dials_at=dials_at))

    def on_dial(self) -> None:
        """Dial or check in (F5), if no rule stands against it."""
        self._countdown.stop()
        sheet, header, call = self._sheet, self._state.header, self._state.call
        if sheet is None or header is None or not header.is_open:
            return
        if self._state.visits:
            if call.phase is CallPhase.NONE:
                self._visiting.begin(sheet)
            else:
                self._visiting.locate(sheet, call, None)
            return
        if call.phase is CallPhase.RUNNING:
            return
        number = next((one for one in header.numbers if one.id == self._state.number_id), None)
        if call.phase is CallPhase.ENDED:
            self._show(replace(self._state, notice=Notice.WRAP_UP_FIRST, error=None))
        elif number is None:
            self._show(replace(self._state, notice=Notice.NO_NUMBER, error=None))
        else:
            self._calling.dial(sheet, number)

    def on_position_typed(self, text: str) -> None:
        """Where a visit takes place, by hand."""
        sheet, position = self._sheet, typed_position(text)
        self._show(replace(self._state, place_refused=position is None))
        if sheet is not None and position is not None:
            self._visiting.stop()
            self._visiting.record(sheet, self._state.call, position, "hand")

    def on_hang_up(self) -> None:
        """End the call (F6), or the countdown to it; a visit ends with its wrap-up."""
        self._countdown.stop()
        running = self._state.call.phase is CallPhase.RUNNING and not self._state.visits
        if self._sheet is not None and running:
            self._calling.hang_up(self._sheet, self._state.call)

    def on_wrap_up_asked(self) -> None:
        """Wrap the call up (F8)."""
        self._leave("wrap_up", None)

    def on_callback_asked(self) -> None:
        """Book a callback (F9): during a call as its result, otherwise by itself."""
        if self._state.call.phase is CallPhase.NONE:
            self._leave("callback", None)
        else:
            self._leave("wrap_up", APPOINTMENT)

    def on_correct(self) -> None:
        """Correct what was answered on a task that has ended: it is frozen as it was handed in."""
        if self._state.response_id is not None:
            self._route(Route("correction", self._state.response_id))

    def _leave(self, place: str, detail: str | None) -> None:
        self._countdown.stop()
        if self._sheet is not None and self._state.header is not None and self._state.header.is_open:
            self._route(Route(place, self._sheet.id, detail))

    def _call_changed(self, task_id: bytes, call: Call) -> None:
        if task_id == self._state.task_id:
            self._kept = True
            self._show(replace(self._state, call=call, notice=None, error=None, saved_at=self._session.now()))

    def _place_found(self, task_id: bytes, place: Place) -> None:
        if task_id == self._state.task_id:
            self._show(replace(self._state, place=place, place_refused=False, saved_at=self._session.now()))

    def _locating_changed(self, locating: Locating) -> None:
        self._show(replace(self._state, locating=locating))

    # ------------------------------------------------------------------------------------------------ drawing

    def _failed(self, error: Exception) -> None:
        self._show(self._failed_state(error))

    def _failed_state(self, error: Exception) -> CallGuideState:
        if not isinstance(error, KnownError):
            raise error
        return replace(self._state, error=error.kind, error_values=error.values, notice=None)

    def _show_form(self, state: CallGuideState) -> None:
        form = None if self._filling is None else self._filling.state()
        self._show(replace(state, form=form, restorable=self._before is not None))

    def _show(self, state: CallGuideState) -> None:
        self._state = replace(state, now=self._session.now())
        self._render(self._state)
