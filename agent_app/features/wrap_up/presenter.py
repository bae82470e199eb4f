"""What happens in the wrap-up: a result is chosen, what it needs is filled in, all is saved in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from agent_app.actions.calls import LoggedCall, Promise, WrapUp, finish_call
from agent_app.actions.drafts import save_draft
from agent_app.actions.guides import HandedIn, hand_in
from agent_app.actions.session import DeskSession
from agent_app.actions.tasks import set_presence
from agent_app.features.wrap_up.state import NO_TIME, Collected, Part, WrapUpState, Wrong
from agent_app.ports import Route
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import wrap_up
from agent_app.store.queries.wrap_up import WrapUpSheet
from server_sync.domain.commands.refusals import SCOPES
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import Channel, Presence
from server_sync.domain.rules.dispositions import tree
from server_sync.domain.rules.typed_time import TypedTime, promised, quick_moments, written

TABLES = ("task", "attempt", "contact_point", "setting", "draft", "working_hours", "calendar_day")
PART = "wrap_up"
RESPONDENT, OTHER = "2.12a", "2.12b"
_PARTS = {
    ErrorKind.NOTE_REQUIRED: Part.NOTE,
    ErrorKind.CALLBACK_REQUIRED: Part.WHEN,
    ErrorKind.IN_THE_PAST: Part.WHEN,
    ErrorKind.OUTSIDE_CALLING_WINDOW: Part.WHEN,
    ErrorKind.UNKNOWN_DISPOSITION: Part.RESULT,
}
_FIELDS = {"note": Part.NOTE, "callback_at": Part.WHEN, "scope": Part.SCOPE}


@dataclass(frozen=True)
class _Loaded:
    sheet: WrapUpSheet
    handed_in: HandedIn


class WrapUpPresenter:
    """One wrap-up at a time; what was chosen and typed is kept in the draft as it comes."""

    def __init__(
        self,
        session: DeskSession,
        route: Callable[[Route], object],
        render: Callable[[WrapUpState], object],
    ) -> None:
        self._session = session
        self._route = route
        self._render = render
        self._state = WrapUpState()
        self._opened_at = 0
        self._loaded_now: _Loaded | None = None

    @property
    def state(self) -> WrapUpState:
        """What is drawn now."""
        return self._state

    @property
    def _timezone(self) -> str:
        return str(self._session.timezone)

    def open(self, task_id: bytes | None, code: str | None = None) -> None:
        """Wrap up a task's call, as the draft left it; `code` is a result that is chosen beforehand."""
        self._loaded_now = None
        self._opened_at = self._session.now()
        self._show(WrapUpState(task_id=task_id))
        if task_id is not None:
            self._load(task_id, lambda loaded: self._begun(loaded, code))

    def on_changed(self, changes: StoreChanges) -> None:
        """What the result will do may be different now; what was chosen and typed stays."""
        loaded, task_id = self._loaded_now, self._state.task_id
        if loaded is None or task_id is None or self._state.saving:
            return
        if changes.concerns(*TABLES, customer_id=loaded.sheet.sheet.customer_id):
            self._load(task_id, self._reloaded)

    def on_chosen(self, option: str) -> None:
        """A branch of the tree, or a code within it."""
        offered = tree(self._state.channel)
        if option in offered:
            codes = offered[option]
            only = codes[0] if len(codes) == 1 else None
            self._put(replace(self._state, branch=option, code=only, scope=None))
        else:
            branch = next(name for name, codes in offered.items() if option in codes)
            self._put(replace(self._state, branch=branch, code=option, scope=None))

    def on_back(self) -> None:
        """One step up the tree; from its top back to the guide."""
        state = self._state
        if state.code is not None and state.codes:
            self._put(replace(state, code=None, scope=None))
        elif state.branch is not None:
            self._put(replace(state, branch=None, code=None, scope=None))
        else:
            self.on_left()

    def on_left(self) -> None:
        """Back to the guide; what was chosen and typed waits in the draft."""
        self._route(Route("guide", self._state.task_id))

    def on_when_typed(self, text: str) -> None:
        """A time was typed; 本人 or 他人 along with it chooses between the two appointments."""
        when = self._understood(text)
        code = self._state.code
        if when.with_whom is not None and code in (RESPONDENT, OTHER):
            code = RESPONDENT if when.with_whom == "respondent" else OTHER
        self._put(replace(self._state, when_text=text, when=when, code=code))

    def on_when_picked(self, at: int) -> None:
        """One of the quick choices."""
        self.on_when_typed(written(at, self._timezone))

    def on_scope_chosen(self, scope: str) -> None:
        """For what he does not want to be called any more."""
        self._put(replace(self._state, scope=scope))

    def on_note_typed(self, text: str) -> None:
        """Typing of the note paused or ended."""
        if text != self._state.note:
            self._put(replace(self._state, note=text))

    def on_save(self, *, then_next: bool) -> None:
        """Save all of it in one transaction, then the next task or back to this one."""
        loaded, state = self._loaded_now, self._state
        if loaded is None or state.saving:
            return
        wrong = _wrong(state)
        if wrong or state.code is None:
            self._show(replace(state, wrong=wrong))
            return
        wrap = self._wrap_up(loaded, state, state.code)
        self._show(replace(state, saving=True, wrong={}))
        self._session.act(
            lambda desk: finish_call(desk, wrap),
            lambda changes: self._finished(loaded.sheet, then_next),
            self._failed,
        )

    # ------------------------------------------------------------------------------------------------ loading

    def _load(self, task_id: bytes, on_done: Callable[[_Loaded | None], object]) -> None:
        now, zone = self._session.now(), self._session.timezone

        def query(connection: Connection) -> _Loaded | None:
            sheet = wrap_up.load(connection, task_id, now)
            return None if sheet is None else _Loaded(sheet, hand_in(sheet.sheet, now, zone))

        self._session.read(query, on_done, key="wrap-up")

    def _begun(self, loaded: _Loaded | None, code: str | None) -> None:
        if loaded is None:
            self._route(Route("guide", self._state.task_id))
            return
        self._loaded_now = loaded
        draft = loaded.sheet.sheet.draft
        kept = draft.content.get(PART, {}) if draft else {}
        text = str(kept.get("when") or "")
        window = loaded.sheet.rules["calling_window"]
        state = replace(
            self._filled(loaded),
            loaded=True,
            branch=kept.get("branch"),
            code=kept.get("code"),
            scope=kept.get("scope"),
            note=str(kept.get("note") or ""),
            when_text=text,
            when=self._understood(text),
            quick=quick_moments(self._session.now(), self._timezone, window),
        )
        self._show(self._with_effect(state))
        if code is not None:
            self.on_chosen(code)

    def _reloaded(self, loaded: _Loaded | None) -> None:
        if loaded is not None and loaded.sheet.sheet.id == self._state.task_id:
            self._loaded_now = loaded
            self._show(self._with_effect(self._filled(loaded)))

    def _filled(self, loaded: _Loaded) -> WrapUpState:
        handed_in = loaded.handed_in
        answers = handed_in.answers
        collected = Collected(
            handed_in.answered,
            handed_in.unanswered,
            answers.csat if answers else None,
            answers.nps if answers else None,
        )
        begun, channel = loaded.sheet.attempt_id is not None, loaded.sheet.sheet.task["channel"]
        return replace(self._state, channel=channel, dialled=begun, collected=collected)

    # ------------------------------------------------------------------------------------------------- saving

    def _wrap_up(self, loaded: _Loaded, state: WrapUpState, code: str) -> WrapUp:
        sheet, task = loaded.sheet, loaded.sheet.sheet
        promise, point_id = None, None if state.channel == Channel.VISIT else sheet.contact_point_id
        if state.asks_when and state.when.at is not None:
            with_whom = "other" if code == OTHER else "respondent"
            promise = Promise(state.when.at, with_whom, sheet.contact_point_id, state.note.strip() or None)
        return WrapUp(
            task.id,
            task.customer_id,
            sheet.attempt_id or self._session.new_id(),
            code,
            note=state.note.strip() or None,
            talk_ms=_talk_ms(sheet, self._session.now()),
            answers=loaded.handed_in.answers,
            promise=promise,
            do_not_call_scope=state.scope if state.asks_scope else None,
            logged=None if sheet.attempt_id else LoggedCall(self._opened_at, point_id, state.channel),
        )

    def _finished(self, sheet: WrapUpSheet, then_next: bool) -> None:
        task_id, on_phone = self._state.task_id, self._state.channel == Channel.PHONE
        self._loaded_now = None
        self._show(WrapUpState())
        if sheet.attempt_id is not None and on_phone:
            self._session.act(lambda desk: set_presence(desk, Presence.READY), None, self._failed)
        self._route(Route("next") if then_next else Route("guide", task_id))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            self._show(replace(self._state, saving=False))
            raise error
        part = _PARTS.get(error.kind) or _FIELDS.get(str(error.values.get("field")), Part.WHOLE)
        self._show(replace(self._state, saving=False, wrong={part: Wrong(error.kind, error.values)}))

    def _put(self, state: WrapUpState) -> None:
        """Show a choice and keep it in the draft."""
        self._show(self._with_effect(replace(state, wrong={})))
        loaded = self._loaded_now
        if loaded is None:
            return
        task, kept = loaded.sheet.sheet, self._state
        content = {
            PART: {
                "branch": kept.branch,
                "code": kept.code,
                "scope": kept.scope,
                "note": kept.note,
                "when": kept.when_text,
            }
        }
        self._session.act(
            lambda desk: save_draft(desk, task.id, task.customer_id, None, None, content),
            lambda changes: self._kept(task.id),
            self._failed,
        )

    def _kept(self, task_id: bytes) -> None:
        if task_id == self._state.task_id:
            self._show(replace(self._state, saved_at=self._session.now()))

    # ------------------------------------------------------------------------------------------------ drawing

    def _understood(self, text: str) -> TypedTime:
        if self._loaded_now is None:
            return NO_TIME
        window = self._loaded_now.sheet.rules["calling_window"]
        return promised(text, self._session.now(), self._timezone, window)

    def _with_effect(self, state: WrapUpState) -> WrapUpState:
        if state.code is None or self._loaded_now is None:
            return replace(state, effect=None)
        effect = wrap_up.consequence(self._loaded_now.sheet, state.code, self._session.now())
        return replace(state, effect=effect)

    def _show(self, state: WrapUpState) -> None:
        self._state = replace(state, now=self._session.now())
        self._render(self._state)


def _wrong(state: WrapUpState) -> dict[Part, Wrong]:
    """What keeps it from being saved, part by part."""
    wrong: dict[Part, Wrong] = {}
    if state.code is None:
        wrong[Part.RESULT] = Wrong(ErrorKind.FIELD_MISSING)
    if state.asks_when and state.when.at is None:
        if state.when_text.strip() and state.when.fault is not None:
            wrong[Part.WHEN] = Wrong(state.when.fault, state.when.values)
        else:
            wrong[Part.WHEN] = Wrong(ErrorKind.CALLBACK_REQUIRED)
    if state.asks_scope and state.scope not in SCOPES:
        wrong[Part.SCOPE] = Wrong(ErrorKind.FIELD_MISSING)
    if state.needs_note and not state.note.strip():
        wrong[Part.NOTE] = Wrong(ErrorKind.NOTE_REQUIRED)
    return wrong


def _talk_ms(sheet: WrapUpSheet, now: int) -> int | None:
    """How long the call took, from dialling to hanging up (or until now); None for one that was not dialled here."""
    if sheet.attempt_id is None or sheet.started_at is None or sheet.sheet.draft is None:
        return None
    ended_at = sheet.sheet.draft.content.get("call", {}).get("ended_at")
    return max(0, (now if ended_at is None else int(ended_at)) - sheet.started_at)
