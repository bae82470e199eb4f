"""What happens in the callback panel: a time is said, and promised."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from agent_app.actions.calls import Promise, book_callback
from agent_app.actions.session import DeskSession
from agent_app.features.callbacks.state import NO_TIME, CallbackState
from agent_app.ports import Route
from agent_app.store.queries import settings, task_sheet
from server_sync.domain.errors import KnownError
from server_sync.domain.rules.typed_time import promised, quick_moments, written


@dataclass(frozen=True)
class _Loaded:
    customer_id: bytes
    appointment_at: int | None
    window: Mapping[str, Any]


class CallbackPresenter:
    """One promise at a time; it is the person's own (owner: me)."""

    def __init__(
        self,
        session: DeskSession,
        route: Callable[[Route], object],
        render: Callable[[CallbackState], object],
    ) -> None:
        self._session = session
        self._route = route
        self._render = render
        self._state = CallbackState()
        self._loaded: _Loaded | None = None

    def open(self, task_id: bytes | None) -> None:
        """Ask for a time for this task."""
        self._loaded = None
        self._show(CallbackState(task_id=task_id))
        if task_id is not None:
            self._session.read(lambda connection: _load(connection, task_id), self._begun, key="callback")

    def on_when_typed(self, text: str) -> None:
        """A time was typed; 本人 or 他人 may be typed along."""
        when = NO_TIME
        if self._loaded is not None and text.strip():
            when = promised(text, self._session.now(), str(self._session.timezone), self._loaded.window)
        with_whom = when.with_whom or self._state.with_whom
        self._show(
            replace(self._state, when_text=text, when=when, with_whom=with_whom, asked=False, error=None)
        )

    def on_when_picked(self, at: int) -> None:
        """One of the quick choices."""
        self.on_when_typed(written(at, str(self._session.timezone)))

    def on_with_whom_chosen(self, with_whom: str) -> None:
        """The customer himself ("respondent") or another person ("other")."""
        self._show(replace(self._state, with_whom=with_whom))

    def on_back(self) -> None:
        """Back to the guide, with nothing promised."""
        self._route(Route("guide", self._state.task_id))

    def on_book(self, note: str) -> None:
        """Promise it."""
        loaded, state = self._loaded, replace(self._state, note=note, asked=True)
        if loaded is None or state.task_id is None or state.saving:
            return
        if state.when.at is None:
            self._show(state)
            return
        task_id, promise = state.task_id, Promise(state.when.at, state.with_whom, None, note.strip() or None)
        self._show(replace(state, saving=True, error=None))
        self._session.act(
            lambda desk: book_callback(desk, task_id, loaded.customer_id, promise),
            lambda changes: self._booked(task_id),
            self._failed,
        )

    def _begun(self, loaded: _Loaded | None) -> None:
        self._loaded = loaded
        if loaded is None:
            self.on_back()
            return
        quick = quick_moments(self._session.now(), str(self._session.timezone), loaded.window)
        self._show(replace(self._state, loaded=True, quick=quick, booked_at=loaded.appointment_at))

    def _booked(self, task_id: bytes) -> None:
        self._loaded = None
        self._show(CallbackState())
        self._route(Route("guide", task_id))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            self._show(replace(self._state, saving=False))
            raise error
        self._show(replace(self._state, saving=False, error=error.kind, error_values=error.values))

    def _show(self, state: CallbackState) -> None:
        self._state = replace(state, now=self._session.now())
        self._render(self._state)


def _load(connection: Connection, task_id: bytes) -> _Loaded | None:
    sheet = task_sheet.load(connection, task_id)
    if sheet is None:
        return None
    window = settings.load(connection, "calling_window")
    return _Loaded(sheet.customer_id, sheet.task["appointment_at"], window)
